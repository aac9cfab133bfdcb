import assert from "node:assert/strict";
import { configOf, NIGHTLY, RUNBOOK } from "./declarations.ts";
import { armPut } from "./by-hand.ts";
import { grantsInCloud } from "./settled.ts";
import { World } from "./world.ts";

const ACCOUNT = "Microsoft.Automation/automationAccounts";
const STORAGE = "Microsoft.Storage/storageAccounts";

describe("what exists and stays another's, on the real engine", function () {
    this.timeout(120_000);
    const world = new World();
    let group: string;

    const up = async (workloads: Readonly<Record<string, unknown>>) => {
        world.configure(configOf(workloads));
        const deployment = await world.deployment();
        await deployment.up();
        return deployment;
    };

    const ofType = (type: string) => [...world.cloud.resources.values()].filter(each => each.type === type);

    before(async () => {
        world.write("runbooks/Get-Users.ps1", RUNBOOK);
        await world.reopen();
        group = `/subscriptions/${world.cloud.subscriptionId}/resourceGroups/rg-old`;
        await armPut(world, group, "2024-03-01", { location: "westeurope" });
    });

    after(() => world.close());

    describe("an Automation account", () => {
        const nightly = {
            ...NIGHTLY,
            group: undefined,
            existingGroup: "rg-old",
            account: { name: "aa-old", existing: true, runtime: { name: "PowerShell-leastwise" } },
        };

        before(() =>
            armPut(world, `${group}/providers/${ACCOUNT}/aa-old`, "2024-10-23", {
                location: "westeurope",
                tags: { owner: "somebody else" },
                identity: { type: "SystemAssigned" },
                properties: { sku: { name: "Basic" } },
            }),
        );

        const account = () => ofType(ACCOUNT).find(({ name }) => name === "aa-old");

        it("takes runbooks, a runtime environment and schedules, and is not itself changed", async () => {
            const before = structuredClone(account());
            await up({ nightly });
            assert.deepEqual(account(), before);
            assert.deepEqual(
                ofType(`${ACCOUNT}/runbooks`).map(({ id, content }) => [id.split("/")[8], content?.published]),
                [["aa-old", RUNBOOK]],
            );
            assert.equal(ofType(`${ACCOUNT}/jobSchedules`).length, 1);
        });

        it("has the grants of its workload given to its own identity", () => {
            const { principalId } = account()?.identity ?? {};
            assert.ok(principalId);
            assert.equal(grantsInCloud(world).length, 3);
            assert.ok(grantsInCloud(world).every(grant => grant.includes(principalId)));
        });

        it("is left alone by a second run", async () => {
            const { changes } = await (await world.deployment()).up();
            assert.deepEqual(Object.keys(changes), ["same"]);
        });

        it("stays, without what was put in it, when the stack is destroyed", async () => {
            const before = structuredClone(account());
            await (await world.deployment()).destroy();
            assert.deepEqual(account(), before);
            for (const kind of ["runbooks", "runtimeEnvironments", "schedules", "jobSchedules"])
                assert.deepEqual(ofType(`${ACCOUNT}/${kind}`), [], kind);
            assert.deepEqual(grantsInCloud(world), []);
        });
    });

    describe("a storage account with an identity of its own", () => {
        const id = () => `${group}/providers/${STORAGE}/stold`;
        const batch = () => ({
            group: "rg-batch",
            reason: "Reads the lab's machines",
            identity: { existing: { resourceId: id() } },
            graph: ["User.Read.All"],
            azure: [{ role: "Reader", scope: { group: "rg-lab" } }],
        });
        const storage = () => ofType(STORAGE).find(({ name }) => name === "stold");

        before(() =>
            armPut(world, id(), "2024-01-01", {
                location: "westeurope",
                kind: "StorageV2",
                sku: { name: "Standard_LRS" },
                identity: { type: "SystemAssigned" },
                properties: {},
            }),
        );

        it("is granted to by its resource id, and is itself in no state", async () => {
            await up({ batch: batch() });
            const principalId = storage()?.identity?.principalId;
            assert.ok(principalId);
            assert.deepEqual(
                grantsInCloud(world).map(grant => grant.includes(principalId)),
                [true, true],
            );
            assert.ok(world.state().every(({ type }) => !/storage/i.test(type)));
        });

        it("keeps its grants when it is named by its principal id instead", async () => {
            const principalId = storage()?.identity?.principalId;
            world.configure(configOf({ batch: { ...batch(), identity: { existing: { principalId } } } }));
            const { changes } = await (await world.deployment()).up();
            assert.deepEqual(Object.keys(changes), ["same"]);
        });

        it("stays with its identity, and without the grants, when the stack is destroyed", async () => {
            const before = structuredClone(storage());
            await (await world.deployment()).destroy();
            assert.deepEqual(storage(), before);
            assert.ok(world.cloud.servicePrincipals.get(before?.identity?.principalId ?? ""));
            assert.deepEqual(grantsInCloud(world), []);
        });
    });
});
