import { rolesUnder } from "./condition-roles.ts";
import { lazy } from "./facts.ts";
import { EVERY_ROLE, inBoth, inEither, NO_ROLE, type RoleSet } from "./role-set.ts";
import { roleAllows, type RoleDefinition, roleMayAllow, roles } from "./roles.ts";

const ASSIGN = "Microsoft.Authorization/roleAssignments/write";

/** Whether a role can assign roles, be it under a condition. */
export const isDelegation = (role: RoleDefinition): boolean => roleMayAllow(role, ASSIGN, "action");

/**
 * The roles that who holds a role can assign, under the conditions of the role itself and that of its assignment.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-overview
 */
export const assignableRoles = (role: RoleDefinition, condition?: string): RoleSet => {
    const own = role.permissions
        .filter(block => isDelegation({ ...role, permissions: [block] }))
        .map(block => (block.condition === undefined ? EVERY_ROLE : rolesUnder(block.condition, ASSIGN)))
        .reduce(inEither, NO_ROLE);
    return condition === undefined ? own : inBoth(own, rolesUnder(condition, ASSIGN));
};

const assigning = lazy(() => roles().filter(role => roleAllows(role, ASSIGN, "action")));

/** Built-in roles that assign every role: who may assign one of them may become anything. */
export const delegatingRoles = (): readonly RoleDefinition[] => assigning();
