import assert from "node:assert/strict";
import { appRoles, MICROSOFT_GRAPH } from "../access/apis.ts";
import { createManagedIdentity } from "../sandbox/directory.ts";
import type { FaultPlan } from "../sandbox/faults.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { graphOf, withSandbox } from "./sandbox-support.ts";

const EVERYTHING: FaultPlan = {
    seed: 11,
    faults: [
        { kind: "throttle", rate: 0.15, retryAfter: 0 },
        { kind: "error-before", rate: 0.1 },
        { kind: "error-after", rate: 0.1 },
        { kind: "lost", rate: 0.15 },
        { kind: "conflict", rate: 0.1 },
        { kind: "latency", ms: 0, jitterMs: 2 },
    ],
    replication: { requests: 2, of: ["principals", "grants"] },
};

type Graph = ReturnType<typeof graphOf>;

const RETRIED: readonly number[] = [404, 409, 429, 500, 503];

/** Grants as a client that retries whatever may pass; a grant that is there already is as good as a new one. */
const grant = async (
    graph: Graph,
    body: { principalId: string; resourceId: string; appRoleId: string },
): Promise<void> => {
    for (let attempt = 0; attempt < 50; attempt++) {
        const answer = await graph(
            "POST",
            `/v1.0/servicePrincipals/${body.principalId}/appRoleAssignments`,
            body,
        ).catch(() => undefined);
        if (answer === undefined || RETRIED.includes(answer.status)) continue;
        const message = String(answer.body.error?.message);
        if (answer.status === 201 || message.includes("already exists")) return;
        assert.match(message, /Not a valid reference update/);
    }
    assert.fail("50 attempts did not do");
};

/** Makes identities and grants each of them three permissions. */
const deploy = async (sandbox: Sandbox, order: (principals: readonly string[]) => readonly string[]): Promise<void> => {
    const names = Array.from({ length: 8 }, (_, i) => `/subscriptions/s/resourceGroups/rg/providers/x/y/id-${i}`);
    const principals = names.map(name => createManagedIdentity(sandbox.cloud, name, true).id);
    const [api] = sandbox.cloud.servicePrincipals.by("appId", MICROSOFT_GRAPH);
    const roles = appRoles(MICROSOFT_GRAPH).slice(0, 3);
    const graph = graphOf(sandbox);
    for (const principalId of order(principals)) {
        for (const role of roles) await grant(graph, { principalId, resourceId: String(api?.id), appRoleId: role.id });
    }
};

const requestsOf = (sandbox: Sandbox): readonly string[] =>
    sandbox.log.requests.map(({ method, path, status, fault }) => [method, path, status, fault ?? ""].join(" "));

const run = async (faults: FaultPlan, order = (list: readonly string[]) => list) => {
    let [requests, grants, byFault]: [readonly string[], readonly string[], Record<string, number>] = [[], [], {}];
    await withSandbox({ faults }, async sandbox => {
        await deploy(sandbox, order);
        requests = requestsOf(sandbox);
        byFault = { ...sandbox.log.byFault };
        grants = [...sandbox.cloud.appRoleAssignments.values()].map(g => `${g.principalId} ${g.appRoleId}`);
    });
    return { requests, grants, byFault };
};

describe("sandbox with every fault at once", () => {
    it("ends with each grant exactly once for a client that retries, and has shown every fault", async () => {
        const { grants, byFault } = await run(EVERYTHING);
        assert.equal(new Set(grants).size, grants.length);
        const { grants: expected } = await run({});
        assert.deepEqual([...grants].sort(), [...expected].sort());
        assert.deepEqual(Object.keys(byFault).sort(), [
            "conflict",
            "error-after",
            "error-before",
            "latency",
            "lost",
            "replication",
            "throttle",
        ]);
    });

    it("does the same to the same requests at each run, and in another order", async () => {
        const { requests } = await run(EVERYTHING);
        assert.deepEqual((await run(EVERYTHING)).requests, requests);
        const backwards = await run(EVERYTHING, list => list.toReversed());
        assert.deepEqual([...backwards.requests].sort(), [...requests].sort());
        assert.notDeepEqual((await run({ ...EVERYTHING, seed: 12 })).requests, requests);
    });
});
