import { v5 as uuidv5 } from "uuid";
import type { Cloud } from "./cloud.ts";
import { addDeployer, DEPLOYER_OBJECT_ID, DEPLOYER_PERMISSIONS, setDeployerPermissions } from "./deployer.ts";
import { addFirstPartyApis } from "./first-party.ts";
import { seedPeople } from "./seed-people.ts";

const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

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

/** Fills a new cloud: its subscription, Microsoft's APIs, the deployer, invented people and groups. */
export const seed = (cloud: Cloud): void => {
    addFirstPartyApis(cloud);
    if (cloud.resources.has(`/subscriptions/${cloud.subscriptionId}`)) return;
    addSubscription(cloud);
    addDeployer(cloud);
    setDeployerPermissions(cloud, DEPLOYER_PERMISSIONS);
    seedPeople(cloud);
};
