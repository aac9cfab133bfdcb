import { badRequest } from "./request.ts";

/** One term of a `$filter`: `roleName eq 'Reader'`, or a call such as `atScope()`. */
export type Term =
    | { readonly kind: "eq"; readonly property: string; readonly value: string }
    | { readonly kind: "call"; readonly name: string; readonly argument: string | undefined };

const TERM = /^(?:(\w+(?:\/\w+)*)\s+eq\s+'((?:[^']|'')*)'|(\w+)\(\s*(?:'((?:[^']|'')*)')?\s*\))(?:\s+and\s+|$)/i;

const unquote = (text: string): string => text.replaceAll("''", "'");

/**
 * Reads a `$filter` of terms joined by `and`, which is all Resource Manager's lists take.
 * @throws BadRequest for anything else
 */
export const parseFilter = (filter: string | null): readonly Term[] => {
    const terms: Term[] = [];
    let rest = (filter ?? "").trim();
    while (rest !== "") {
        const [matched, property, value, name, argument] = TERM.exec(rest) ?? [];
        if (matched === undefined) throw badRequest("InvalidFilter", `The filter '${filter}' is not supported.`);
        terms.push(
            property === undefined
                ? { kind: "call", name: (name ?? "").toLowerCase(), argument: argument && unquote(argument) }
                : { kind: "eq", property: property.toLowerCase(), value: unquote(value ?? "") },
        );
        rest = rest.slice(matched.length);
    }
    return terms;
};
