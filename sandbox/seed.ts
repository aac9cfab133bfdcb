import { v5 as uuidv5 } from "uuid";
import { apis, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findAppRole } from "../access/apis.ts";
import type { Cloud } from "./cloud.ts";
import { hashSecret } from "./sign-in.ts";
import { seedPeople } from "./seed-people.ts";

/** Application id of Resource Manager: "Windows Azure Service Management API". */
export const RESOURCE_MANAGER = "797f4846-ba00-4fd7-ba43-dac1f8f63013";
/** Application id of the sandbox's deployer: who `leastwise` signs in as. */
export const DEPLOYER_APP_ID = "c0470c01-0000-4000-8000-00000000d001";
/** Object id of the deployer's service principal. */
export const DEPLOYER_OBJECT_ID = "c0470c01-0000-4000-8000-00000000d002";

/**
 * What a deployer needs on Microsoft Graph: to read what it names, to grant app roles, and to register an app of
 * the user's own. AppRoleAssignment.ReadWrite.All is a control plane permission itself.
 */
export const DEPLOYER_PERMISSIONS: readonly string[] = [
    "Application.Read.All",
    "Application.ReadWrite.OwnedBy",
    "AppRoleAssignment.ReadWrite.All",
    "Group.Read.All",
    "User.Read.All",
];

const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

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

const addSubscription = (cloud: Cloud): void => {
    const id = `/subscriptions/${cloud.subscriptionId}`;
    cloud.resources.set(id, {
        id,
        name: cloud.subscriptionId,
        type: "Microsoft.Resources/subscriptions",
        properties: { displayName: "Contoso sandbox", state: "Enabled" },
    });
    const name = uuidv5(`${OWNER} ${DEPLOYER_OBJECT_ID}`, cloud.tenantId);
    const assignment = `${id}/providers/Microsoft.Authorization/roleAssignments/${name}`;
    cloud.roleAssignments.set(assignment.toLowerCase(), {
        id: assignment,
        name,
        scope: id,
        roleDefinitionId: `${id}/providers/Microsoft.Authorization/roleDefinitions/${OWNER}`,
        principalId: DEPLOYER_OBJECT_ID,
        principalType: "ServicePrincipal",
        properties: {},
    });
};

const addDeployer = (cloud: Cloud): void => {
    const app = {
        appId: DEPLOYER_APP_ID,
        displayName: "leastwise-deployer",
        appRoles: [],
        createdAt: 0,
        properties: {},
    };
    cloud.applications.set(DEPLOYER_APP_ID, { ...app, id: DEPLOYER_APP_ID, passwords: [] });
    cloud.servicePrincipals.set(DEPLOYER_OBJECT_ID, {
        ...app,
        id: DEPLOYER_OBJECT_ID,
        servicePrincipalType: "Application",
        servicePrincipalNames: [DEPLOYER_APP_ID],
        alternativeNames: [],
    });
};

/**
 * Gives the deployer exactly these permissions on Microsoft Graph.
 * @throws for a permission that Graph does not have
 */
export const setDeployerPermissions = (cloud: Cloud, permissions: readonly string[]): void => {
    const graph = uuidv5(MICROSOFT_GRAPH, cloud.tenantId);
    const wanted = permissions.map(name => findAppRole(MICROSOFT_GRAPH, name).id);
    const held = cloud.appRoleAssignments
        .by("principal", DEPLOYER_OBJECT_ID)
        .filter(grant => grant.resourceId === graph);
    for (const grant of held) if (!wanted.includes(grant.appRoleId)) cloud.appRoleAssignments.delete(grant.id);
    for (const appRoleId of wanted) {
        if (held.some(grant => grant.appRoleId === appRoleId)) continue;
        const id = Buffer.from(uuidv5(appRoleId, DEPLOYER_OBJECT_ID)).toString("base64url").slice(0, 43);
        const ends = { principalId: DEPLOYER_OBJECT_ID, principalType: "ServicePrincipal", resourceId: graph } as const;
        cloud.appRoleAssignments.set(id, { id, appRoleId, ...ends, createdAt: 0 });
    }
};

/** Lets the deployer sign in with a secret; only its hash is kept. */
export const setDeployerSecret = (cloud: Cloud, secret: string): void => {
    const application = cloud.applications.get(DEPLOYER_APP_ID);
    const sha256 = hashSecret(secret);
    if (!application || application.passwords[0]?.sha256 === sha256) return;
    const password = {
        keyId: DEPLOYER_APP_ID,
        displayName: "sandbox",
        sha256,
        hint: "",
        endDateTime: "2999-12-31T00:00:00Z",
    };
    cloud.applications.set(DEPLOYER_APP_ID, { ...application, passwords: [password] });
};

/** Fills a new cloud: its subscription, Microsoft's APIs, the deployer, invented people and groups. */
export const seed = (cloud: Cloud): void => {
    for (const { appId, name } of apis()) addApi(cloud, appId, name);
    for (const [appId, name] of Object.entries(APIS_WITHOUT_ROLES)) addApi(cloud, appId, name);
    if (cloud.resources.has(`/subscriptions/${cloud.subscriptionId}`)) return;
    addSubscription(cloud);
    addDeployer(cloud);
    setDeployerPermissions(cloud, DEPLOYER_PERMISSIONS);
    seedPeople(cloud);
};
