import { setTimeout as sleep } from "node:timers/promises";
import { appRolesOf } from "../app-roles.ts";
import type { AppRoleAssignment } from "../records.ts";
import type { Graph } from "./directory-objects.ts";
import { badRequest, concurrencyViolation, notFound } from "./errors.ts";
import type { Entity } from "./filter.ts";

const DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000";
const inFlight = new WeakMap<object, Set<string>>();

/** What a request asks to grant. */
export interface GrantRequest {
    readonly principalId: string;
    readonly resourceId: string;
    readonly appRoleId: string;
}

interface Principal {
    readonly id: string;
    readonly displayName: string;
    readonly type: AppRoleAssignment["principalType"];
}

const findPrincipal = ({ cloud }: Graph, id: string): Principal | undefined => {
    const candidates = [
        ["ServicePrincipal", cloud.servicePrincipals.get(id)],
        ["User", cloud.users.get(id)],
        ["Group", cloud.groups.get(id)],
    ] as const;
    for (const [type, found] of candidates) if (found) return { id, displayName: found.displayName, type };
    return undefined;
};

/** An app role assignment as Graph shows it; it is the same object from the principal's and from the API's end. */
export const grantEntity = (graph: Graph, grant: AppRoleAssignment): Entity => ({
    id: grant.id,
    deletedDateTime: null,
    appRoleId: grant.appRoleId,
    createdDateTime: new Date(grant.createdAt).toISOString(),
    principalDisplayName: findPrincipal(graph, grant.principalId)?.displayName ?? null,
    principalId: grant.principalId,
    principalType: grant.principalType,
    resourceDisplayName: graph.cloud.servicePrincipals.get(grant.resourceId)?.displayName ?? null,
    resourceId: grant.resourceId,
});

/** Graph's id of a grant: 32 bytes, the first 16 of them the principal's. */
const grantId = ({ cloud }: Graph, { principalId, resourceId, appRoleId }: GrantRequest): string =>
    Buffer.from(
        `${principalId}${cloud.newId(`grant of ${appRoleId} on ${resourceId} to ${principalId}`)}`.replaceAll("-", ""),
        "hex",
    ).toString("base64url");

/** Does a write on a principal; refuses it while another is under way, where the fault plan says so. */
const exclusively = async (graph: Graph, principalId: string, write: () => void): Promise<void> => {
    if (graph.exclusiveMs === undefined) return write();
    const busy = inFlight.get(graph.cloud) ?? new Set();
    inFlight.set(graph.cloud, busy);
    if (busy.has(principalId)) throw concurrencyViolation();
    busy.add(principalId);
    try {
        await sleep(graph.exclusiveMs);
        write();
    } finally {
        busy.delete(principalId);
    }
};

const checkGrant = (graph: Graph, request: GrantRequest): Principal => {
    const api = graph.cloud.servicePrincipals.get(request.resourceId);
    if (!api || !graph.replication.sees("principals", api)) throw notFound(request.resourceId);
    const principal = findPrincipal(graph, request.principalId);
    const service = graph.cloud.servicePrincipals.get(request.principalId);
    if (!principal || (service && !graph.replication.sees("principals", service))) {
        throw badRequest("Not a valid reference update.");
    }
    const known = appRolesOf(api).some(role => role.id === request.appRoleId && role.isEnabled);
    if (!known && request.appRoleId !== DEFAULT_ACCESS) {
        throw badRequest(`Permission being assigned was not found on application '${api.appId}'.`);
    }
    return principal;
};

/**
 * Grants an app role.
 * Source: https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignedto
 * @throws AzureError as Graph answers
 */
export const createGrant = async (graph: Graph, request: GrantRequest): Promise<AppRoleAssignment> => {
    const principal = checkGrant(graph, request);
    const key = `${request.principalId}|${request.resourceId}|${request.appRoleId}`;
    let created: AppRoleAssignment | undefined;
    await exclusively(graph, request.principalId, () => {
        if (graph.cloud.appRoleAssignments.by("grant", key).length > 0) {
            throw badRequest("Permission being assigned already exists on the object");
        }
        const id = grantId(graph, request);
        const createdAt = graph.cloud.now();
        created = graph.cloud.appRoleAssignments.set(id, { id, ...request, principalType: principal.type, createdAt });
    });
    if (!created) throw new Error("a grant that was written is missing");
    return created;
};

/** Takes a grant away. */
export const deleteGrant = (graph: Graph, grant: AppRoleAssignment): Promise<void> =>
    exclusively(graph, grant.principalId, () => {
        if (!graph.cloud.appRoleAssignments.delete(grant.id)) throw notFound(grant.id);
    });
