import * as fc from "fast-check";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findDirectoryRole } from "../access/directory-roles.ts";
import type { AccessModel, Decided, Host, Place, Principal, Right } from "../access/model.ts";
import { findRole } from "../access/roles.ts";

/** Shorthands for models of a few principals. */
export const SUBSCRIPTION: Place = { kind: "subscription", id: "/subscriptions/s", name: "s" };
export const group = (name: string): Place => ({
    kind: "resourceGroup",
    id: `/subscriptions/s/resourcegroups/${name}`,
    name,
    within: SUBSCRIPTION,
});
export const A = group("rg-a");
export const B = group("rg-b");

export const placed = (type: string, name: string, within: Place = A): Place => ({
    kind: "resource",
    type: type.toLowerCase(),
    urn: `urn:${name}`,
    name,
    within,
});

export const AUTOMATION = "Microsoft.Automation/automationAccounts";

/** A resource with an identity of its own, or others. */
export const host = (
    name: string,
    type = AUTOMATION,
    within: Place = A,
    identities: readonly string[] = [name],
): Host => ({
    key: name,
    name,
    place: placed(type, name, within),
    identities,
});

export const identity = (name: string, within: Place = A): Principal => ({
    key: name,
    kind: "user-assigned",
    name,
    place: placed("Microsoft.ManagedIdentity/userAssignedIdentities", name, within),
});

export const role = (
    holder: string,
    name: string,
    scope: Decided<Place> = A,
    more: { readonly condition?: string } = {},
): Right => {
    const definition = findRole(name);
    const key = [holder, name, "undecided" in scope ? "?" : (scope.name ?? scope.kind), more.condition]
        .join(" ")
        .trim();
    return { kind: "role", key, urn: key, holder, role: name, definition, tier: definition.tier, scope, ...more };
};

export const permission = (holder: string, name: string): Right => {
    const key = `${holder} ${name}`;
    const { tier } = findAppRole(MICROSOFT_GRAPH, name);
    const api = { api: "Microsoft Graph", appId: MICROSOFT_GRAPH };
    return { kind: "permission", key, urn: key, holder, tier, ...api, permission: name };
};

export const directoryRole = (holder: string, name: string): Right => {
    const key = `${holder} ${name}`;
    return { kind: "directory-role", key, urn: key, holder, role: name, tier: findDirectoryRole(name).tier };
};

export const member = (holder: string, of: string): Right => {
    const key = `${holder} in ${of}`;
    return { kind: "member", key, urn: key, holder, tier: 2, group: of };
};

export const owner = (holder: string, of: string): Right => {
    const key = `${holder} owns ${of}`;
    return { kind: "owner", key, urn: key, holder, tier: 2, of };
};

export const modelOf = (parts: Partial<AccessModel>): AccessModel => ({
    principals: [],
    hosts: [],
    rights: [],
    entries: [],
    ...parts,
});

export const UNDECIDED = { undecided: "'scope' is not known before its resources exist" };

const PEOPLE: readonly Principal[] = [
    ...["id1", "id2", "id3"].map(name => identity(name, name === "id3" ? B : A)),
    ...["aa", "site", "vm"].map((name): Principal => ({ key: name, kind: "system-assigned", name })),
    { key: "app", kind: "application", name: "app" },
    { key: "sp", kind: "service-principal", name: "sp", application: "app" },
    { key: "team", kind: "group", name: "team" },
    { key: "ann", kind: "user", name: "ann" },
];

const HOSTS: readonly Host[] = [
    host("aa", AUTOMATION, A, ["aa", "id1"]),
    host("site", "Microsoft.Web/sites", A),
    host("vm", "Microsoft.Compute/virtualMachines", B, ["vm", "id2"]),
];

const ACTORS = ["id1", "id2", "id3", "aa", "site", "vm", "sp", "team", "ann"];
const ROLES = [
    ...["Owner", "Contributor", "Reader", "User Access Administrator", "Automation Contributor", "Website Contributor"],
    ...[
        "Virtual Machine Contributor",
        "Virtual Machine User Login",
        "Managed Identity Operator",
        "Key Vault Secrets User",
    ],
];
const SCOPES: readonly Decided<Place>[] = [
    ...[{ kind: "tenant" } as const, SUBSCRIPTION, A, B, HOSTS[0]?.place ?? A, HOSTS[2]?.place ?? A],
    UNDECIDED,
    { kind: "managementGroup", id: "/providers/microsoft.management/managementgroups/m", name: "m" },
];
const PERMISSIONS = [
    ...["User.Read.All", "AuditLog.Read.All", "Application.ReadWrite.All", "Application.ReadWrite.OwnedBy"],
    ...["GroupMember.ReadWrite.All", "RoleManagement.ReadWrite.Directory"],
];

const actor = fc.constantFrom(...ACTORS);
const ASSIGN = "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})";
const only = (name: string): string =>
    `((${ASSIGN}) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${findRole(name).id}}))`;

/** Any right that one of a few principals holds; a group gets no directory role, which would change what may join it. */
export const anyRight: fc.Arbitrary<Right> = fc.oneof(
    {
        weight: 6,
        arbitrary: fc
            .tuple(actor, fc.constantFrom(...ROLES), fc.constantFrom(...SCOPES))
            .map(([who, name, scope]) => role(who, name, scope)),
    },
    {
        weight: 1,
        arbitrary: fc
            .tuple(actor, fc.constantFrom("AcrPull", "Website Contributor"))
            .map(([who, name]) => role(who, "Role Based Access Control Administrator", A, { condition: only(name) })),
    },
    {
        weight: 2,
        arbitrary: fc.tuple(actor, fc.constantFrom(...PERMISSIONS)).map(([who, name]) => permission(who, name)),
    },
    {
        weight: 1,
        arbitrary: fc
            .tuple(
                fc.constantFrom("ann", "sp", "id1"),
                fc.constantFrom("Application Administrator", "Groups Administrator", "Reports Reader"),
            )
            .map(([who, name]) => directoryRole(who, name)),
    },
    { weight: 1, arbitrary: fc.constantFrom("id1", "sp", "ann").map(who => member(who, "team")) },
    {
        weight: 1,
        arbitrary: fc
            .tuple(fc.constantFrom("id2", "ann"), fc.constantFrom("app", "team", "sp"))
            .map(([who, of]) => owner(who, of)),
    },
);

/** Models of ten principals, three resources and a few rights. */
export const anyModel = (most: number): fc.Arbitrary<AccessModel> =>
    fc
        .uniqueArray(anyRight, { maxLength: most, selector: ({ key }) => key })
        .map(rights => modelOf({ principals: PEOPLE, hosts: HOSTS, rights }));
