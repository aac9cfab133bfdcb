import { roleMayAllow } from "./roles.ts";
import type { RoleDefinition } from "./roles.ts";

/**
 * Control plane actions that give rights away. Who may take one of them can make itself anything.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/permissions/management-and-governance
 */
export const ASSIGNING_ACTIONS: readonly string[] = [
    "Microsoft.Authorization/roleAssignments/write",
    "Microsoft.Authorization/roleDefinitions/write",
    "Microsoft.Authorization/elevateAccess/action",
    "Microsoft.Authorization/roleAssignmentScheduleRequests/write",
    "Microsoft.Authorization/roleEligibilityScheduleRequests/write",
];

const lower = new Set(ASSIGNING_ACTIONS.map(action => action.toLowerCase()));

/** Whether an action gives rights away. */
export const isAssigning = (action: string): boolean => lower.has(action.toLowerCase());

const known = new WeakMap<RoleDefinition, boolean>();

/** Whether a role can give rights away, be it under a condition. */
export const canAssignRoles = (role: RoleDefinition): boolean => {
    const assigns = known.get(role) ?? ASSIGNING_ACTIONS.some(action => roleMayAllow(role, action, "action"));
    known.set(role, assigns);
    return assigns;
};
