import type { Properties, Value } from "../values.ts";
import type { GraphClient } from "./graph-client.ts";

/** What a function of the plugin works with. */
export interface Context {
    readonly graph: GraphClient;
    readonly accessToken: () => Promise<string>;
}

export type Fn = (args: Properties, context: Context) => Promise<Properties>;

const quote = (value: Value): string => String(value as string).replaceAll("'", "''");

const query = (parameters: Readonly<Record<string, string>>): string => `?${new URLSearchParams(parameters)}`;

/** Equal but for case. */
export const sameText = (a: unknown, b: unknown): boolean =>
    typeof a === "string" && typeof b === "string" && a.toLowerCase() === b.toLowerCase();

const one = async (
    graph: GraphClient,
    collection: string,
    field: string,
    value: Value,
    noun: string,
): Promise<Properties> => {
    const filter = `${field} eq '${quote(value)}'`;
    const found = await graph.list(collection + query({ $filter: filter }), `Listing ${noun}s for filter "${filter}"`);
    const exact = found.filter(object => sameText(object[field], value));
    const title = noun.charAt(0).toUpperCase() + noun.slice(1);
    if (exact.length > 1)
        throw new Error(`Multiple ${noun}s found: found multiple ${noun}s matching filter: "${filter}"`);
    const [only] = exact;
    if (only === undefined) throw new Error(`${title} not found: no ${noun}s found matching filter: "${filter}"`);
    return only;
};

const byId = async (graph: GraphClient, collection: string, id: Value, noun: string): Promise<Properties> => {
    const path = `${collection}/${encodeURIComponent(String(id as string))}`;
    const found = await graph.find(path, `Retrieving ${noun} with object ID "${String(id as string)}"`);
    if (found === undefined) throw new Error(`${noun} with object ID "${String(id as string)}" was not found`);
    return found;
};

/** Finds an object by the first of the arguments that is set. */
export const lookUp = async (
    graph: GraphClient,
    collection: string,
    noun: string,
    args: Properties,
    keys: Readonly<Record<string, string>>,
): Promise<Properties> => {
    for (const [argument, field] of Object.entries(keys)) {
        const value = args[argument];
        if (value === undefined) continue;
        return field === "id" ? byId(graph, collection, value, noun) : one(graph, collection, field, value, noun);
    }
    const names = Object.keys(keys).map(key => `"${key}"`);
    throw new Error(`one of ${names.join(", ")} must be specified`);
};

/** Some of an object's properties under the SDK's names. */
export const select = (body: Properties, names: Readonly<Record<string, string>>): Properties =>
    Object.fromEntries(Object.entries(names).map(([name, wire]) => [name, body[wire] ?? null]));

/** An array as it is, anything else as none. */
export const asArray = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : []);

/** Looks objects up one by one over the given arguments, or all of them with `returnAll`. */
export const lookUpMany = async (
    graph: GraphClient,
    collection: string,
    noun: string,
    args: Properties,
    keys: Readonly<Record<string, string>>,
): Promise<Properties[]> => {
    if (args["returnAll"] === true) return graph.list(collection, `Could not retrieve ${noun}s`);
    const found: Properties[] = [];
    for (const [argument, field] of Object.entries(keys))
        for (const value of asArray(args[argument])) {
            const object = lookUp(graph, collection, noun, { key: value }, { key: field });
            const ignoring = args["ignoreMissing"] === true ? object.catch(() => undefined) : object;
            const result = await ignoring;
            if (result !== undefined) found.push(result);
        }
    return found;
};
