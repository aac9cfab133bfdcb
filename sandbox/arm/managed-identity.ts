import { createManagedIdentity, identityOf } from "../directory.ts";
import { serveCredential, writeCredential } from "./federated-credential.ts";
import { badRequest, notFound } from "./request.ts";
import type { ArmRequest, ArmResponse } from "./request.ts";
import type { ResourceType, Write, Written } from "./resource-type.ts";

const checkName = (name: string): void => {
    if (/^[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}$/.test(name)) return;
    throw badRequest(
        "InvalidResourceName",
        `The resource name '${name}' is not valid: it must have 3 to 128 characters, start with a letter or digit, ` +
            "and have only letters, digits, '-' and '_'.",
    );
};

/** A user-assigned identity is a service principal with a resource of its own; it keeps both ids for life. */
const writeIdentity = (write: Write): Written => {
    const { cloud, id, existing, now, properties } = write;
    if (existing)
        return {
            properties: {
                ...existing.properties,
                ...(properties["isolationScope"] !== undefined && { isolationScope: properties["isolationScope"] }),
            },
        };
    const principal = createManagedIdentity(cloud, id, true, now);
    return {
        properties: { ...properties, tenantId: cloud.tenantId, principalId: principal.id, clientId: principal.appId },
    };
};

/**
 * User-assigned identities and their federated credentials.
 * Source: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export const MANAGED_IDENTITY_TYPES: readonly ResourceType[] = [
    { type: "Microsoft.ManagedIdentity/userAssignedIdentities", tracked: true, checkName, write: writeIdentity },
    {
        type: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
        checkName,
        write: writeCredential,
        serve: serveCredential,
    },
    {
        type: "Microsoft.ManagedIdentity/identities",
        serve: request => serveSystemAssigned(request),
    },
];

/** `{resource}/providers/Microsoft.ManagedIdentity/identities/default`: the system-assigned identity of any resource. */
const serveSystemAssigned = (request: ArmRequest): ArmResponse => {
    const { cloud, target } = request;
    const principal = identityOf(cloud, target.scope);
    if (request.method !== "GET" || target.name?.toLowerCase() !== "default" || !principal) {
        throw notFound("NotFound", `'${target.scope}' has no system-assigned identity.`);
    }
    const { id: principalId, appId: clientId } = principal;
    return {
        status: 200,
        body: {
            id: target.id,
            name: "default",
            type: "Microsoft.ManagedIdentity/identities",
            properties: { tenantId: cloud.tenantId, principalId, clientId },
        },
    };
};
