import { v5 as uuidv5 } from "uuid";
import { apis, MICROSOFT_GRAPH } from "../access/apis.ts";
import type { Cloud } from "./cloud.ts";

/** Application id of Resource Manager: "Windows Azure Service Management API". */
export const RESOURCE_MANAGER = "797f4846-ba00-4fd7-ba43-dac1f8f63013";

/** Audiences of Microsoft's APIs; source: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/services-id-authentication-support */
const AUDIENCES: Readonly<Record<string, readonly string[]>> = {
    [MICROSOFT_GRAPH]: [
        "https://graph.microsoft.com",
        "https://graph.microsoft.us",
        "https://canary.graph.microsoft.com",
    ],
    [RESOURCE_MANAGER]: ["https://management.azure.com", "https://management.core.windows.net"],
    "00000002-0000-0ff1-ce00-000000000000": ["https://outlook.office365.com", "https://outlook.office.com"],
    "00000003-0000-0ff1-ce00-000000000000": ["https://contoso.sharepoint.com", "https://microsoft.sharepoint-df.com"],
    "fc780465-2017-40d4-a0c5-307022471b92": [
        "https://api.securitycenter.microsoft.com",
        "https://securitycenter.onmicrosoft.com/windowsatpservice",
    ],
    "c5393580-f805-4401-95e8-94b7a6ef2fc2": ["https://manage.office.com"],
    "00000009-0000-0000-c000-000000000000": ["https://analysis.windows.net/powerbi/api"],
    "00000002-0000-0000-c000-000000000000": ["https://graph.windows.net"],
    "ca7f3f0b-7d91-482c-8e09-c5d840d0eac5": ["https://api.loganalytics.io"],
    "499b84ac-1321-427f-aa17-267ca6975798": ["https://app.vssps.visualstudio.com"],
    "cfa8b339-82a2-471a-a3c9-0fc0be7a4093": ["https://vault.azure.net"],
    "e406a681-f3d4-42a8-90b6-c2b029497af1": ["https://storage.azure.com"],
};

const APIS_WITHOUT_ROLES: Readonly<Record<string, string>> = {
    [RESOURCE_MANAGER]: "Windows Azure Service Management API",
    "cfa8b339-82a2-471a-a3c9-0fc0be7a4093": "Azure Key Vault",
    "e406a681-f3d4-42a8-90b6-c2b029497af1": "Azure Storage",
};

const addApi = (cloud: Cloud, appId: string, displayName: string): void => {
    const id = uuidv5(appId, cloud.tenantId);
    if (cloud.servicePrincipals.has(id)) return;
    cloud.servicePrincipals.set(id, {
        id,
        appId,
        displayName,
        servicePrincipalType: "Application",
        servicePrincipalNames: [appId, ...(AUDIENCES[appId] ?? [])],
        appRoles: [],
        alternativeNames: [],
        createdAt: 0,
        properties: {
            appOwnerOrganizationId: "f8cdef31-a31e-4b4a-93e4-5f571e91255a",
            signInAudience: "AzureADMultipleOrgs",
        },
    });
};

/** Adds the service principals of Microsoft's own APIs. */
export const addFirstPartyApis = (cloud: Cloud): void => {
    for (const { appId, name } of apis()) addApi(cloud, appId, name);
    for (const [appId, name] of Object.entries(APIS_WITHOUT_ROLES)) addApi(cloud, appId, name);
};
