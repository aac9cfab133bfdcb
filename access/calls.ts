import { METHODS } from "./method.ts";
import { didYouMean } from "./name.ts";
import { namesOf, optionsOf, resolve } from "./graph-lookup.ts";

/** One Microsoft Graph request a workload makes. */
export interface Call {
    readonly method: string;
    /** Path without host, version and query; ids may be real or in braces: `/users/{id}`. */
    readonly path: string;
    readonly version: "v1.0" | "beta";
    /** Properties the call selects, expands, filters or orders by, where they are known. */
    readonly properties?: readonly string[];
}

/** Hosts of Microsoft Graph; source: https://learn.microsoft.com/graph/deployments */
const HOSTS: readonly string[] = [
    "graph.microsoft.com",
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "microsoftgraph.chinacloudapi.cn",
];

const ABSOLUTE = /^https?:\/\/([^/?#]+)(.*)$/i;
const VERSION = /^\/?(v1\.0|beta)(?=\/|$)/i;
const PATH = /^\/[^\s?#]/;

const withoutHost = (target: string, text: string): string => {
    const url = ABSOLUTE.exec(target);
    if (url === null) return target;
    const host = (url[1] ?? "").toLowerCase().replace(/:443$/, "");
    if (!HOSTS.includes(host))
        throw new Error(`call '${text}' goes to host '${host}'; expected Microsoft Graph, such as '${HOSTS[0] ?? ""}'`);
    return url[2] ?? "";
};

const decode = (text: string): string => {
    try {
        return decodeURIComponent(text.replaceAll("+", " "));
    } catch {
        return text;
    }
};

/** Property names in `$select`, `$expand`, `$orderby` and `$filter`: `a eq 1 and b/c ne 2` gives `a`, `b`. */
const propertiesIn = (query: string): string[] => {
    const names = query.split("&").flatMap(pair => {
        const [key = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)].map(
            decode,
        );
        switch (key.toLowerCase().replace(/^\$/, "")) {
            case "select":
            case "orderby":
                return value.split(",").map(part => part.trim().split(/[\s/]/)[0] ?? "");
            case "expand":
                return value
                    .replace(/\([^)]*\)/g, "")
                    .split(",")
                    .map(part => part.trim());
            case "filter":
                return [
                    ...value
                        .replace(/'[^']*'/g, "")
                        .matchAll(/([A-Za-z]\w*)(?:\/\w+)*\s+(?:eq|ne|lt|gt|le|ge|in|has)\b/g),
                ].map(match => match[1] ?? "");
            default:
                return [];
        }
    });
    return [...new Set(names.filter(name => /^[A-Za-z]\w*$/.test(name)))].sort();
};

const methodOf = (word: string, text: string): string => {
    const method = word.toUpperCase();
    if (METHODS.includes(method)) return method;
    if (/^[a-z]+$/i.test(word))
        throw new Error(
            `unknown method '${word}' in call '${text}'; expected ${METHODS.join(", ")}${didYouMean(word, METHODS)}`,
        );
    throw new Error(`call '${text}' has no method; expected a method and a path, such as 'GET /users/{id}'`);
};

/**
 * Reads a call as people write it: a method, then a path or a full address, with or without version and query; `$` may be
 * escaped as in PowerShell.
 * Throws when it is not a call on Microsoft Graph.
 */
export const parseCall = (text: string): Call => {
    const line = text.trim().replaceAll("`$", "$");
    if (line === "") throw new Error("empty call; expected a method and a path, such as 'GET /users/{id}'");
    const space = line.search(/\s/);
    const method = methodOf(space < 0 ? line : line.slice(0, space), line);
    const target = withoutHost(space < 0 ? "" : line.slice(space).trim(), line);
    const [address = "", query = ""] = target.split("#")[0]?.split(/\?(.*)/s) ?? [];
    const version = VERSION.exec(address)?.[1]?.toLowerCase() === "beta" ? "beta" : "v1.0";
    const bare = decode(address.replaceAll("+", "%2B")).replace(VERSION, "").replace(/\/+$/, "");
    const path = bare.startsWith("/") || bare === "" ? bare : `/${bare}`;
    if (!PATH.test(path) || /\s(?![^(]*\))/.test(path))
        throw new Error(`'${target}' in call '${line}' is not a path; expected one such as '/users/{id}'`);
    const properties = propertiesIn(query);
    return { method, path, version, ...(properties.length > 0 ? { properties } : {}) };
};

/** `GET /users/{id}`, and `GET /beta/users/{id}` for beta. */
export const formatCall = ({ method, path, version }: Call): string =>
    `${method} ${version === "beta" ? "/beta" : ""}${path}`;

/**
 * The sets of permissions that together allow a call to an application, each with no permission to spare; empty when
 * none is known. Only permissions that can be granted to an identity are named.
 */
export const allowing = (call: Call): readonly (readonly string[])[] => optionsOf(call).map(namesOf);

/** Whether the tables list the call, for applications or for signed-in users. */
export const isKnown = (call: Call): boolean => resolve(call).kind !== "unmatched";

/** Whether an application that holds these permissions may make the call. */
export const allows = (permissions: ReadonlySet<string>, call: Call): boolean =>
    allowing(call).some(option => option.every(permission => permissions.has(permission)));
