import { lazy } from "../../access/facts.ts";
import { tierOfRole } from "../../access/role-tier.ts";
import type { PermissionBlock, RoleDefinition } from "../../access/roles.ts";
import { linkedPlace, type Place, readPlace } from "./place.ts";
import type { PlainResource } from "./resource.ts";
import type { RoleDefinitionSubject } from "./subject-grants.ts";
import { isKnown, textOf, textsOf, Unknown, unknownWithin, type Value, whenKnown } from "./value.ts";

export const ROLE_DEFINITION_TOKENS: ReadonlySet<string | undefined> = new Set([
    "azure-native:authorization:RoleDefinition",
    "azure:authorization:RoleDefinition",
    "azure:role:Definition",
    "azurerm:RoleDefinition",
]);

const LISTS = ["actions", "notActions", "dataActions", "notDataActions"] as const;

const readBlock = (block: unknown): Value<PermissionBlock> => {
    if (block === null || typeof block !== "object") return new Unknown("'permissions' holds no actions", false);
    const lists = LISTS.map(key => textsOf(Reflect.get(block, key), `permissions.${key}`));
    const unknown = unknownWithin(lists);
    if (unknown) return unknown;
    const [actions = [], notActions = [], dataActions = [], notDataActions = []] = lists as (readonly string[])[];
    return { actions, notActions, dataActions, notDataActions };
};

const permissionsOf = (resource: PlainResource): Value<readonly PermissionBlock[]> => {
    const value = resource.value("permissions");
    if (value instanceof Unknown) return value;
    const blocks = (Array.isArray(value) ? value : []).map(readBlock);
    return unknownWithin(blocks) ?? (blocks as PermissionBlock[]);
};

const firstText = (resource: PlainResource, ...keys: readonly string[]): string | undefined =>
    keys.map(key => resource.text(key)).find(text => typeof text === "string");

/** The GUID at the end of a role definition's path, or the whole of a bare GUID; in lower case. */
export const roleGuid = (text: string): string | undefined =>
    /(?:^|\/)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(text.split("|")[0] ?? "")?.[1]?.toLowerCase();

const customRole = (id: string, name: string, permissions: readonly PermissionBlock[]): RoleDefinition => {
    const judged = lazy(() => ({ tier: tierOfRole({ id, name, tier: 0, permissions }) }));
    return {
        id,
        name,
        get tier() {
            return judged().tier;
        },
        permissions,
    };
};

/** The custom role that a resource defines. */
export const definitionOf = (resource: PlainResource): Value<RoleDefinition> =>
    whenKnown(permissionsOf(resource), permissions =>
        customRole(
            roleGuid(firstText(resource, "roleDefinitionId", "roleDefinitionResourceId") ?? resource.id ?? "") ?? "",
            firstText(resource, "roleName", "name") ?? resource.name,
            permissions,
        ),
    );

/** Azure fills in the scope where no assignable scopes are given. */
const assignable = (resource: PlainResource): Value<readonly Place[]> => {
    const given = resource.value("assignableScopes") ?? [];
    const isEmpty = Array.isArray(given) && given.length === 0;
    const key = isEmpty ? "scope" : "assignableScopes";
    const values: readonly unknown[] = Array.isArray(given) && !isEmpty ? given : [resource.value(key)];
    const places = values.map(value => {
        const text = textOf(value, key);
        if (text instanceof Unknown) return linkedPlace(resource, key, text);
        return text === undefined ? new Unknown(`'${key}' is missing`, false) : readPlace(text);
    });
    return unknownWithin(places) ?? places.filter(isKnown);
};

/** Reads a resource that defines a role. */
export const readRoleDefinition = (resource: PlainResource): RoleDefinitionSubject => ({
    kind: "role-definition",
    definition: definitionOf(resource),
    assignableScopes: assignable(resource),
});
