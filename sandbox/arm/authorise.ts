import { actionsOf } from "../../access/arm-actions.ts";
import { findRole, roleAllows } from "../../access/roles.ts";
import type { PermissionBlock, RoleDefinition } from "../../access/roles.ts";
import type { Caller } from "../caller.ts";
import type { Cloud } from "../cloud.ts";
import { AzureError } from "../error.ts";
import type { RoleAssignment } from "../records.ts";
import type { Target } from "./target.ts";

const guidOf = (roleDefinitionId: string): string =>
    roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1).toLowerCase();

/** The role an assignment gives, built-in or custom; undefined when it was deleted. */
export const roleOf = (cloud: Cloud, roleDefinitionId: string): RoleDefinition | undefined => {
    const guid = guidOf(roleDefinitionId);
    const custom = cloud.customRoles.get(guid);
    if (custom) {
        const { roleName, permissions } = custom.properties as { roleName: string; permissions: PermissionBlock[] };
        return { id: guid, name: roleName, tier: 2, permissions };
    }
    try {
        return findRole(guid);
    } catch {
        return undefined;
    }
};

/** A principal and the groups it is in. */
export const withGroups = (cloud: Cloud, objectId: string): readonly string[] => {
    const groups = [...cloud.groups.values()].filter(group => group.members.includes(objectId));
    return [objectId, ...groups.map(group => group.id)];
};

/** Whether an assignment on `outer` holds on `inner`; both lower-cased. The tenant's root group holds on all. */
export const holdsOn = (cloud: Cloud, outer: string, inner: string): boolean =>
    outer === "" ||
    outer === "/" ||
    inner === outer ||
    inner.startsWith(`${outer}/`) ||
    outer === `/providers/microsoft.management/managementgroups/${cloud.tenantId}`;

const assignmentsOf = (cloud: Cloud, caller: Caller): readonly RoleAssignment[] =>
    withGroups(cloud, caller.objectId).flatMap(id => cloud.roleAssignments.by("principal", id.toLowerCase()));

/** Whether a role of the caller on the scope or above it allows an action. */
export const mayDo = (cloud: Cloud, caller: Caller, action: string, scope: string): boolean => {
    const inner = scope.toLowerCase();
    return assignmentsOf(cloud, caller).some(assignment => {
        if (!holdsOn(cloud, assignment.scope.toLowerCase(), inner)) return false;
        const role = roleOf(cloud, assignment.roleDefinitionId);
        return role !== undefined && roleAllows(role, action, "action");
    });
};

/** Whether the caller has any role on the scope, above it or below it: enough to see a subscription or group in a list. */
export const maySee = (cloud: Cloud, caller: Caller, scope: string): boolean => {
    const inner = scope.toLowerCase();
    return assignmentsOf(cloud, caller).some(({ scope: outer }) => {
        const lower = outer.toLowerCase();
        return holdsOn(cloud, lower, inner) || lower.startsWith(`${inner}/`);
    });
};

/**
 * Refuses a caller whose roles do not allow a request.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
 * @throws AuthorizationFailed
 */
export const authorise = (cloud: Cloud, caller: Caller, method: string, path: string, target: Target): void => {
    if (target.type.openTo?.({ method, target })) return;
    const scope = target.name === undefined ? target.parent : target.id;
    const refused = actionsOf(method, path).find(action => !mayDo(cloud, caller, action, scope));
    if (refused === undefined) return;
    throw new AzureError(
        403,
        "AuthorizationFailed",
        `The client '${caller.appId}' with object id '${caller.objectId}' does not have authorization to perform ` +
            `action '${refused}' over scope '${scope === "" ? "/" : scope}' or the scope is invalid. If access was recently granted, ` +
            "please refresh your credentials.",
    );
};
