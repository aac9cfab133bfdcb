import { isObject } from "../values.ts";
import type { Properties } from "../values.ts";
import type { ResourceType } from "./resource-type.ts";

const trimSlashes = (text: string): string => text.replace(/^\/+|\/+$/g, "");

/**
 * The resource id that inputs lead to.
 * @throws when a part of the path is missing
 */
export const idOf = (type: ResourceType, inputs: Properties, subscriptionId: string): string =>
    type.row.path.replace(/\{(\w+)\}/g, (_, parameter: string) => {
        const value = inputs[parameter] ?? (parameter === "subscriptionId" ? subscriptionId : undefined);
        if (typeof value !== "string")
            throw new Error(`expected string value for path parameter '${parameter}', got ${typeof value}`);
        return parameter === "scope" ? trimSlashes(value) : encodeURIComponent(value);
    });

/**
 * The inputs that a resource id holds.
 * @throws when the id is not one of the type's
 */
export const inputsOf = (type: ResourceType, id: string): Record<string, string> => {
    const pattern = type.row.path.replace(/\{(\w+)\}/g, (_, name: string) =>
        name === "scope" ? "(?<scope>.*)" : `(?<${name}>[^/]+)`,
    );
    const groups = new RegExp(`^${pattern}/?$`, "i").exec(id)?.groups;
    if (groups === undefined) throw new Error(`failed to parse '${id}' against the path '${type.row.path}'`);
    return Object.fromEntries(type.pathInputs.map(name => [name, decodeURIComponent(groups[name] ?? "")]));
};

/** The id that Azure gives a resource in its answer, or the one it was asked for under. */
export const idFrom = (body: unknown, asked: string): string =>
    isObject(body) && typeof body["id"] === "string" ? body["id"] : asked;
