import { isHole } from "./values.ts";
import type { Value } from "./values.ts";

/** All words in a value, keys and names of unknown parts among them: enough to tell a secret from a certificate. */
export const wordsOf = (value: Value, depth = 0): string => {
    if (depth > 6) return "";
    switch (value.t) {
        case "text":
            return value.parts.map(part => (isHole(part) ? part.hole : part.text)).join("");
        case "list":
            return value.items.map(item => wordsOf(item, depth + 1)).join(" ");
        case "any":
            return value.options.map(option => wordsOf(option, depth + 1)).join(" ");
        case "table":
            return [...value.entries].map(([key, each]) => `${key}=${wordsOf(each, depth + 1)}`).join(" ");
        case "flag":
        case "block":
        case "nothing":
            return "";
    }
};
