import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { AppRoleAssignment } from "@pulumi/azuread/appRoleAssignment.js";
import { type ApiGrantsArgs, assignPermissions, type WiredApiGrant } from "./assign-permissions.ts";

/**
 * Permissions of one API, granted to one identity: one app role assignment each, made one after another because Entra
 * refuses concurrent changes of one principal. The API's own service principal is looked up and never owned.
 * The deployer needs AppRoleAssignment.ReadWrite.All and Application.Read.All, which are control plane permissions:
 * https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignedto
 */
export class ApiGrants extends ComponentResource {
    readonly assignments: readonly AppRoleAssignment[];
    /** The grants, in the order they are made. */
    readonly grants: readonly WiredApiGrant[];
    /** Object id of the API's service principal in the tenant. */
    readonly resourceObjectId: Output<string>;

    /** @throws when the API or a permission is unknown, or the permission cannot be granted to an identity. */
    constructor(name: string, args: ApiGrantsArgs, opts?: ComponentResourceOptions) {
        super("leastwise:index:ApiGrants", name, {}, opts);
        const { assignments, grants, resourceObjectId } = assignPermissions({ resource: this, name }, args);
        this.assignments = assignments;
        this.grants = grants;
        this.resourceObjectId = resourceObjectId;
        this.registerOutputs({ grants, resourceObjectId });
    }
}
