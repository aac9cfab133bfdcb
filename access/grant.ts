import type { Tier } from "./tier.ts";

interface GrantBase {
    /** Name of the workload or resource whose identity holds the grant. */
    readonly identity: string;
    readonly tier: Tier;
    readonly reason?: string;
    readonly owner?: string;
    /** Where it is needed: `GET /users, Get-UserReport.ps1:54`. */
    readonly foundAt?: readonly string[];
}

/** A Permission (application permission, app role) on an API such as Microsoft Graph. */
export interface ApiGrant extends GrantBase {
    readonly kind: "api";
    /** Application (client) id of the API, a GUID. */
    readonly appId: string;
    readonly apiName: string;
    /** The app role's value: `User.Read.All`. */
    readonly permission: string;
    readonly appRoleId: string;
    /** The calls that need the permission, `GET /users/{id}`, where they are known. */
    readonly calls?: readonly string[];
}

/** A Role on a Scope. */
export interface AzureGrant extends GrantBase {
    readonly kind: "azure";
    readonly role: string;
    /** GUID of the role definition, without its path. */
    readonly roleDefinitionGuid: string;
    /** Resource id the role is assigned on. */
    readonly scope: string;
    readonly actions?: readonly string[];
    /** The role is a custom one of just these actions. */
    readonly custom?: true;
}

/** One right given to one Identity: the unit of every rule and every report line. */
export type Grant = ApiGrant | AzureGrant;
