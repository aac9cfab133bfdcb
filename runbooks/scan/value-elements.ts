import { optionsOf, settled } from "./value-options.ts";
import { holeOf, isHole, plain } from "./values.ts";
import type { Value } from "./values.ts";

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
