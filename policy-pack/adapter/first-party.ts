import { microsoftsApi } from "./api-grant.ts";

/** Ids that Microsoft keeps for its own applications: `00000009-0000-0000-c000-000000000000`. */
const RESERVED = /^[0-9a-f]{8}-0000-(?:0000-c000|0ff1-ce00)-000000000000$/;

/**
 * Applications of Microsoft's that programs name, beside the APIs of the tables.
 * Source: https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
 */
const OTHERS: Readonly<Record<string, string>> = {
    "205478c0-bd83-4e1b-a9d6-db63a3e1e1c8": "Azure Front Door",
    "6dae42f8-4368-4678-94ff-3960e28e3630": "Azure Kubernetes Service AAD Server",
    "797f4846-ba00-4fd7-ba43-dac1f8f63013": "Windows Azure Service Management API",
    "9cdead84-a844-4324-93f2-b2e6bb768d07": "Azure Virtual Desktop",
    "a232010e-820c-4083-83bb-3ace5fc29d0b": "Azure Cosmos DB",
    "abfa0a7c-a6b6-4736-8310-5855508787cd": "Microsoft Azure App Service",
    "ddbf3205-c6bd-46ae-8127-60eb93363864": "Microsoft Azure Batch",
    "e406a681-f3d4-42a8-90b6-c2b029497af1": "Azure Storage",
};

/**
 * The name of an application that is Microsoft's. Of those beside the APIs, only where the stack takes over what the tenant
 * has already: a stack may well be the first to register one.
 */
export const firstPartyName = (clientId: string, isTakenOver: boolean): string | undefined => {
    const id = clientId.trim().toLowerCase();
    const api = microsoftsApi(id);
    if (api !== undefined) return api.name;
    if (!isTakenOver) return undefined;
    return OTHERS[id] ?? (RESERVED.test(id) ? `application '${id}'` : undefined);
};
