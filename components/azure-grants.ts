import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import type { AzureGrant } from "../access/grant.ts";
import { assignRoles } from "./assign-roles.ts";
import type { AzureGrantsArgs } from "./azure-grants-args.ts";

/**
 * Azure roles assigned to one identity, built-in ones or, from a list of actions, a custom role of just those.
 * Role and scope are plain strings, known at preview; each assignment has a name of its own that follows from them.
 */
export class AzureGrants extends ComponentResource {
    /** The grants, in the order given. */
    readonly grants: readonly AzureGrant[];
    readonly assignments: readonly RoleAssignment[];

    /** @throws when a role or scope is unknown, or actions are none or no actions of Azure. */
    constructor(name: string, args: AzureGrantsArgs, opts?: ComponentResourceOptions) {
        super("leastwise:index:AzureGrants", name, {}, opts);
        const { assignments, grants } = assignRoles({ resource: this, name }, args);
        this.assignments = assignments;
        this.grants = grants;
        this.registerOutputs({ grants });
    }
}
