import type { Cloud } from "./cloud.ts";
import type { ServicePrincipal } from "./records.ts";

/**
 * Gives a resource its managed identity: a service principal named after the resource.
 * `explicit` is true for a user-assigned identity, false for a system-assigned one.
 */
export const createManagedIdentity = (
    cloud: Cloud,
    resourceId: string,
    explicit: boolean,
    now: number = cloud.now(),
): ServicePrincipal => {
    const appId = cloud.newId(`app of ${resourceId}`);
    const principal: ServicePrincipal = {
        id: cloud.newId(`principal of ${resourceId}`),
        appId,
        displayName: resourceId.slice(resourceId.lastIndexOf("/") + 1),
        servicePrincipalType: "ManagedIdentity",
        servicePrincipalNames: [appId],
        appRoles: [],
        alternativeNames: [`isExplicit=${explicit ? "True" : "False"}`, resourceId],
        createdAt: now,
        properties: {},
    };
    return cloud.servicePrincipals.set(principal.id, principal);
};

/** The identity that belongs to a resource: its system-assigned one, or a user-assigned identity's own. */
export const identityOf = (cloud: Cloud, resourceId: string): ServicePrincipal | undefined =>
    cloud.servicePrincipals.by("resource", resourceId.toLowerCase())[0];

/** Deletes a service principal and its app role assignments; Azure role assignments stay behind, as in Azure. */
export const deleteServicePrincipal = (cloud: Cloud, id: string): boolean => {
    for (const grant of cloud.appRoleAssignments.by("principal", id)) cloud.appRoleAssignments.delete(grant.id);
    for (const grant of cloud.appRoleAssignments.by("resource", id)) cloud.appRoleAssignments.delete(grant.id);
    return cloud.servicePrincipals.delete(id);
};
