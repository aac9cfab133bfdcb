import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { FaultDecider } from "../sandbox/fault-decider.ts";
import { checkFaultPlan, readFaultPlan } from "../sandbox/faults.ts";
import { withFolder } from "./sandbox-support.ts";

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
