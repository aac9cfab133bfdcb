import assert from "node:assert/strict";
import type { FaultPlan } from "../sandbox/faults.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { graphOf, withSandbox } from "./sandbox-support.ts";

const GROUPS = "/v1.0/groups";

const PERMISSIONS = ["Group.ReadWrite.All", "Application.Read.All", "AppRoleAssignment.ReadWrite.All"];

const withFaults = (faults: FaultPlan, body: (sandbox: Sandbox) => Promise<void>): Promise<void> =>
    withSandbox({ faults, deployerPermissions: PERMISSIONS }, body);

const groupNames = (sandbox: Sandbox): readonly string[] =>
    [...sandbox.cloud.groups.values()].map(group => group.displayName).filter(name => name.startsWith("new"));

describe("sandbox fault plan", () => {
    it("throttles with 429 and Retry-After, then lets the retry through", () =>
        withFaults({ faults: [{ kind: "throttle", path: "groups", retryAfter: 2, first: 1 }] }, async sandbox => {
            const graph = graphOf(sandbox);
            const first = await graph("GET", GROUPS);
            assert.deepEqual(
                [first.status, first.headers.get("retry-after"), first.body.error.code],
                [429, "2", "TooManyRequests"],
            );
            assert.equal((await graph("GET", GROUPS)).status, 200);
            assert.deepEqual(sandbox.log.byFault, { throttle: 1 });
        }));

    it("loses the answer to a write that was done", () =>
        withFaults({ faults: [{ kind: "lost", path: "groups", first: 1 }] }, async sandbox => {
            const graph = graphOf(sandbox);
            await assert.rejects(graph("POST", GROUPS, { displayName: "new one" }), /fetch failed/);
            assert.deepEqual(groupNames(sandbox), ["new one"]);
            assert.equal((await graph("GET", GROUPS)).status, 200);
            assert.deepEqual(sandbox.log.byFault, { lost: 1 });
        }));

    it("does not count a refused write as lost", () =>
        withFaults({ faults: [{ kind: "lost", path: "groups", rate: 1 }] }, async sandbox => {
            assert.equal((await graphOf(sandbox)("POST", GROUPS, {})).status, 400);
            assert.deepEqual(sandbox.log.byFault, {});
        }));

    it("fails with 5xx before a write, which is not done, or after it, which is", () =>
        withFaults(
            {
                faults: [
                    { kind: "error-before", path: "groups$", first: 1 },
                    { kind: "error-after", path: "groups$", first: 2 },
                ],
            },
            async sandbox => {
                const graph = graphOf(sandbox);
                assert.equal((await graph("POST", GROUPS, { displayName: "new one" })).status, 503);
                assert.deepEqual(groupNames(sandbox), []);
                assert.equal((await graph("POST", GROUPS, { displayName: "new two" })).status, 500);
                assert.deepEqual(groupNames(sandbox), ["new two"]);
                assert.equal((await graph("POST", GROUPS, { displayName: "new three" })).status, 201);
            },
        ));

    it("answers Directory_ConcurrencyViolation, nothing done", () =>
        withFaults({ faults: [{ kind: "conflict", methods: ["POST"], first: 1 }] }, async sandbox => {
            const answer = await graphOf(sandbox)("POST", GROUPS, { displayName: "new one" });
            assert.deepEqual([answer.status, answer.body.error.code], [409, "Directory_ConcurrencyViolation"]);
            assert.deepEqual(groupNames(sandbox), []);
        }));

    it("slows answers, in the plan or for the whole sandbox", () =>
        withSandbox(
            {
                latencyMs: 30,
                faults: { faults: [{ kind: "latency", ms: 40, path: "groups" }] },
                deployerPermissions: PERMISSIONS,
            },
            async sandbox => {
                const graph = graphOf(sandbox);
                await graph("GET", "/v1.0/servicePrincipals?$top=1&$select=id");
                await graph("GET", GROUPS);
                const [principals, groups] = sandbox.log.requests.map(request => request.ms);
                assert.ok(Number(principals) >= 29, `${principals}`);
                assert.ok(Number(groups) >= 69, `${groups}`);
            },
        ));

    it("leaves sign-in whole unless a fault names its path", () =>
        withFaults({ faults: [{ kind: "throttle", rate: 1 }] }, async sandbox => {
            assert.equal((await fetch(`${sandbox.url}/metadata/endpoints?api-version=2022-09-01`)).status, 200);
            assert.equal((await graphOf(sandbox)("GET", GROUPS)).status, 429);
        }));
});

describe("sandbox request log", () => {
    it("keeps method, path, status and time of each request, and no query, header or body", () =>
        withSandbox({ deployerPermissions: PERMISSIONS }, async sandbox => {
            const graph = graphOf(sandbox);
            await graph("GET", `${GROUPS}?$filter=displayName eq 'hush'`);
            await graph("POST", GROUPS, { displayName: "hush" });
            assert.deepEqual(
                sandbox.log.requests.map(({ method, path, status }) => [method, path, status]),
                [
                    ["GET", GROUPS, 200],
                    ["POST", GROUPS, 201],
                ],
            );
            assert.ok(!JSON.stringify(sandbox.log).includes("hush"));
            assert.deepEqual([sandbox.log.total, sandbox.log.writes, sandbox.log.byStatus], [2, 1, { 200: 1, 201: 1 }]);
        }));
});
