import type { Bound } from "./binding.ts";
import type { Value } from "./values.ts";

/** Parameters of third-party commands that hold an address or a path. */
export const PATHS = [
    "resource",
    "uri",
    "url",
    "relativeuri",
    "requesturi",
    "graphuri",
    "graphurl",
    "endpoint",
    "relativeurl",
    "path",
    "resourcepath",
    "apiurl",
    "apipath",
    "query",
    "graphapiurl",
    "requesturl",
    "api",
];

/** Names of commands that send requests. */
export const SENDS = /graph|rest|request|odata|webapi|api(?=$|[A-Z])/i;

/** The first of several parameters that is given by its own name. */
export const named = (bound: Bound, names: readonly string[]): Value | undefined => {
    for (const name of names) {
        const value = bound.named.get(name);
        if (value !== undefined) return value;
    }
    return undefined;
};
