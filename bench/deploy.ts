// Deploys identities with 3 permissions and 2 roles each, at a simulated latency of each REST call: by the calls that
// people make by hand one after another, by a bare Pulumi program, and by Leastwise.
// Run: node bench/deploy.ts [identities, 100] [latency in ms, 100] [times as many for the growth, 10] [checkpoints]
// With "checkpoints", the state is saved after each change, not only at the end.
import { AppRoleAssignment } from "@pulumi/azuread/appRoleAssignment.js";
import { getServicePrincipalOutput } from "@pulumi/azuread/getServicePrincipal.js";
import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";
import { World } from "../test/end-to-end/world.ts";
import { grantByHand } from "./grant-by-hand.ts";

const [identities = 100, latencyMs = 100, growth = 10] = process.argv.slice(2).map(Number);
const saveAtEnd = process.argv[5] !== "checkpoints";
const PERMISSIONS = ["User.Read.All", "Group.Read.All", "Device.Read.All"];
const ROLES = ["Reader", "Website Contributor"];

interface Run {
    readonly seconds: number;
    readonly resources: number;
    readonly writes: number;
}

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `id-${String(i).padStart(4, "0")}`);

const timed = async (world: World, work: () => Promise<unknown>): Promise<Run> => {
    world.session.sandbox.log.clear();
    const begun = performance.now();
    await work();
    const seconds = (performance.now() - begun) / 1000;
    const { writes } = world.session.sandbox.log;
    const { cloud } = world;
    return {
        seconds,
        writes,
        resources: cloud.resources.size + cloud.roleAssignments.size + cloud.appRoleAssignments.size,
    };
};

const inWorld = async (work: (world: World) => Promise<Run>): Promise<Run> => {
    const world = new World();
    try {
        await world.reopen(undefined, latencyMs);
        return await work(world);
    } finally {
        await world.close();
    }
};

const byHand = (count: number): Promise<Run> =>
    inWorld(world => timed(world, () => grantByHand(world.session.sandbox, names(count), PERMISSIONS, ROLES)));

const byLeastwise = (count: number): Promise<Run> =>
    inWorld(async world => {
        const workload = (name: string) => ({
            group: "rg-bench",
            reason: "bench",
            identity: { userAssigned: { name } },
            graph: PERMISSIONS,
            azure: ROLES.map(role => ({ role, scope: { group: "rg-bench" } })),
        });
        world.configure({
            "azure-native:location": "westeurope",
            "leastwise:workloads": Object.fromEntries(names(count).map(name => [name, workload(name)])),
        });
        const deployment = await world.deployment({ saveAtEnd });
        return timed(world, () => deployment.up());
    });

const bareProgram = (count: number, subscription: string) => async (): Promise<void> => {
    const group = new ResourceGroup("group", { resourceGroupName: "rg-bench", location: "westeurope" });
    const graph = getServicePrincipalOutput({ clientId: MICROSOFT_GRAPH });
    for (const name of names(count)) {
        const args = { resourceGroupName: group.name, resourceName: name, location: "westeurope" };
        const { principalId } = new UserAssignedIdentity(name, args);
        let last: AppRoleAssignment | undefined;
        for (const permission of PERMISSIONS) {
            last = new AppRoleAssignment(
                `${name}-${permission}`,
                {
                    appRoleId: findAppRole(MICROSOFT_GRAPH, permission).id,
                    principalObjectId: principalId,
                    resourceObjectId: graph.objectId,
                },
                { dependsOn: last ? [last] : [] },
            );
        }
        for (const role of ROLES) {
            new RoleAssignment(`${name}-${role}`, {
                scope: group.id,
                principalId,
                principalType: "ServicePrincipal",
                roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${findRole(role).id}`,
            });
        }
    }
};

const byBareProgram = (count: number): Promise<Run> =>
    inWorld(async world => {
        world.configure({ "azure-native:location": "westeurope" });
        const deployment = await world.deployment({
            program: bareProgram(count, world.cloud.subscriptionId),
            saveAtEnd,
        });
        return timed(world, () => deployment.up());
    });

const say = (what: string, { seconds, writes }: Run, resources: number): void =>
    console.log(
        `${what}: ${seconds.toFixed(1)} s, ${writes} writes for ${resources} resources (${(writes / resources).toFixed(2)} each)`,
    );

const each = 1 + PERMISSIONS.length + ROLES.length;
const total = identities * each + 1;
const hand = await byHand(identities);
say(`by hand, ${identities} identities`, hand, total);
const bare = await byBareProgram(identities);
say(`bare program, ${identities} identities`, bare, total);
const ours = await byLeastwise(identities);
say(`leastwise, ${identities} identities`, ours, total);
console.log(`leastwise against by hand: ${(hand.seconds / ours.seconds).toFixed(1)} times faster`);
console.log(`leastwise over the bare program: ${(ours.seconds / bare.seconds).toFixed(2)} times`);
if (growth > 1) {
    const grown = await byLeastwise(identities * growth);
    say(`leastwise, ${identities * growth} identities`, grown, identities * growth * each + 1);
    console.log(`time for ${growth} times as many: ${(grown.seconds / ours.seconds).toFixed(1)} times`);
}
