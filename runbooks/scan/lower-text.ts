import { HASH } from "./mend-patterns.ts";

const ESCAPES: Readonly<Record<string, string>> = {
    n: "\n",
    r: "\r",
    t: "\t",
    "0": "\0",
    a: "\x07",
    b: "\b",
    e: "\x1b",
    f: "\f",
    v: "\v",
};

/** The characters a stretch of an expandable string stands for. */
export const unescapeText = (text: string): string =>
    text
        .replace(/`([\s\S])|""/g, (_, char: string | undefined) => (char === undefined ? '"' : (ESCAPES[char] ?? char)))
        .replaceAll(HASH, "#");

/** The characters of a string in single quotes. */
export const unquoteVerbatim = (text: string): string => text.slice(1, -1).replaceAll("''", "'");
