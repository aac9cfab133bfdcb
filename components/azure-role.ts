import { createHash } from "node:crypto";
import { getProject, getStack } from "@pulumi/pulumi";
import { v5 as uuid } from "uuid";
import { parseScope } from "../access/scope.ts";

/** Leastwise's own name space for GUIDs that are made from names. */
const NAMESPACE = "5d3f4c0a-3c0e-5b43-9e0c-0f7ab4a3a4f1";

/**
 * A GUID that this stack, and no other, makes from the given words: the same in every run and known before anything
 * exists, so that a change never collides with what it replaces. Scopes compare whatever their case.
 */
export const stableGuid = (...words: readonly string[]): string =>
    uuid([getProject(), getStack(), ...words.map(word => word.toLowerCase())].join("|"), NAMESPACE);

/** The path of a role definition as Azure itself writes it for a scope. */
export const roleDefinitionPath = (guid: string, scope: string): string => {
    const { subscription } = parseScope(scope);
    const path = `/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
    return subscription === undefined ? path : `/subscriptions/${subscription}${path}`;
};

/** The narrowest place above a scope on which a custom role can be defined: a resource is none. */
export const assignableScope = (scope: string): string => {
    const { kind, id, subscription, resourceGroup } = parseScope(scope);
    if (kind !== "resource" || subscription === undefined) return id;
    const path = `/subscriptions/${subscription}`;
    return resourceGroup === undefined ? path : `${path}/resourceGroups/${resourceGroup}`;
};

/** A short name for a scope in resource names: its last segment, and enough of a hash to tell two of them apart. */
export const scopeSlug = (scope: string): string => {
    const { id } = parseScope(scope);
    const last = id.slice(id.lastIndexOf("/") + 1) || "tenant";
    return `${last}-${createHash("sha256").update(id.toLowerCase()).digest("hex").slice(0, 6)}`;
};

/** A name for a custom role that no other stack gives one: Azure wants it unique in the tenant. */
export const customRoleName = (name: string, scope: string): string => {
    const slug = scopeSlug(scope);
    const [place, hash] = [slug.slice(0, -7), slug.slice(-6)];
    return `${name} on ${place} (${getProject()} ${getStack()} ${hash})`;
};
