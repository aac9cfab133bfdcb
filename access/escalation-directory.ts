import { findDirectoryRole } from "./directory-roles.ts";

/** Principals of the directory that a power reaches; `plain-groups` are those that no directory role can be given to. */
export const OVER = [
    "applications",
    "service-principals",
    "plain-groups",
    "role-groups",
    "users",
    "everything",
] as const;
export type Over = (typeof OVER)[number];

/** What who holds a right of the directory can make of others. */
export interface DirectoryPower {
    /** Public name of the edge: https://bloodhound.specterops.io/resources/edges/overview */
    readonly edge: string;
    readonly over: readonly Over[];
    /** What it does, said of who holds it. */
    readonly words: string;
    /** Whether nothing else stands in the way: some need more for administrators. */
    readonly certain: boolean;
}

const APPS: readonly Over[] = ["applications", "service-principals"];
const GROUPS: readonly Over[] = ["plain-groups", "role-groups"];
const SECRETS = "can add a secret to";
const MEMBERS = "can make itself a member of";
const PASSWORDS = "can set a way to sign in as";

const power = (edge: string, over: readonly Over[], words: string, certain = true): DirectoryPower => ({
    edge,
    over,
    words,
    certain,
});

const ROLE_TO_ITSELF = "can give itself any directory role, and so act as";

/**
 * Permissions of Microsoft Graph by which an application becomes others.
 * Source: https://learn.microsoft.com/graph/permissions-reference
 */
const PERMISSIONS: Readonly<Record<string, DirectoryPower>> = {
    "AppRoleAssignment.ReadWrite.All": power(
        "AZMGGrantAppRoles",
        ["everything"],
        "can grant itself any permission, and so act as",
    ),
    "RoleManagement.ReadWrite.Directory": power("AZMGGrantRole", ["everything"], ROLE_TO_ITSELF),
    "RoleAssignmentSchedule.ReadWrite.Directory": power("AZMGGrantRole", ["everything"], ROLE_TO_ITSELF),
    "RoleEligibilitySchedule.ReadWrite.Directory": power("AZMGGrantRole", ["everything"], ROLE_TO_ITSELF),
    "Application.ReadWrite.All": power("AZMGAddSecret", APPS, SECRETS),
    "ServicePrincipalEndpoint.ReadWrite.All": power("AZMGAddOwner", ["service-principals"], "can make itself owner of"),
    "GroupMember.ReadWrite.All": power("AZMGAddMember", ["plain-groups"], MEMBERS),
    "Group.ReadWrite.All": power("AZMGAddMember", ["plain-groups"], MEMBERS),
    "Directory.ReadWrite.All": power("AZMGAddMember", ["plain-groups"], MEMBERS),
    "PrivilegedAccess.ReadWrite.AzureADGroup": power("GroupPimAssign", GROUPS, MEMBERS),
    "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup": power("GroupPimAssign", GROUPS, MEMBERS),
    "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup": power("GroupPimAssign", GROUPS, MEMBERS),
    "User-PasswordProfile.ReadWrite.All": power("AZResetPassword", ["users"], PASSWORDS, false),
    "UserAuthenticationMethod.ReadWrite.All": power("AZResetPassword", ["users"], PASSWORDS, false),
    "UserAuthMethod-TAP.ReadWrite.All": power("AZResetPassword", ["users"], PASSWORDS, false),
};

const byName = new Map(Object.entries(PERMISSIONS).map(([name, each]) => [name.toLowerCase(), each]));

/** What a permission of Microsoft Graph makes of others. */
export const permissionPowerOf = (permission: string): DirectoryPower | undefined =>
    byName.get(permission.toLowerCase());

/** By which an application manages the applications that it owns itself. */
export const OWNED_BY = "application.readwrite.ownedby";

/** Permissions that powers are known of. */
export const POWERFUL_PERMISSIONS: readonly string[] = [...Object.keys(PERMISSIONS), "Application.ReadWrite.OwnedBy"];

/**
 * Actions of directory roles by which who holds one becomes others.
 * Source: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
 */
export const DIRECTORY_ACTIONS: readonly (readonly [action: string, power: DirectoryPower])[] = [
    [
        "microsoft.directory/roleAssignments/allProperties/allTasks",
        power("AZPrivilegedRoleAdmin", ["everything"], ROLE_TO_ITSELF),
    ],
    ["microsoft.directory/applications/credentials/update", power("AZAddSecret", ["applications"], SECRETS)],
    ["microsoft.directory/servicePrincipals/credentials/update", power("AZAddSecret", ["service-principals"], SECRETS)],
    ["microsoft.directory/groups/members/update", power("AZAddMembers", ["plain-groups"], MEMBERS)],
    ["microsoft.directory/groups.security/members/update", power("AZAddMembers", ["plain-groups"], MEMBERS)],
    ["microsoft.directory/users/password/update", power("AZResetPassword", ["users"], PASSWORDS, false)],
    ["microsoft.directory/users/authenticationMethods/create", power("AZResetPassword", ["users"], PASSWORDS, false)],
];

/** Public names of the edges of single roles. */
const OF_ROLE: Readonly<Record<string, string>> = {
    "62e90394-69f5-4237-9190-012177145e10": "AZGlobalAdmin",
    "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3": "AZAppAdmin",
    "158c047a-c907-4556-b7ef-446551a6b5f7": "AZCloudAppAdmin",
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13": "AZPrivilegedAuthAdmin",
};

const UNKNOWN_ROLE = power("AZHasRole", ["everything"], "can by what the role allows act as", false);

const known = new Map<string, readonly DirectoryPower[]>();

const powersOf = (nameOrId: string): readonly DirectoryPower[] => {
    try {
        const { id, controlPlane } = findDirectoryRole(nameOrId);
        const allowed = new Set(controlPlane);
        const found = DIRECTORY_ACTIONS.filter(([action]) => allowed.has(action)).map(([, each]) => each);
        return found.map(each => ({ ...each, edge: OF_ROLE[id] ?? each.edge }));
    } catch {
        return [UNKNOWN_ROLE];
    }
};

/** What a directory role, by name or id, makes of others; of one that the tables do not know, it may be anything. */
export const directoryPowerOf = (nameOrId: string): readonly DirectoryPower[] => {
    const found = known.get(nameOrId) ?? powersOf(nameOrId);
    known.set(nameOrId, found);
    return found;
};
