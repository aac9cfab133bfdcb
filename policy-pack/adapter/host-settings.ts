import { partsOf } from "./host-parts.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { partOf, Unknown } from "./value.ts";

/** A setting of a host, with the property that it is in. */
export interface HostSetting {
    /** undefined where not even the names are known. */
    readonly name: string | undefined;
    readonly value: unknown;
    readonly resource: PlainResource;
    readonly key: string;
}

type Pair = readonly [name: string | undefined, value: unknown];

/** A list of names and values, or a map. */
const pairsIn = (value: unknown): readonly Pair[] => {
    if (value instanceof Unknown) return [[undefined, value]];
    if (value === null || typeof value !== "object") return [];
    if (!Array.isArray(value)) return Object.entries(value);
    return value.flatMap((each: unknown): readonly Pair[] => {
        const name = partOf(each, "name");
        return typeof name === "string" ? [[name, partOf(each, "value")]] : [];
    });
};

/** Properties that hold settings: within the configuration of an app, or by themselves. */
const HOLDERS: readonly (readonly [key: string, part: string | undefined])[] = [
    ["siteConfig", "appSettings"],
    ["appSettings", undefined],
];

/** The settings of an app, and those that a resource of their own gives it. */
export const settingsOfHost = (resource: PlainResource, defined: StackDefinitions): readonly HostSetting[] => {
    const own = HOLDERS.filter(([key]) => resource.has(key)).flatMap(([key, part]) => {
        const value = resource.value(key);
        return pairsIn(part === undefined ? value : partOf(value, part)).map(pair => ({ pair, resource, key }));
    });
    const others = partsOf(resource, defined)
        .filter(({ token = "" }) => token.includes("ApplicationSettings"))
        .flatMap(part => pairsIn(part.value("properties")).map(pair => ({ pair, resource: part, key: "properties" })));
    return [...own, ...others].map(({ pair: [name, value], ...where }) => ({ name, value, ...where }));
};
