import assert from "node:assert/strict";
import { MICROSOFT_GRAPH } from "../../access/apis.ts";
import { armPut, graphPost } from "./by-hand.ts";
import { configOf, NIGHTLY, RUNBOOK } from "./declarations.ts";
import { grantsInCloud } from "./settled.ts";
import { World } from "./world.ts";

const USER_READ_ALL = "df021288-bdef-4463-88db-98f22de89214";

describe("what exists already, on the real engine", function () {
    this.timeout(120_000);
    const world = new World();
    let principalId: string;

    const grantByHand = async (): Promise<string> => {
        const [graph] = world.cloud.servicePrincipals.by("appId", MICROSOFT_GRAPH);
        const path = `/v1.0/servicePrincipals/${graph?.id}/appRoleAssignedTo`;
        const response = await graphPost(world, path, { principalId, resourceId: graph?.id, appRoleId: USER_READ_ALL });
        const { id } = (await response.json()) as { id: string };
        return `/servicePrincipals/${graph?.id}/appRoleAssignedTo/${id}`;
    };

    before(async () => {
        world.write("runbooks/Get-Users.ps1", RUNBOOK);
        await world.reopen();
        const group = `/subscriptions/${world.cloud.subscriptionId}/resourceGroups/rg-old`;
        await armPut(world, group, "2024-03-01", { location: "westeurope" });
        const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-old`;
        await armPut(world, identity, "2023-01-31", { location: "westeurope" });
        const [principal] = world.cloud.servicePrincipals.by("displayName", "id-old");
        principalId = principal?.id ?? "";
    });

    after(() => world.close());

    const old = (graph: readonly unknown[]) => ({
        group: "rg-nightly",
        reason: "An identity that was there before",
        identity: { existing: { principalId } },
        graph,
    });

    const up = async (graph: readonly unknown[]) => {
        world.configure(configOf({ old: old(graph) }));
        return (await world.deployment()).up();
    };

    it("prints how to take over a grant that someone made by hand long ago", async () => {
        const id = await grantByHand();
        for (const [key, grant] of world.cloud.appRoleAssignments.entries()) {
            if (id.endsWith(grant.id)) world.cloud.appRoleAssignments.set(key, { ...grant, createdAt: 0 });
        }
        await assert.rejects(up(["User.Read.All"]), (error: Error) => error.message.includes(`adopt: ${id}`));
        assert.equal(grantsInCloud(world).length, 1, "the grant made by hand is untouched");
    });

    it("takes the grant over by its id, and changes nothing of it", async () => {
        const [grant] = [...world.cloud.appRoleAssignments.values()].filter(each => each.principalId === principalId);
        const adopt = `/servicePrincipals/${grant?.resourceId}/appRoleAssignedTo/${grant?.id}`;
        await up([{ permission: "User.Read.All", adopt }]);
        const state = world.state().filter(({ type }) => type.endsWith(":AppRoleAssignment"));
        assert.deepEqual(
            state.map(({ id }) => id),
            [adopt],
        );
        assert.equal(grantsInCloud(world).length, 1);
    });

    it("changes nothing once the word adopt is gone from the declaration", async () => {
        const { create, update, replace, delete: deleted } = (await up(["User.Read.All"])).changes;
        assert.deepEqual([create, update, replace, deleted], [undefined, undefined, undefined, undefined]);
    });

    it("finds an existing identity by the name of its enterprise application", async () => {
        world.configure(
            configOf({
                old: { ...old(["User.Read.All"]), identity: { existing: { enterpriseApplication: "id-old" } } },
            }),
        );
        const deployment = await world.deployment();
        const { changes } = await deployment.up();
        assert.equal(changes.replace, undefined);
        assert.equal(grantsInCloud(world).length, 1);
    });

    it("grants to an existing identity by its resource id, and leaves the identity when it is destroyed", async () => {
        const resourceId = [...world.cloud.resources.values()].find(({ name }) => name === "id-old")?.id;
        world.configure(
            configOf({ old: { ...old(["User.Read.All"]), identity: { existing: { resourceId } } }, nightly: NIGHTLY }),
        );
        await (await world.deployment()).up();
        await (await world.deployment()).destroy();
        assert.equal(world.cloud.servicePrincipals.by("displayName", "id-old").length, 1);
        assert.deepEqual(grantsInCloud(world), []);
    });
});
