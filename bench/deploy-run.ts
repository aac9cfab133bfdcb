// One measured deployment, in a process of its own: node bench/deploy-run.ts <hand|bare|leastwise> <identities> <ms> [checkpoints]
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";
import { World } from "../test/end-to-end/world.ts";
import { grantByHand } from "./grant-by-hand.ts";

/** What one deployment took. */
export interface DeployRun {
    readonly seconds: number;
    readonly writes: number;
}

const PERMISSIONS = ["User.Read.All", "Group.Read.All", "Device.Read.All"];
const ROLES = ["Reader", "Website Contributor"];

const [way = "", count = "", latency = "", checkpoints] = process.argv.slice(2);
const names = Array.from({ length: Number(count) }, (_, i) => `id-${String(i).padStart(4, "0")}`);
const saveAtEnd = checkpoints === undefined;

/** Prepares a deployment. @returns what deploys */
type Way = (world: World) => Promise<() => Promise<unknown>>;

const byHand: Way = world => Promise.resolve(() => grantByHand(world.session.sandbox, names, PERMISSIONS, ROLES));

const roleDefinitionId = (world: World, role: string): string =>
    `/subscriptions/${world.cloud.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${findRole(role).id}`;

const byBareProgram: Way = async world => {
    const grants = {
        names,
        api: MICROSOFT_GRAPH,
        appRoleIds: Object.fromEntries(PERMISSIONS.map(name => [name, findAppRole(MICROSOFT_GRAPH, name).id])),
        roleDefinitionIds: Object.fromEntries(ROLES.map(name => [name, roleDefinitionId(world, name)])),
    };
    world.configure({ "azure-native:location": "westeurope" });
    const program = async (): Promise<void> => (await import("./bare-program.ts")).deployBare(grants);
    const deployment = await world.deployment({ program, saveAtEnd });
    return () => deployment.up();
};

const byLeastwise: Way = async world => {
    const workload = (name: string) => ({
        group: "rg-bench",
        reason: "bench",
        identity: { userAssigned: { name } },
        graph: PERMISSIONS,
        azure: ROLES.map(role => ({ role, scope: { group: "rg-bench" } })),
    });
    world.configure({
        "azure-native:location": "westeurope",
        "leastwise:workloads": Object.fromEntries(names.map(name => [name, workload(name)])),
    });
    const deployment = await world.deployment({ saveAtEnd });
    return () => deployment.up();
};

const WAYS = new Map(Object.entries({ hand: byHand, bare: byBareProgram, leastwise: byLeastwise }));

const measured = async (): Promise<DeployRun> => {
    const prepare = WAYS.get(way);
    if (prepare === undefined) throw new Error(`unknown way '${way}'; expected one of ${[...WAYS.keys()].join(", ")}`);
    const world = new World();
    try {
        await world.reopen(undefined, Number(latency));
        const deploy = await prepare(world);
        world.session.sandbox.log.clear();
        const begun = performance.now();
        await deploy();
        const seconds = (performance.now() - begun) / 1000;
        return { seconds, writes: world.session.sandbox.log.writes };
    } finally {
        await world.close();
    }
};

process.send?.(await measured());
