import type { FaultPlan } from "../../sandbox/faults.ts";

interface NamedPlan {
    readonly name: string;
    readonly plan: FaultPlan;
    /** The deployment gives the fault no occasion. */
    readonly avoided?: true;
}

const ALONE: readonly NamedPlan[] = [
    {
        name: "a new identity is known to the directory late",
        plan: { replication: { ms: 3000, of: ["principals"] } },
    },
    {
        name: "a new grant is not found by the first reads",
        plan: { replication: { ms: 2000, of: ["grants"] } },
    },
    { name: "every third request is throttled", plan: { faults: [{ kind: "throttle", every: 3, retryAfter: 1 }] } },
    { name: "a fifth of the writes lose their answer", plan: { faults: [{ kind: "lost", rate: 0.2 }] } },
    { name: "the first write of each thing loses its answer", plan: { faults: [{ kind: "lost", first: 1 }] } },
    { name: "a fifth of the requests fail with 503", plan: { faults: [{ kind: "error-before", rate: 0.2 }] } },
    {
        name: "a fifth of the writes are done and fail with 500",
        plan: { faults: [{ kind: "error-after", rate: 0.2 }] },
    },
    {
        name: "the first grant and the first removal of each thing meet another change",
        plan: { faults: [{ kind: "conflict", first: 1, path: "/appRoleAssignedTo", methods: ["POST", "DELETE"] }] },
    },
    { name: "changes of one principal must not overlap", plan: { exclusiveMs: 200 }, avoided: true },
    { name: "answers take 100 to 400 ms", plan: { faults: [{ kind: "latency", ms: 100, jitterMs: 300 }] } },
];

const TOGETHER: NamedPlan = {
    name: "all of them together",
    plan: {
        replication: { ms: 2000, of: ["principals", "grants"] },
        exclusiveMs: 50,
        faults: [
            { kind: "throttle", rate: 0.05, retryAfter: 1 },
            { kind: "lost", rate: 0.05 },
            { kind: "error-before", rate: 0.05 },
            { kind: "error-after", rate: 0.05 },
            { kind: "conflict", rate: 0.05, methods: ["POST", "DELETE"] },
            { kind: "latency", ms: 20, jitterMs: 60 },
        ],
    },
};

/** What goes wrong in the sandbox, one thing at a time and all at once. */
export const FAULT_PLANS: readonly NamedPlan[] = [...ALONE, TOGETHER];
