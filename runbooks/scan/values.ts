import { withoutDull } from "./dull.ts";
import { identity } from "./identity.ts";
import type { Block } from "./syntax.ts";
import type { Scope } from "./scope.ts";

/**
 * Where an unknown part of a text comes from. `next` continues a call already made, `signed` needs no permission,
 * `parameter` is a parameter of a function that nothing calls, `argument` what a caller may give in place of a default,
 * `nothing` an empty value where an address needs one.
 */
export type HoleKind = "value" | "next" | "signed" | "parameter" | "argument" | "nothing";

export interface Hole {
    /** What it is called in the source: `$user.id`. */
    readonly hole: string;
    readonly kind: HoleKind;
    /** Resource Manager path of the request it answers, where it is known: its ids are below that. */
    readonly origin?: string;
}

/** Known characters, with the depth of the call they were written at. */
export interface Literal {
    readonly text: string;
    readonly depth: number;
    /** A value put into a longer text: where an id can stand, it is one. */
    readonly inserted?: true;
}

export type Part = Literal | Hole;

export interface TextValue {
    readonly t: "text";
    readonly parts: readonly Part[];
}

export interface TableValue {
    readonly t: "table";
    /** By lower-cased key. */
    readonly entries: ReadonlyMap<string, Value>;
    /** Whether it may hold more than is known. */
    readonly open: boolean;
}

export interface ListValue {
    readonly t: "list";
    readonly items: readonly Value[];
    /** Whether it may hold others too. */
    readonly open: boolean;
    /** Whether each item may be missing. */
    readonly maybe: boolean;
}

export interface BlockValue {
    readonly t: "block";
    readonly body: Block;
    readonly scope: Scope;
}

/** What a variable may hold, as far as it is known without running the script. */
export type Value =
    | TextValue
    | TableValue
    | ListValue
    | BlockValue
    | { readonly t: "flag"; readonly on: boolean }
    | { readonly t: "nothing" }
    /** One of several. */
    | AnyValue;

export interface AnyValue {
    readonly t: "any";
    readonly options: readonly Value[];
    /** Options of values with the same number belong together, one by one: they come from the same branches. */
    readonly join?: number;
}

export const NOTHING: Value = { t: "nothing" };
export const TRUE: Value = { t: "flag", on: true };
export const FALSE: Value = { t: "flag", on: false };

const MAX_OPTIONS = 48;
const MAX_PARTS = 200;
const MAX_ITEMS = 48;
const MAX_TABLES = 12;
/** A text longer than this is no address; one of several is none at less. */
const MAX_TEXT = 60_000;
const MAX_OPTION_TEXT = 3_000;

export const literal = (text: string, depth = 0): TextValue => ({ t: "text", parts: [{ text, depth }] });

export const unknown = (hole: string, kind: HoleKind = "value", origin?: string): TextValue => ({
    t: "text",
    parts: [{ hole, kind, ...(origin === undefined ? {} : { origin }) }],
});

/** Where an unknown value comes from; several that come from different places come from none. */
export const originOf = (value: Value): string | undefined => {
    const origins = new Set(
        (value.t === "list" ? value.items : [value])
            .flatMap(optionsOf)
            .map(each => holeOf(each)?.origin)
            .filter(each => each !== undefined),
    );
    return origins.size === 1 ? [...origins][0] : undefined;
};

export const isHole = (part: Part): part is Hole => "hole" in part;

/** The hole, when a value is nothing but one. */
export const holeOf = (value: Value): Hole | undefined => {
    const only = value.t === "text" && value.parts.length === 1 ? value.parts[0] : undefined;
    return only !== undefined && isHole(only) ? only : undefined;
};

/** The characters of a text without holes. */
export const plain = (value: Value | undefined): string | undefined => {
    if (value?.t === "list" && value.items.length === 1 && !value.open) return plain(value.items[0]);
    if (value?.t !== "text") return undefined;
    let text = "";
    for (const part of value.parts) {
        if (isHole(part)) return undefined;
        text += part.text;
    }
    return text;
};

/** Every value a value may be. */
export const optionsOf = (value: Value): readonly Value[] => (value.t === "any" ? value.options : [value]);

/** Lists that may each be the one become one list, of which each item may be missing: their number would explode. */
const mergeLists = (lists: readonly ListValue[]): ListValue => {
    const items = new Map<number, Value>();
    for (const { items: some } of lists) for (const item of some) items.set(identity(item), item);
    return grownList(
        [...items.values()],
        lists.some(each => each.open),
        true,
    );
};

const unlike = (values: readonly Value[]): Value[] => {
    const seen = new Map<number, Value>();
    let tables = 0;
    for (const value of values.flatMap(optionsOf)) {
        if (seen.size >= MAX_OPTIONS) break;
        if (value.t === "table" && ++tables > MAX_TABLES) continue;
        seen.set(identity(value), value);
    }
    const { kept: all } = withoutDull([...seen.values()]);
    const lists = all.filter(each => each.t === "list");
    return lists.length < 2 ? [...all] : [...all.filter(each => each.t !== "list"), mergeLists(lists)];
};

/** One of several values; doubles go, and past a bound the rest do. */
export const anyOf = (values: readonly Value[]): Value => {
    const options = unlike(values);
    const [first, second] = options;
    if (first === undefined) return NOTHING;
    return second === undefined ? first : { t: "any", options };
};

/** Keeps options that come from branches one by one, doubles too, where other values come from the same branches. */
export const alternatives = (options: readonly Value[], join: number | undefined): Value => {
    const plainly = anyOf(options);
    const isKept =
        join !== undefined && plainly.t === "any" && options.every(each => each.t !== "any" && each.t !== "list");
    return isKept ? { t: "any", options, join } : plainly;
};

