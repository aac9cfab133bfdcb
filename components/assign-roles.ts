import type { Resource } from "@pulumi/pulumi";
import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import { RoleDefinition } from "@pulumi/azure-native/authorization/roleDefinition.js";
import type { AzureGrant } from "../access/grant.ts";
import { findRole } from "../access/roles.ts";
import { tierOfActions, splitActions } from "./custom-role.ts";
import { assignableScope, customRoleName, roleDefinitionPath, scopeSlug, stableGuid } from "./azure-role.ts";
import type { AzureGrantArgs, AzureGrantsArgs, CustomRoleArgs } from "./azure-grants-args.ts";
import { withHooks } from "./hooks/with-hooks.ts";
import { azureGrantHook } from "./hooks/azure-grant.ts";
import { passingHook } from "./hooks/passing.ts";

/** A role that a grant assigns, with the definition behind it when it is a custom one. */
interface AssignableRole {
    readonly guid: string;
    readonly grant: AzureGrant;
    readonly definition?: RoleDefinition;
}

/** The component that assignments belong to. */
interface Owner {
    readonly resource: Resource;
    /** Name of the component. */
    readonly name: string;
}

export interface AssignedRoles {
    /** The grants, in the order given. */
    readonly grants: readonly AzureGrant[];
    readonly assignments: readonly RoleAssignment[];
}

/**
 * Assigns Azure roles to one principal, built-in ones or, from a list of actions, a custom role of just those.
 * @throws when a role or scope is unknown, or actions are none or no actions of Azure.
 */
export const assignRoles = (owner: Owner, args: AzureGrantsArgs): AssignedRoles => {
    const identity = args.identity ?? owner.name;
    const wanted = args.grants.map(grant => ({ grant, role: roleOf(owner, identity, grant) }));
    return {
        assignments: wanted.map(({ grant, role }) => assign(owner, args, grant, role)),
        grants: wanted.map(({ role }) => role.grant),
    };
};

const roleOf = (owned: Owner, identity: string, args: AzureGrantArgs): AssignableRole => {
    const { name } = owned;
    const { scope, reason, owner, actions, foundAt } = args;
    const about = {
        ...(reason !== undefined && { reason }),
        ...(owner !== undefined && { owner }),
        ...(foundAt !== undefined && { foundAt }),
    };
    if ("role" in args) {
        const { id, name: role, tier } = findRole(args.role);
        const needs = actions === undefined ? {} : { actions };
        return {
            guid: id,
            grant: { kind: "azure", identity, role, roleDefinitionGuid: id, scope, tier, ...about, ...needs },
        };
    }
    const guid = stableGuid("role definition", name, scope);
    const tier = tierOfActions(args.actions);
    const role = customRoleName(name, scope);
    const definition = define(owned, guid, role, args);
    const grant = { kind: "azure", identity, role, roleDefinitionGuid: guid, scope, tier, ...about } as const;
    return { guid, definition, grant: { ...grant, actions: args.actions, custom: true } };
};

const define = (
    { resource, name }: Owner,
    guid: string,
    roleName: string,
    { actions, scope, scopeResource, reason }: CustomRoleArgs,
): RoleDefinition => {
    const on = assignableScope(scope);
    return new RoleDefinition(
        `${name}-role-${scopeSlug(scope)}`,
        {
            roleDefinitionId: guid,
            roleName,
            roleType: "CustomRole",
            description: reason ?? "Just the actions that the workload takes.",
            permissions: [{ ...splitActions(actions), notActions: [], notDataActions: [] }],
            assignableScopes: [on],
            scope: on,
        },
        {
            parent: resource,
            deleteBeforeReplace: true,
            dependsOn: scopeResource === undefined ? [] : [scopeResource],
            ...withHooks(() => ({ onError: [passingHook()] })),
        },
    );
};

const assign = (
    { resource, name }: Owner,
    args: AzureGrantsArgs,
    grant: AzureGrantArgs,
    { guid, definition, grant: { role } }: AssignableRole,
): RoleAssignment => {
    const { scope, scopeResource, reason } = grant;
    const before = [definition, scopeResource].filter(resource => resource !== undefined);
    return new RoleAssignment(
        `${name}-${definition ? "custom" : role.replaceAll(/\W+/g, "-")}-${scopeSlug(scope)}`,
        {
            roleAssignmentName: stableGuid("role assignment", name, scope, guid),
            principalId: args.principalId,
            principalType: "ServicePrincipal",
            roleDefinitionId: roleDefinitionPath(guid, scope),
            scope,
            ...(reason !== undefined && { description: reason }),
        },
        {
            parent: resource,
            dependsOn: before,
            deleteBeforeReplace: true,
            replaceOnChanges: ["principalId", "roleDefinitionId", "scope"],
            ...withHooks(() => ({ onError: [azureGrantHook(grant.adopt ?? args.adopt ?? false)] })),
        },
    );
};
