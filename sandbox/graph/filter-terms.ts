import { AzureError } from "../error.ts";

/** A literal in a `$filter`. */
export type Value = string | number | boolean | null;

const TOKEN = /\s*('(?:[^']|'')*'|[(),:]|[A-Za-z0-9_@.$/+-]+)/y;

/** What Graph answers to a filter it cannot read. */
export const invalidFilter = (text: string): AzureError =>
    new AzureError(400, "Request_UnsupportedQuery", `Invalid filter clause: ${text}`);

/** The words, literals and signs of a filter. */
export const tokenise = (text: string): string[] => {
    const tokens: string[] = [];
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.trimEnd().length) {
        const at = TOKEN.lastIndex;
        const match = TOKEN.exec(text);
        if (!match?.[1]) throw invalidFilter(`syntax error at position ${at} in '${text}'.`);
        tokens.push(match[1]);
    }
    return tokens;
};

const fold = (value: unknown): unknown => (typeof value === "string" ? value.toLowerCase() : value);

/** The value a path such as `verifiedPublisher/displayName` leads to. */
export const read = (entity: unknown, path: string): unknown =>
    path
        .split("/")
        .reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], entity);

/** Whether a value stands in a relation to a literal; text is compared without case. */
export const compare = (left: unknown, operator: string, right: Value): boolean => {
    const [a, b] = [fold(left ?? null), fold(right)];
    if (operator === "eq") return a === b;
    if (operator === "ne") return a !== b;
    if (typeof a !== typeof b || a === null || b === null) return false;
    const [x, y] = [a as string, b as string];
    if (operator === "gt") return x > y;
    if (operator === "ge") return x >= y;
    if (operator === "lt") return x < y;
    return x <= y;
};

/** Graph's functions on text, both sides lower-cased. */
export const FUNCTIONS: Readonly<Record<string, (value: string, part: string) => boolean>> = {
    startswith: (value, part) => value.startsWith(part),
    endswith: (value, part) => value.endsWith(part),
    contains: (value, part) => value.includes(part),
};
