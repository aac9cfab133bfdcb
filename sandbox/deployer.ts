import { v5 as uuidv5 } from "uuid";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import type { Cloud } from "./cloud.ts";
import { hashSecret } from "./sign-in.ts";

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

/** Adds the application that `leastwise` signs in as. */
export const addDeployer = (cloud: Cloud): void => {
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
