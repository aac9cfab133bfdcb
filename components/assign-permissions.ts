import type { Input, Output, Resource } from "@pulumi/pulumi";
import { AppRoleAssignment } from "@pulumi/azuread/appRoleAssignment.js";
import type { ApiGrant } from "../access/grant.ts";
import { type AppRoleRef, grantableApi, type GrantableApi, type OwnApi, type PermissionArgs } from "./app-role.ts";
import { apiGrantHook, nameParent } from "./hooks/api-grant.ts";
import { withHooks } from "./hooks/with-hooks.ts";

export interface ApiGrantsArgs {
    /** Object id of the identity's service principal. */
    readonly principalId: Input<string>;
    /** The permissions, by name: `User.Read.All`, or with a reason and an owner. */
    readonly permissions: readonly (string | PermissionArgs)[];
    /**
     * The API by name or application id, or one that the program makes.
     * @default - Microsoft Graph
     */
    readonly api?: string | OwnApi;
    /**
     * Who holds the grants, as reports name it.
     * @default - the component's name
     */
    readonly identity?: string;
    /**
     * Replace an assignment of the same permission that exists but is in no state. Safe for an identity that the
     * program itself makes; each permission can say otherwise.
     * @default - an assignment that exists is an error that prints how to take it over
     */
    readonly adopt?: boolean;
}

/** A grant whose ids may come from resources of the program. */
export type WiredApiGrant = Omit<ApiGrant, "appId" | "appRoleId"> & {
    readonly appId: Input<string>;
    readonly appRoleId: Input<string>;
};

/** The component that assignments belong to, and how their names begin. */
export interface Owner {
    readonly resource: Resource;
    /** Name of the component. */
    readonly name: string;
    /** @default - the component's name */
    readonly prefix?: string;
}

export interface AssignedPermissions {
    readonly assignments: readonly AppRoleAssignment[];
    /** The grants, in the order they are made. */
    readonly grants: readonly WiredApiGrant[];
    /** Object id of the API's service principal in the tenant. */
    readonly resourceObjectId: Output<string>;
}

/**
 * Assigns app roles of one API to one principal, one after another because Entra refuses concurrent changes of one
 * principal, and all of them after `after`.
 * @throws when the API or a permission is unknown, or the permission cannot be granted to an identity.
 */
export const assignPermissions = (
    owner: Owner,
    args: ApiGrantsArgs,
    after?: AppRoleAssignment,
): AssignedPermissions => {
    const api = grantableApi(args.api);
    const wanted = args.permissions.map(each => (typeof each === "string" ? { permission: each } : each));
    const roles = wanted.map(permission => ({ permission, role: api.appRole(permission) }));
    const assignments: AppRoleAssignment[] = [];
    for (const { permission, role } of roles) {
        const adopt = permission.adopt ?? args.adopt ?? false;
        assignments.push(assign(owner, args.principalId, api, role, adopt, assignments.at(-1) ?? after));
    }
    return {
        assignments,
        grants: roles.map(({ permission, role }) => grantOf(args.identity ?? owner.name, api, permission, role)),
        resourceObjectId: api.objectId,
    };
};

const assign = (
    { resource, name: parent, prefix = parent }: Owner,
    principalId: Input<string>,
    api: GrantableApi,
    role: AppRoleRef,
    adopt: boolean | string,
    previous: AppRoleAssignment | undefined,
): AppRoleAssignment => {
    const name = `${prefix}-${role.name.replaceAll("-", "_")}`;
    nameParent(name, parent);
    return new AppRoleAssignment(
        name,
        { appRoleId: role.id, principalObjectId: principalId, resourceObjectId: api.objectId },
        {
            parent: resource,
            dependsOn: previous ? [previous] : [],
            ...withHooks(() => ({ onError: [apiGrantHook(adopt === true)] })),
            ...(typeof adopt === "string" && { import: adopt }),
        },
    );
};

const grantOf = (
    identity: string,
    api: GrantableApi,
    { reason, owner, calls, foundAt }: PermissionArgs,
    role: AppRoleRef,
): WiredApiGrant => ({
    kind: "api",
    identity,
    appId: api.appId,
    apiName: api.name,
    permission: role.name,
    appRoleId: role.id,
    tier: role.tier,
    ...(reason !== undefined && { reason }),
    ...(owner !== undefined && { owner }),
    ...(calls !== undefined && { calls }),
    ...(foundAt !== undefined && { foundAt }),
});
