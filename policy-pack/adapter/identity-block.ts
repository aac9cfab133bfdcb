import type { PlainResource } from "./resource.ts";
import { isKnown, partOf, Unknown } from "./value.ts";

/** The identities that a resource asks for. */
export interface IdentityBlock {
    /** Whether it gets one of its own; undefined where that is not known. */
    readonly system: boolean | undefined;
    /** Resource ids of others, those that are known. */
    readonly userAssigned: readonly string[];
}

const LISTS = ["userAssignedIdentities", "identityIds"];

const idOf = (entry: unknown): string | undefined => {
    if (typeof entry === "string") return entry;
    const id = partOf(entry, "resourceId") ?? partOf(entry, "id");
    return typeof id === "string" ? id : undefined;
};

/** A list of ids, or ids as keys. */
const idsIn = (list: unknown): readonly string[] => {
    if (list instanceof Unknown || list === null || typeof list !== "object") return [];
    const entries: readonly unknown[] = Array.isArray(list) ? list : Object.keys(list);
    return entries.flatMap(entry => idOf(entry) ?? []);
};

const listedIds = (block: unknown): readonly string[] => LISTS.flatMap(list => idsIn(partOf(block, list)));

const isSystem = (type: unknown): boolean | undefined => {
    if (type instanceof Unknown) return undefined;
    return typeof type === "string" && /system/i.test(type);
};

/** Reads the `identity` of a resource of any type; undefined where it has none. */
export const identityBlockOf = (resource: PlainResource): IdentityBlock | undefined => {
    const key = resource.keys().find(each => each.toLowerCase() === "identity");
    if (key === undefined || resource.token === undefined || /^(azuread|leastwise|msgraph):/.test(resource.token))
        return undefined;
    const block = resource.value(key);
    if (block === undefined || block === null || typeof block === "string") return undefined;
    if (Array.isArray(block) && block.length === 0) return undefined;
    const type = isKnown(block) ? partOf(block, "type") : block;
    return {
        system: isSystem(type),
        userAssigned: listedIds(block),
    };
};

/** Properties by which clusters take an identity for their machines apart. */
export const OF_MACHINES: readonly string[] = ["identityProfile", "kubeletIdentity", "kubeletIdentities"];

/** Properties by which a resource acts with user-assigned identities. */
export const ATTACHING: readonly string[] = ["identity", ...OF_MACHINES, "vmManagedIdentity"];

/** Property by which an identity binding lets the workloads of a cluster act with a user-assigned identity. */
export const BINDING: readonly string[] = ["properties"];

/** Resource ids of one identity or of several by name: `{ kubeletidentity: { resourceId } }`. */
const profileIds = (value: unknown): readonly string[] => {
    if (value === null || typeof value !== "object" || value instanceof Unknown) return [];
    return [value, ...Object.values(value)].flatMap(each => {
        const id = partOf(each, "userAssignedIdentityId") ?? partOf(each, "resourceId");
        return typeof id === "string" ? id : [];
    });
};

/** The ids of the identities in the properties that attach some, beside `identity`. */
const READERS: Readonly<Record<string, (value: unknown) => readonly string[]>> = {
    identityProfile: profileIds,
    kubeletIdentities: profileIds,
    kubeletIdentity: profileIds,
    properties: value => profileIds(partOf(value, "managedIdentity")),
    vmManagedIdentity: listedIds,
};

/** Resource ids of the user-assigned identities that a resource acts with, those that are known. */
export const attachedIdsOf = (resource: PlainResource, keys = ATTACHING): readonly string[] =>
    keys.flatMap(key => {
        if (key === "identity") return identityBlockOf(resource)?.userAssigned ?? [];
        return READERS[key]?.(resource.value(key)) ?? [];
    });
