import { appRolesOf } from "../app-roles.ts";
import type { Cloud } from "../cloud.ts";
import type { Application, Group, ServicePrincipal, User } from "../records.ts";
import type { Replication } from "../replication.ts";
import type { Entity } from "./filter.ts";

/** What Graph's routes share. */
export interface Graph {
    readonly cloud: Cloud;
    readonly replication: Replication;
    /** Writes on one principal within this time of each other fail. */
    readonly exclusiveMs: number | undefined;
}

const isoDate = (epoch: number): string => new Date(epoch).toISOString().replace(/\.\d+Z$/, "Z");

/** A service principal as Graph shows it. */
export const servicePrincipalEntity = (cloud: Cloud, principal: ServicePrincipal): Entity => ({
    id: principal.id,
    deletedDateTime: null,
    accountEnabled: true,
    alternativeNames: principal.alternativeNames,
    appDisplayName: principal.servicePrincipalType === "ManagedIdentity" ? null : principal.displayName,
    appId: principal.appId,
    appOwnerOrganizationId: cloud.tenantId,
    appRoleAssignmentRequired: false,
    createdDateTime: isoDate(principal.createdAt),
    displayName: principal.displayName,
    homepage: null,
    servicePrincipalNames: principal.servicePrincipalNames,
    servicePrincipalType: principal.servicePrincipalType,
    signInAudience: principal.servicePrincipalType === "ManagedIdentity" ? null : "AzureADMyOrg",
    tags: [],
    keyCredentials: [],
    passwordCredentials: [],
    oauth2PermissionScopes: [],
    replyUrls: [],
    samlMetadataUrl: null,
    ...principal.properties,
    appRoles: appRolesOf(principal).map(role => ({ ...role, origin: "Application" })),
});

/** An app registration as Graph shows it, secrets by hint alone. */
export const applicationEntity = (application: Application): Entity => ({
    id: application.id,
    deletedDateTime: null,
    appId: application.appId,
    createdDateTime: isoDate(application.createdAt),
    displayName: application.displayName,
    identifierUris: [],
    signInAudience: "AzureADMyOrg",
    requiredResourceAccess: [],
    tags: [],
    keyCredentials: [],
    ...application.properties,
    appRoles: application.appRoles.map(role => ({ ...role, origin: "Application" })),
    passwordCredentials: application.passwords.map(({ keyId, displayName, hint, endDateTime }) => ({
        keyId,
        displayName,
        hint,
        endDateTime,
        secretText: null,
    })),
});

/** A user as Graph shows it. */
export const userEntity = (user: User): Entity => ({
    id: user.id,
    displayName: user.displayName,
    userPrincipalName: user.userPrincipalName,
    ...user.properties,
});

/** A group as Graph shows it. */
export const groupEntity = (group: Group): Entity => ({
    id: group.id,
    displayName: group.displayName,
    ...group.properties,
});

/** Any object of the directory, with its type as Graph names it where objects are mixed. */
export const directoryObject = (cloud: Cloud, id: string): Entity | undefined => {
    const typed = (type: string, entity: Entity): Entity => ({ "@odata.type": `#microsoft.graph.${type}`, ...entity });
    const principal = cloud.servicePrincipals.get(id);
    if (principal) return typed("servicePrincipal", servicePrincipalEntity(cloud, principal));
    const user = cloud.users.get(id);
    if (user) return typed("user", userEntity(user));
    const group = cloud.groups.get(id);
    if (group) return typed("group", groupEntity(group));
    const application = cloud.applications.get(id);
    return application && typed("application", applicationEntity(application));
};
