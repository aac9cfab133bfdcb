import { type Input, output, type Output } from "@pulumi/pulumi";
import { type Api, appRoles, findApi, findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import type { Tier } from "../access/tier.ts";
import { servicePrincipalOf } from "./service-principal.ts";

/** A permission to grant, and why. */
export interface PermissionArgs {
    /** The app role's name, `User.Read.All`, or its id. */
    readonly permission: string;
    /**
     * The app role's id, for an API that is not Microsoft's. Needed when the program itself makes the API.
     * @default - looked up in the API's service principal
     */
    readonly appRoleId?: string;
    /**
     * How dangerous the permission is, for an API that is not Microsoft's.
     * @default - 1, management plane
     */
    readonly tier?: Tier;
    /** @default - none */
    readonly reason?: string;
    /** @default - none */
    readonly owner?: string;
    /**
     * The calls that need the permission, for reports.
     * @default - none
     */
    readonly calls?: readonly string[];
    /**
     * Where these calls are made, for reports: `GET /users, Get-UserReport.ps1:54`.
     * @default - none
     */
    readonly foundAt?: readonly string[];
    /**
     * true replaces an assignment that exists but is in no state; an import id takes over that very assignment.
     * @default - as the component says
     */
    readonly adopt?: boolean | string;
}

/** An API that the program itself makes, or looked up by other means. */
export interface OwnApi {
    readonly name: string;
    /** Application id. */
    readonly appId: Input<string>;
    /** Object id of its service principal. */
    readonly objectId: Input<string>;
}

/** An API with what an app role assignment needs of it. */
export interface GrantableApi {
    readonly name: string;
    readonly appId: Input<string>;
    readonly objectId: Output<string>;
    /** @throws when the API has no such permission, or it cannot be granted. */
    readonly appRole: (permission: PermissionArgs) => AppRoleRef;
}

export interface AppRoleRef {
    readonly name: string;
    readonly id: Input<string>;
    readonly tier: Tier;
}

const CUSTOM_TIER: Tier = 1;

/**
 * The API that is meant: Microsoft's by name or application id, another by its application id or as `OwnApi`.
 * @throws when there is no API of that name.
 */
export const grantableApi = (api: string | OwnApi = MICROSOFT_GRAPH): GrantableApi => {
    if (typeof api !== "string") {
        return { ...api, objectId: output(api.objectId), appRole: permission => ownAppRole(api.name, permission) };
    }
    const found = findApi(api);
    const servicePrincipal = servicePrincipalOf(found.appId);
    return {
        ...found,
        objectId: servicePrincipal.apply(({ objectId }) => objectId),
        appRole: permission =>
            isKnownApi(found)
                ? knownAppRole(found, permission)
                : lookedUp(
                      permission,
                      servicePrincipal.apply(({ appRoleId }) => appRoleId(permission.permission)),
                  ),
    };
};

/** Whether the permissions of an API are in the fact tables, as those of Microsoft's own are. */
export const isKnownApi = (api: Api): boolean => appRoles(api.appId).length > 0;

/**
 * The app role of an API in the fact tables.
 * @throws when it has no such permission, or it cannot be granted.
 */
export const knownAppRole = (
    api: Api,
    { permission, appRoleId, tier }: PermissionArgs,
): AppRoleRef & { id: string } => {
    if (appRoleId !== undefined || tier !== undefined) {
        const key = appRoleId === undefined ? "tier" : "appRoleId";
        throw new Error(`'${key}' is for an API that is not Microsoft's; '${permission}' of ${api.name} is known`);
    }
    const role = findAppRole(api.appId, permission);
    if (role.state === "disabled")
        throw new Error(`permission '${role.name}' on ${api.name} is disabled and cannot be granted`);
    return role;
};

const ownAppRole = (api: string, permission: PermissionArgs): AppRoleRef => {
    if (permission.appRoleId === undefined) {
        throw new Error(
            `permission '${permission.permission}' on ${api} needs its 'appRoleId', as the API is made by the program`,
        );
    }
    return lookedUp(permission, permission.appRoleId);
};

const lookedUp = ({ permission, appRoleId, tier }: PermissionArgs, id: Input<string>): AppRoleRef => ({
    name: permission,
    id: appRoleId ?? id,
    tier: tier ?? CUSTOM_TIER,
});
