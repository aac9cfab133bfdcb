import { type DirectoryRole, findDirectoryRole } from "../../access/directory-roles.ts";
import { decided, knownText, type ReadRights, rightBase } from "./given-right.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { isKnown, Unknown, type Value, whenKnown } from "./value.ts";

const ROLE_KEYS = ["roleId", "roleDefinitionId", "roleObjectId"];
const HOLDER_KEYS = ["principalObjectId", "principalId", "memberObjectId"];
const SCOPE_KEYS = [
    "appScopeId",
    "directoryScopeId",
    "appScopeObjectId",
    "directoryScopeObjectId",
    "administrativeUnitObjectId",
];

const present = (resource: PlainResource, keys: readonly string[]): string =>
    keys.find(key => resource.has(key)) ?? keys[0] ?? "";

const builtIn = (nameOrId: string): DirectoryRole | undefined => {
    try {
        return findDirectoryRole(nameOrId);
    } catch {
        return undefined;
    }
};

interface FoundRole {
    readonly name: string;
    readonly template?: string;
    readonly role?: DirectoryRole;
}

const found = (text: string): FoundRole => {
    const role = builtIn(text);
    return role === undefined ? { name: text } : { name: role.name, template: role.id, role };
};

/** A role that the stack activates or defines, by what the program calls it. */
const linkedRole = (resource: PlainResource, key: string): Value<FoundRole> | undefined => {
    const [made] = resource
        .links(key)
        .filter(({ token }) => token === "azuread:DirectoryRole" || token === "azuread:CustomDirectoryRole");
    if (made === undefined) return undefined;
    if (made.token === "azuread:CustomDirectoryRole")
        return whenKnown(made.text("displayName"), name => ({ name: name ?? made.name }));
    const name = whenKnown(made.text("templateId"), id => id ?? made.text("displayName"));
    return whenKnown(name, text => (text === undefined ? { name: made.name } : found(text)));
};

const roleOf = (resource: PlainResource): Value<FoundRole> => {
    const key = present(resource, ROLE_KEYS);
    const text = resource.text(key);
    const linked = linkedRole(resource, key);
    if (linked !== undefined) return linked;
    return whenKnown(text, id => (id === undefined ? new Unknown(`'${key}' is missing`, false) : found(id)));
};

const scopeOf = (resource: PlainResource): Value<string | undefined> => {
    const key = SCOPE_KEYS.find(each => resource.has(each));
    if (key === undefined) return undefined;
    const scope = resource.text(key);
    return scope === "/" ? undefined : scope;
};

const tierOf = ({ name, role }: FoundRole): Value<DirectoryRole["tier"]> =>
    role?.tier ?? new Unknown(`no table has the directory role '${name}'`, false);

/**
 * Reads a role of the directory that is assigned, or made eligible; for the whole of it, or for a part.
 * https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
 */
export const readDirectoryRole: ReadRights = (resource: PlainResource, { principals }: StackDefinitions) => {
    const role = roleOf(resource);
    const [scope, justification] = [scopeOf(resource), knownText(resource.text("justification"))];
    const isEligible = /eligib/i.test(resource.token ?? "");
    const holder = principals.named(resource, present(resource, HOLDER_KEYS));
    const words = justification === undefined ? {} : { reason: justification };
    const limit = isKnown(scope) ? scope : scope.why;
    return [
        {
            holder,
            right: {
                kind: "directory-role",
                ...rightBase(resource, holder, words),
                role: decided(whenKnown(role, ({ name }) => name)),
                tier: decided(whenKnown(role, tierOf)),
                ...(isEligible && { eligible: true }),
                ...(limit !== undefined && { scope: limit }),
            },
            subject: {
                kind: "directory-role",
                role: whenKnown(role, ({ name }) => name),
                template: whenKnown(role, ({ template }) => template),
                scope,
                activation: isEligible ? "eligible" : "active",
            },
        },
    ];
};
