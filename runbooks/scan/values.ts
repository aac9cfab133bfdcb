import { withoutDull } from "./dull.ts";
import type { Scope } from "./scope.ts";
import type { Block } from "./syntax.ts";
import { optionsOf } from "./value-options.ts";

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

const MAX_ITEMS = 48;

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