/** What a function makes of each value that a value may be. */
export const mapOptions = (value: Value, change: (each: Value) => Value): Value =>
    value.t === "any" ? alternatives(value.options.map(change), value.join) : change(value);

const mergeParts = (parts: readonly Part[]): Part[] => {
    const merged: Part[] = [];
    for (const part of parts) {
        const last = merged.at(-1);
        if (!isHole(part) && part.text === "") continue;
        const joins = last !== undefined && !isHole(last) && !isHole(part) && last.depth === part.depth;
        if (joins && last.inserted === undefined && part.inserted === undefined) {
            merged[merged.length - 1] = { text: last.text + part.text, depth: last.depth };
        } else merged.push(part);
    }
    return merged.slice(0, MAX_PARTS);
};

export const textFrom = (parts: readonly Part[]): TextValue => ({ t: "text", parts: mergeParts(parts) });

const isArgument = (value: Value): boolean => holeOf(value)?.kind === "argument";

/** The options that count where a value is used: a default stands for whatever a caller may give in its place. */
export const settled = (value: Value): readonly Value[] => {
    const options = optionsOf(value);
    const known = options.filter(each => !isArgument(each));
    return known.length === 0 ? options : known;
};

/** The texts a value reads as inside a string. */
export const textsOf = (value: Value): readonly TextValue[] => {
    switch (value.t) {
        case "text":
            return [value];
        case "any":
            return settled(value).flatMap(textsOf).slice(0, MAX_OPTIONS);
        case "list":
            return value.open ? [unknown("a list")] : [joinTexts(value.items, " ")];
        case "nothing":
            return [textFrom([])];
        case "flag":
            return [literal(value.on ? "True" : "False")];
        case "table":
            return [unknown("a table")];
        case "block":
            return [unknown("a script block")];
    }
};

/** Items with a separator between them, the first option of each. */
export const joinTexts = (items: readonly Value[], separator: string): TextValue =>
    textFrom(
        items.flatMap((item, index) => [
            ...(index > 0 ? [{ text: separator, depth: 0 }] : []),
            ...(textsOf(item)[0]?.parts ?? []),
        ]),
    );

/** An empty value after a slash is an id that is not known yet, not the end of an address. */
const filled = (left: readonly Part[], right: readonly Part[]): readonly Part[] => {
    const last = left.at(-1);
    const isEmpty = right.every(part => !isHole(part) && part.text === "");
    const followsSlash = last !== undefined && !isHole(last) && last.text.endsWith("/");
    if (isEmpty && followsSlash) return [{ hole: "nothing", kind: "nothing" }];
    const only = right.length === 1 ? right[0] : undefined;
    const isValue = followsSlash && only !== undefined && !isHole(only) && !/[/?]/.test(only.text);
    return isValue ? [{ ...only, inserted: true }] : right;
};

const lengthOf = (parts: readonly Part[]): number =>
    parts.reduce((sum, part) => sum + (isHole(part) ? 1 : part.text.length), 0);

/** Texts after one another, in every combination, up to a bound. */
export const concat = (values: readonly Value[]): Value => {
    let made: readonly (readonly Part[])[] = [[]];
    const several = values.filter(value => value.t === "any");
    for (const value of values) {
        const texts = textsOf(value);
        made = made
            .flatMap(left =>
                left.length > MAX_PARTS ? [left] : texts.map(right => [...left, ...filled(left, right.parts)]),
            )
            .slice(0, MAX_OPTIONS);
    }
    const only = several.length === 1 && several[0]?.options.length === made.length ? several[0].join : undefined;
    const longest = made.length > 1 ? MAX_OPTION_TEXT : MAX_TEXT;
    return alternatives(
        made.map(parts => (lengthOf(parts) > longest ? unknown("a long text") : textFrom(parts))),
        only,
    );
};

export const list = (items: readonly Value[], open = false, maybe = false): ListValue => ({
    t: "list",
    items: items.length > MAX_ITEMS ? items.slice(0, MAX_ITEMS) : items,
    open: open || items.length > MAX_ITEMS,
    maybe,
});

/** A list that grows as the script goes on: of items that say nothing a few stand for all. */
export const grownList = (items: readonly Value[], open = false, maybe = false): ListValue => {
    const { kept, open: isWider } = withoutDull(items);
    return list(kept, open || isWider, maybe);
};

export const table = (entries: Iterable<readonly [string, Value]>, open = false): TableValue => ({
    t: "table",
    entries: new Map(entries),
    open,
});

/** The values a loop over a value would see; `open` when it may see others too. */
export const elements = (value: Value): { readonly items: readonly Value[]; readonly open: boolean } => {
    switch (value.t) {
        case "list":
            return { items: value.items.flatMap(optionsOf), open: value.open };
        case "any": {
            const all = settled(value).map(elements);
            return { items: all.flatMap(each => each.items), open: all.some(each => each.open) };
        }
        case "nothing":
            return { items: [], open: false };
        default:
            return holeOf(value) === undefined ? { items: [value], open: false } : { items: [], open: true };
    }
};

/** Whether a value counts as true; undefined when that is not known. */
export const truth = (value: Value): boolean | undefined => {
    switch (value.t) {
        case "flag":
            return value.on;
        case "nothing":
            return false;
        case "table":
        case "block":
            return true;
        case "list":
            return value.open || value.maybe
                ? undefined
                : value.items.length > 0
                  ? value.items.length > 1
                      ? true
                      : undefined
                  : false;
        case "any": {
            const all = new Set(value.options.map(truth));
            return all.size === 1 ? [...all][0] : undefined;
        }
        case "text": {
            const text = plain(value);
            if (text !== undefined) return text !== "" && text !== "0";
            return value.parts.some(part => !isHole(part)) ? true : undefined;
        }
    }
};
