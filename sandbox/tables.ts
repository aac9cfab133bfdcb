import type {
    AppRoleAssignment,
    Application,
    ArmResource,
    CustomRole,
    Group,
    RoleAssignment,
    ServicePrincipal,
    User,
} from "./records.ts";
import { Table } from "./table.ts";
import type { OnChange } from "./table.ts";

const lower = (text: string): string => text.toLowerCase();

/** The id of the resource or group that contains a resource: `…/automationAccounts/a` for `…/automationAccounts/a/runbooks/r`. */
export const parentId = (id: string): string => {
    const key = lower(id);
    const provider = key.lastIndexOf("/providers/");
    const nested = provider < 0 || key.slice(provider + 1).split("/").length > 4;
    return nested ? key.split("/").slice(0, -2).join("/") : key.slice(0, provider);
};

/** A token audience without what callers write differently: case and the last slash. */
export const audienceKey = (audience: string): string => lower(audience).replace(/\/+$/, "");

/** The GUID at the end of a role definition id, lower-cased: prefixes differ between callers. */
const guidOf = (roleDefinitionId: string): string =>
    lower(roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1));

/** What makes a role assignment the same grant as another, whatever its name. */
export const grantKey = (a: Pick<RoleAssignment, "scope" | "principalId" | "roleDefinitionId">): string =>
    `${lower(a.scope)}|${lower(a.principalId)}|${guidOf(a.roleDefinitionId)}`;

/** Gives a table what records its changes under its name. */
type Recorder = (table: string) => OnChange;

const resourceManagerTables = (record: Recorder) => ({
    /** Keyed by lower-cased id; subscriptions and resource groups are resources too. */
    resources: new Table<ArmResource, "parent" | "type" | "typeAndName">(
        {
            parent: r => [parentId(r.id)],
            type: r => [lower(r.type)],
            typeAndName: r => [lower(`${r.type}/${r.name}`)],
        },
        record("resources"),
    ),
    /** Keyed by lower-cased id. */
    roleAssignments: new Table<RoleAssignment, "name" | "principal" | "scope" | "grant" | "role">(
        {
            name: a => [lower(a.name)],
            principal: a => [lower(a.principalId)],
            scope: a => [lower(a.scope)],
            grant: a => [grantKey(a)],
            role: a => [guidOf(a.roleDefinitionId)],
        },
        record("roleAssignments"),
    ),
    /** Keyed by GUID. */
    customRoles: new Table<CustomRole, "roleName">(
        { roleName: r => [lower(String(r.properties["roleName"]))] },
        record("customRoles"),
    ),
});

const directoryTables = (record: Recorder) => ({
    /** Keyed by object id, as all tables of the directory. */
    servicePrincipals: new Table<ServicePrincipal, "appId" | "displayName" | "resource" | "name">(
        {
            appId: p => [lower(p.appId)],
            displayName: p => [lower(p.displayName)],
            resource: p => p.alternativeNames.slice(1).map(lower),
            name: p => p.servicePrincipalNames.map(audienceKey),
        },
        record("servicePrincipals"),
    ),
    appRoleAssignments: new Table<AppRoleAssignment, "principal" | "resource" | "grant">(
        {
            principal: a => [a.principalId],
            resource: a => [a.resourceId],
            grant: a => [`${a.principalId}|${a.resourceId}|${a.appRoleId}`],
        },
        record("appRoleAssignments"),
    ),
    users: new Table<User, "userPrincipalName">(
        { userPrincipalName: u => [lower(u.userPrincipalName)] },
        record("users"),
    ),
    groups: new Table<Group, "displayName">({ displayName: g => [lower(g.displayName)] }, record("groups")),
    applications: new Table<Application, "appId" | "displayName">(
        { appId: a => [lower(a.appId)], displayName: a => [lower(a.displayName)] },
        record("applications"),
    ),
});

/** All tables of a cloud. */
export const createTables = (record: Recorder) => ({
    ...resourceManagerTables(record),
    ...directoryTables(record),
    /** How often an id was made for a name. */
    generations: new Table<number>({}, record("generations")),
});

/** The tables of a cloud, by name. */
export type Tables = ReturnType<typeof createTables>;
