import type { z } from "zod";
import type { Path } from "./problems.ts";
import { type Fault, faultsOf } from "./schema-issues.ts";

/** What a schema makes of a value. */
export interface Salvaged<T> {
    /** The value without what is wrong with it; undefined when nothing of it can be read. */
    readonly value: T | undefined;
    readonly faults: readonly Fault[];
    /** What was taken out, unknown keys left aside. */
    readonly lost: readonly Path[];
}

/** Stands in a list for an entry that was taken out, so that those after it keep their places. */
const HOLE = Symbol("hole");

const withoutHoles = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter(entry => entry !== HOLE).map(withoutHoles);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutHoles(inner)]));
};

/** A parsed value with its lists as long as they were: where an entry was taken out, a list has none. */
const spread = (parsed: unknown, given: unknown): unknown => {
    if (parsed === null || typeof parsed !== "object" || given === null || typeof given !== "object") return parsed;
    if (!Array.isArray(parsed)) {
        const inner = (key: string) => (given as Record<string, unknown>)[key];
        return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, spread(value, inner(key))]));
    }
    const list: unknown[] = new Array(Array.isArray(given) ? given.length : 0);
    const places = placesOf(given);
    parsed.forEach((value, at) => {
        const place = places[at] ?? at;
        list[place] = spread(value, (given as unknown[])[place]);
    });
    return list;
};

const placesOf = (given: unknown): number[] =>
    Array.isArray(given) ? given.flatMap((entry, at) => (entry === HOLE ? [] : [at])) : [];

type Holder = Record<string | number, unknown>;

/** Where something is in a value with holes, given where it is in the same without. */
const placeIn = (given: unknown, path: Path): Path => {
    let inner = given;
    return path.map(key => {
        const place = typeof key === "number" ? (placesOf(inner)[key] ?? key) : key;
        inner = (inner as Holder | undefined)?.[place];
        return place;
    });
};

const valueAt = (given: unknown, path: Path): unknown =>
    path.reduce<unknown>((inner, key) => (inner as Holder | null | undefined)?.[key], given);

/** The place itself; where nothing is, what it is missing from. */
const existing = (given: unknown, path: Path): Path =>
    path.length === 0 || valueAt(given, path) !== undefined ? path : existing(given, path.slice(0, -1));

const takeOut = (given: unknown, path: Path): void => {
    const holder = valueAt(given, path.slice(0, -1));
    const key = path.at(-1);
    if (key === undefined || holder === null || typeof holder !== "object") return;
    if (Array.isArray(holder)) holder[Number(key)] = HOLE;
    else Reflect.deleteProperty(holder, key);
};

/** Reads as much of a value as a schema takes, so that what else is wrong with it can be said together with the rest. */
export const salvage = <S extends z.ZodType>(schema: S, raw: unknown): Salvaged<z.output<S>> => {
    const first = schema.safeParse(raw);
    if (first.success) return { value: first.data, faults: [], lost: [] };
    const faults = faultsOf(raw, schema, first.error.issues);
    const given: unknown = structuredClone(raw);
    const lost: Path[] = [];
    for (let found: readonly Fault[] = faults; ;) {
        const places = found.map(({ path }) => existing(given, placeIn(given, path)));
        if (places.some(place => place.length === 0)) return { value: undefined, faults, lost: [[]] };
        for (const place of places) takeOut(given, place);
        lost.push(...places.filter((_, at) => found[at]?.isKey === false));
        const parsed = schema.safeParse(withoutHoles(given));
        if (parsed.success) return { value: spread(parsed.data, given) as z.output<S>, faults, lost };
        found = faultsOf(withoutHoles(given), schema, parsed.error.issues);
    }
};
