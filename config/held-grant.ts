import { readNeed } from "../access/azure-needs.ts";
import type { HeldRole } from "../access/held-roles.ts";
import { findRole, roleAllows, type RoleDefinition } from "../access/roles.ts";
import { contains } from "../access/scope.ts";
import { splitActions } from "../components/custom-role.ts";
import type { AzureDeclaration } from "./declaration.ts";

/** The definition of the role that a grant gives; of a list of actions, that of the custom role it becomes. */
const definitionOf = (grant: AzureDeclaration): RoleDefinition => {
    if ("role" in grant) return findRole(grant.role);
    const permissions = [{ ...splitActions(grant.actions), notActions: [], notDataActions: [] }];
    return { id: "", name: "a custom role", tier: 1, permissions };
};

/** A grant as a role that is held. */
export const heldOf = (grant: AzureDeclaration): HeldRole & { readonly role: RoleDefinition } => ({
    role: definitionOf(grant),
    scope: grant.scope,
});

/** Whether a held role allows an action; on a scope, where one is given. */
export const allowsAction = (
    { role, scope }: ReturnType<typeof heldOf>,
    action: string,
    on: string | undefined,
): boolean =>
    readNeed(action).some(need => roleAllows(role, need.action, need.kind)) &&
    (on === undefined || contains(scope, on));
