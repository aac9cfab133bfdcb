import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { FaultDecider } from "../sandbox/fault-decider.ts";
import { checkFaultPlan, readFaultPlan } from "../sandbox/faults.ts";
import type { FaultPlan } from "../sandbox/faults.ts";
import { createManagedIdentity } from "../sandbox/directory.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { graphOf, withFolder, withSandbox } from "./sandbox-support.ts";

const GROUPS = "/v1.0/groups";
const PERMISSIONS = ["Group.ReadWrite.All", "Application.Read.All", "AppRoleAssignment.ReadWrite.All"];

const withFaults = (faults: FaultPlan, body: (sandbox: Sandbox) => Promise<void>): Promise<void> =>
    withSandbox({ faults, deployerPermissions: PERMISSIONS }, body);

const groupNames = (sandbox: Sandbox): readonly string[] =>
    [...sandbox.cloud.groups.values()].map(group => group.displayName).filter(name => name.startsWith("new"));

/** What a read grant of User.Read.All to a principal needs. */
const grantOf = async (sandbox: Sandbox, principalId: string) => {
    const api = (await graphOf(sandbox)("GET", "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')"))
        .body;
    const role = api.appRoles.find((candidate: { value: string }) => candidate.value === "User.Read.All");
    return { principalId, resourceId: api.id, appRoleId: role.id };
};

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

describe("sandbox fault decisions", () => {
    const plan = checkFaultPlan({
        seed: 7,
        faults: [
            { kind: "throttle", rate: 0.3 },
            { kind: "lost", every: 3 },
            { kind: "latency", ms: 1, jitterMs: 50, rate: 0.5 },
        ],
    });
    const requests = fc.array(
        fc.tuple(fc.constantFrom("GET", "PUT"), fc.constantFrom("/v1.0/a", "/v1.0/b", "/subscriptions/c")),
    );

    const decide = (list: readonly (readonly [string, string])[]): string[] => {
        const decider = new FaultDecider(plan, 0);
        return list.map(([method, path]) => JSON.stringify([method, path, decider.decide(method, path)]));
    };

    it("are the same at each run and in whatever order different requests arrive", () => {
        fc.assert(
            fc.property(requests, list => {
                const byPath = [...list].sort((a, b) => a.join().localeCompare(b.join()));
                assert.deepEqual(decide(list).sort(), decide(byPath).sort());
            }),
        );
    });

    it("add a fault's latency to the sandbox's own on the paths it names alone", () => {
        const decider = new FaultDecider(checkFaultPlan({ faults: [{ kind: "latency", ms: 40, path: "groups" }] }), 30);
        assert.deepEqual(
            ["/v1.0/groups", "/v1.0/users", "/metadata/endpoints"].map(path => decider.decide("GET", path).delayMs),
            [70, 30, 30],
        );
    });

    it("differ by seed and keep to the rate", () => {
        const hits = (seed: number): string => {
            const decider = new FaultDecider(checkFaultPlan({ seed, faults: [{ kind: "throttle", rate: 0.25 }] }), 0);
            return Array.from({ length: 2000 }, (_, i) =>
                decider.decide("GET", `/v1.0/users/${i}`).fault ? "x" : ".",
            ).join("");
        };
        const share = hits(1).split("x").length / 2000;
        assert.ok(share > 0.2 && share < 0.3, `${share}`);
        assert.notEqual(hits(1), hits(2));
    });

    it("hit every so many requests of one path, and start elsewhere on another", () => {
        const decider = new FaultDecider(checkFaultPlan({ faults: [{ kind: "throttle", every: 4 }] }), 0);
        const starts = new Set<number>();
        for (let path = 0; path < 40; path++) {
            const hit = Array.from({ length: 12 }, () => decider.decide("GET", `/v1.0/${path}`).fault !== undefined);
            const first = hit.indexOf(true);
            assert.deepEqual(
                hit.map((_, i) => i % 4 === first),
                hit,
            );
            starts.add(first);
        }
        assert.deepEqual([...starts].sort(), [0, 1, 2, 3]);
    });
});

describe("sandbox fault plan input", () => {
    it("gives one clear error for each mistake", () => {
        const throttle = { kind: "throttle", rate: 1 };
        const cases: readonly [unknown, string][] = [
            [{ fualts: [] }, "fault plan: unknown key 'fualts'; did you mean 'faults'?"],
            [7, "fault plan: expected object, got 7"],
            [
                { faults: [throttle, { kind: "trottle", rate: 1 }] },
                "fault plan: faults[1].kind: expected one of throttle, error-before, error-after, lost, conflict, latency, " +
                    "got \"trottle\"; did you mean 'throttle'?",
            ],
            [{ faults: [{ ...throttle, rate: 2 }] }, "fault plan: faults[0].rate: expected at most 1, got 2"],
            [{ faults: [{ ...throttle, every: 0 }] }, "fault plan: faults[0].every: expected at least 1, got 0"],
            [
                { faults: [{ ...throttle, frist: 1 }] },
                "fault plan: faults[0]: unknown key 'frist'; did you mean 'first'?",
            ],
            [
                { faults: [{ kind: "throttle" }] },
                "fault plan: faults[0]: 'throttle' needs one of rate, every, first to say how often",
            ],
            [{ faults: [{ kind: "latency" }] }, "fault plan: faults[0].ms: expected number, got nothing"],
            [
                { faults: [{ kind: "conflict", rate: 1, status: 404 }] },
                "fault plan: faults[0].status: expected one of 409, 503, got 404",
            ],
            [{ faults: [{ ...throttle, path: "(" }] }, "fault plan: faults[0].path: '(' is no regular expression"],
            [
                { faults: [{ ...throttle, methods: ["get"] }] },
                "fault plan: faults[0].methods[0]: expected one of GET, HEAD, PUT, POST, PATCH, DELETE, got \"get\"; did you mean 'GET'?",
            ],
            [
                { replication: { of: ["users"] } },
                'fault plan: replication.of[0]: expected one of principals, grants, got "users"',
            ],
        ];
        for (const [input, message] of cases) assert.throws(() => checkFaultPlan(input), { message });
    });

    it("names the file it was read from", () =>
        withFolder(folder => {
            const file = join(folder, "plan.json");
            writeFileSync(file, '{"faults":[{"kind":"lost","every":0}]}');
            assert.throws(
                () => readFaultPlan(file),
                /fault plan '.*plan\.json': faults\[0\]\.every: expected at least 1, got 0/,
            );
            writeFileSync(file, "{");
            assert.throws(() => readFaultPlan(file), /fault plan '.*plan\.json': .*JSON/);
            assert.throws(() => readFaultPlan(join(folder, "none.json")), /none\.json': .*no such file/);
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
