import { AzureError } from "../error.ts";
import { findType, isKnownNamespace } from "./types.ts";
import type { ResourceType } from "./resource-type.ts";

/** What a Resource Manager path names. */
export interface Target {
    /** Id of what contains the resource: another resource, a group, a subscription, or `""`, the tenant. */
    readonly parent: string;
    readonly parentType: ResourceType | undefined;
    readonly type: ResourceType;
    /** Undefined for a collection. */
    readonly name: string | undefined;
    /** Id of the resource; of a collection, the id its members start with. */
    readonly id: string;
    /** The id a provider's resource hangs on; of an extension resource, the resource it extends. */
    readonly scope: string;
    /** What follows the id, an action: `["draft", "content"]`. */
    readonly tail: readonly string[];
}

const malformed = (path: string): AzureError =>
    new AzureError(404, "InvalidResourceId", `The path '${path}' is not a Resource Manager path.`);

const segmentsOf = (path: string): string[] => {
    try {
        return path.split("/").filter(Boolean).map(decodeURIComponent);
    } catch {
        throw malformed(path);
    }
};

interface Walk {
    readonly segments: readonly string[];
    at: number;
    target: Target | undefined;
}

const step = (walk: Walk, type: ResourceType, base: string, segment: string, scope: string): void => {
    const name = walk.segments[walk.at + 1];
    const parent = walk.target?.name === undefined ? "" : walk.target.id;
    const parentType = walk.target?.name === undefined ? undefined : walk.target.type;
    const id = name === undefined ? `${base}/${segment}` : `${base}/${segment}/${name}`;
    walk.target = { parent, parentType, type, name, id, scope, tail: [] };
    walk.at += 2;
};

const typeOf = (name: string): ResourceType => {
    const type = findType(name);
    if (type) return type;
    throw new AzureError(404, "InvalidResourceType", `The resource type '${name}' could not be found.`);
};

/** `/subscriptions/{id}/resourceGroups/{name}`, as far as the path goes. */
const walkSubscription = (walk: Walk): void => {
    if (walk.segments[0]?.toLowerCase() !== "subscriptions") return;
    step(walk, typeOf("Microsoft.Resources/subscriptions"), "", "subscriptions", "");
    if (walk.segments[2]?.toLowerCase() !== "resourcegroups") return;
    const subscription = walk.target?.id ?? "";
    step(walk, typeOf("Microsoft.Resources/resourceGroups"), subscription, "resourceGroups", subscription);
};

const unknownType = (namespace: string, type: string, apiVersion: string): AzureError =>
    isKnownNamespace(namespace)
        ? new AzureError(
              404,
              "InvalidResourceType",
              `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${apiVersion}'.`,
          )
        : new AzureError(404, "InvalidResourceNamespace", `The resource namespace '${namespace}' is invalid.`);

/** `/providers/{namespace}/{type}/{name}/{type}/{name}…`: stops at a segment that is no type of the provider. */
const walkProvider = (walk: Walk, apiVersion: string): void => {
    const scope = walk.target?.id ?? "";
    const [namespace, first] = walk.segments.slice(walk.at + 1);
    if (namespace === undefined || first === undefined) return;
    let type = findType(`${namespace}/${first}`);
    if (!type || type.versions?.test(apiVersion) === false) throw unknownType(namespace, first, apiVersion);
    const canonical = type.type.split("/");
    walk.at += 2;
    step(walk, type, `${scope}/providers/${canonical[0] ?? namespace}`, first, scope);
    for (let segment = walk.segments[walk.at]; segment !== undefined; segment = walk.segments[walk.at]) {
        const child = findType(`${type.type}/${segment}`);
        if (!child) return;
        if (child.versions?.test(apiVersion) === false) throw unknownType(namespace, `${first}/${segment}`, apiVersion);
        type = child;
        step(walk, child, walk.target?.id ?? "", segment, scope);
    }
};

/**
 * Reads a Resource Manager path.
 * @throws InvalidResourceNamespace, InvalidResourceType, or a 404 for what is no such path
 */
export const parseTarget = (path: string, apiVersion: string): Target => {
    const walk: Walk = { segments: segmentsOf(path), at: 0, target: undefined };
    walkSubscription(walk);
    while (walk.segments[walk.at]?.toLowerCase() === "providers") {
        const before = walk.at;
        walkProvider(walk, apiVersion);
        if (walk.at === before) break;
    }
    if (!walk.target) throw malformed(path);
    return { ...walk.target, tail: walk.segments.slice(walk.at) };
};
