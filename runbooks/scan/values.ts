import type { Block } from "./syntax.ts";
import type { Scope } from "./scope.ts";

/**
 * Where an unknown part of a text comes from. `next` continues a call already made, `signed` needs no permission,
 * `parameter` is a parameter of a function that nothing calls.
 */
export type HoleKind = "value" | "next" | "signed" | "parameter";

export interface Hole {
    /** What it is called in the source: `$user.id`. */
    readonly hole: string;
    readonly kind: HoleKind;
}

/** Known characters, with the depth of the call they were written at. */
export interface Literal {
    readonly text: string;
    readonly depth: number;
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
    readonly open: boolean;
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
const MAX_ITEMS = 400;

export const literal = (text: string, depth = 0): TextValue => ({ t: "text", parts: [{ text, depth }] });

export const unknown = (hole: string, kind: HoleKind = "value"): TextValue => ({ t: "text", parts: [{ hole, kind }] });

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

const kept = new WeakMap<Value, string>();

/** The same for equal values. */
export const fingerprint = (value: Value): string => {
    const known = kept.get(value);
    if (known !== undefined) return known;
    const made = print(value);
    kept.set(value, made);
    return made;
};

const print = (value: Value): string => {
    switch (value.t) {
        case "text":
            return `"${value.parts.map(part => (isHole(part) ? `\0${part.kind}${part.hole}\0` : part.text)).join("")}"`;
        case "list":
            return `[${value.items.map(fingerprint).join(",")}${value.open ? "…" : ""}]`;
        case "table":
            return `{${[...value.entries].map(([key, each]) => `${key}=${fingerprint(each)}`).join(";")}${value.open ? "…" : ""}}`;
        case "any":
            return `(${value.options.map(fingerprint).join("|")})`;
        case "flag":
            return value.on ? "$true" : "$false";
        case "block":
            return `{${String(value.body.line)}}`;
        case "nothing":
            return "$null";
    }
};

/** Every value a value may be. */
export const optionsOf = (value: Value): readonly Value[] => (value.t === "any" ? value.options : [value]);

/** One of several values; doubles go, and past a bound the rest do. */
export const anyOf = (values: readonly Value[]): Value => {
    const seen = new Map<string, Value>();
    for (const value of values.flatMap(optionsOf)) {
        if (seen.size >= MAX_OPTIONS) break;
        const key = fingerprint(value);
        if (!seen.has(key)) seen.set(key, value);
    }
    const [first, second] = seen.values();
    if (first === undefined) return NOTHING;
    return second === undefined ? first : { t: "any", options: [...seen.values()] };
};

/** Keeps options that come from branches one by one, doubles too, where other values come from the same branches. */
export const alternatives = (options: readonly Value[], join: number | undefined): Value => {
    const plainly = anyOf(options);
    const isKept = join !== undefined && plainly.t === "any" && options.every(each => each.t !== "any");
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
        if (last !== undefined && !isHole(last) && !isHole(part) && last.depth === part.depth) {
            merged[merged.length - 1] = { text: last.text + part.text, depth: last.depth };
        } else merged.push(part);
    }
    return merged.slice(0, MAX_PARTS);
};

export const textFrom = (parts: readonly Part[]): TextValue => ({ t: "text", parts: mergeParts(parts) });

/** The texts a value reads as inside a string. */
export const textsOf = (value: Value): readonly TextValue[] => {
    switch (value.t) {
        case "text":
            return [value];
        case "any":
            return value.options.flatMap(textsOf).slice(0, MAX_OPTIONS);
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

/** Texts after one another, in every combination, up to a bound. */
export const concat = (values: readonly Value[]): Value => {
    let made: readonly (readonly Part[])[] = [[]];
    const several = values.filter(value => value.t === "any");
    for (const value of values) {
        const texts = textsOf(value);
        made = made.flatMap(left => texts.map(right => [...left, ...right.parts])).slice(0, MAX_OPTIONS);
    }
    const only = several.length === 1 && several[0]?.options.length === made.length ? several[0].join : undefined;
    return alternatives(made.map(textFrom), only);
};

export const list = (items: readonly Value[], open = false): ListValue => ({
    t: "list",
    items: items.slice(0, MAX_ITEMS),
    open: open || items.length > MAX_ITEMS,
});

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
            const all = value.options.map(elements);
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
            return value.open
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
