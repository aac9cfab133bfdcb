import assert from "node:assert/strict";
import type { FaultPlan } from "../sandbox/faults.ts";
import { createManagedIdentity } from "../sandbox/directory.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { graphOf, withSandbox } from "./sandbox-support.ts";

const PERMISSIONS = ["Group.ReadWrite.All", "Application.Read.All", "AppRoleAssignment.ReadWrite.All"];

const withFaults = (faults: FaultPlan, body: (sandbox: Sandbox) => Promise<void>): Promise<void> =>
    withSandbox({ faults, deployerPermissions: PERMISSIONS }, body);

/** What a read grant of User.Read.All to a principal needs. */
const grantOf = async (sandbox: Sandbox, principalId: string) => {
    const api = (await graphOf(sandbox)("GET", "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')"))
        .body;
    const role = api.appRoles.find((candidate: { value: string }) => candidate.value === "User.Read.All");
    return { principalId, resourceId: api.id, appRoleId: role.id };
};

describe("sandbox replication delay", () => {
    const addIdentity = (sandbox: Sandbox) =>
        createManagedIdentity(
            sandbox.cloud,
            `/subscriptions/${sandbox.cloud.subscriptionId}/resourceGroups/rg/providers/x/y/id-new`,
            true,
        );

    it("hides a new principal from so many requests: 404, empty lists, 'Not a valid reference update'", () =>
        withFaults({ replication: { requests: 3 } }, async sandbox => {
            const graph = graphOf(sandbox);
            const { id, appId } = addIdentity(sandbox);
            const grant = await grantOf(sandbox, id);
            const missing = await graph("GET", `/v1.0/servicePrincipals/${id}`);
            assert.deepEqual([missing.status, missing.body.error.code], [404, "Request_ResourceNotFound"]);
            assert.deepEqual(
                (await graph("GET", `/v1.0/servicePrincipals?$filter=appId eq '${appId}'`)).body.value,
                [],
            );
            const refused = await graph("POST", `/v1.0/servicePrincipals/${grant.resourceId}/appRoleAssignedTo`, grant);
            assert.deepEqual([refused.status, refused.body.error.message], [400, "Not a valid reference update."]);
            assert.equal(
                (await graph("POST", `/v1.0/servicePrincipals/${grant.resourceId}/appRoleAssignedTo`, grant)).status,
                201,
            );
            assert.equal((await graph("GET", `/v1.0/servicePrincipals/${id}`)).status, 200);
        }));

    it("hides a new principal for a time, and none that was there before", async () => {
        let now = Date.now();
        const options = { now: () => now, faults: { replication: { ms: 5000 } }, deployerPermissions: PERMISSIONS };
        await withSandbox(options, async sandbox => {
            const graph = graphOf(sandbox);
            const { id } = addIdentity(sandbox);
            const old = "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')?$select=id";
            assert.equal((await graph("GET", old)).status, 200);
            assert.equal((await graph("GET", `/v1.0/servicePrincipals/${id}`)).status, 404);
            now += 5000;
            assert.equal((await graph("GET", `/v1.0/servicePrincipals/${id}`)).status, 200);
        });
    });

    it("hides a new grant from its first reads where the plan says so", () =>
        withFaults({ replication: { requests: 1, of: ["grants"] } }, async sandbox => {
            const graph = graphOf(sandbox);
            const grant = await grantOf(sandbox, addIdentity(sandbox).id);
            const path = `/v1.0/servicePrincipals/${grant.resourceId}/appRoleAssignedTo`;
            const { id } = (await graph("POST", path, grant)).body;
            assert.equal((await graph("GET", `${path}/${id}`)).status, 404);
            assert.equal((await graph("GET", `${path}/${id}`)).status, 200);
        }));
});

describe("sandbox concurrency", () => {
    it("refuses writes on one principal while another is under way, and none on different principals", () =>
        withFaults({ exclusiveMs: 60 }, async sandbox => {
            const graph = graphOf(sandbox);
            const ids = ["one", "two"].map(
                name =>
                    createManagedIdentity(
                        sandbox.cloud,
                        `/subscriptions/s/resourceGroups/rg/providers/x/y/${name}`,
                        true,
                    ).id,
            );
            const grants = await Promise.all(ids.map(id => grantOf(sandbox, id)));
            const [api, mail] = [grants[0]?.resourceId, "b633e1c5-b582-4048-a93e-9f11b44c7e96"];
            const post = (grant: unknown) => graph("POST", `/v1.0/servicePrincipals/${api}/appRoleAssignedTo`, grant);
            const answers = await Promise.all([
                post(grants[0]),
                post(grants[1]),
                post({ ...grants[0], appRoleId: mail }),
            ]);
            assert.deepEqual(answers.map(answer => answer.status).sort(), [201, 201, 409]);
            const refused = answers.find(answer => answer.status === 409);
            assert.equal(refused?.body.error.code, "Directory_ConcurrencyViolation");
        }));
});
