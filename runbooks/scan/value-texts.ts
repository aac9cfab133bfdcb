import { MAX_OPTIONS, alternatives, settled } from "./value-options.ts";
import { isHole, literal, unknown } from "./values.ts";
import type { Part, TextValue, Value } from "./values.ts";

const MAX_PARTS = 200;

/** A text longer than this is no address; one of several is none at less. */
const MAX_TEXT = 60_000;

const MAX_OPTION_TEXT = 3_000;

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
