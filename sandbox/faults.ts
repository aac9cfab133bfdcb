import { readFileSync } from "node:fs";
import { z } from "zod";
import { faultPlanError } from "./fault-plan-error.ts";

const pattern = z.string().refine(
    text => {
        try {
            return new RegExp(text, "i") instanceof RegExp;
        } catch {
            return false;
        }
    },
    { error: issue => `'${String(issue.input)}' is no regular expression` },
);

const selection = {
    /** Methods it applies to. @default - all; for `lost` and `error-after` the writes */
    methods: z.array(z.enum(["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE"])).optional(),
    /** Regular expression the path must match, in any case. @default - Resource Manager and Graph, not sign-in */
    path: pattern.optional(),
    /** Share of requests, 0 to 1. */
    rate: z.number().min(0).max(1).optional(),
    /** Every so many requests of one method and path; where it starts differs by path. */
    every: z.int().min(1).optional(),
    /** The first so many requests of each method and path. */
    first: z.int().min(1).optional(),
};

const fault = z.discriminatedUnion("kind", [
    /** 429 with Retry-After. */
    z.strictObject({ kind: z.literal("throttle"), retryAfter: z.number().min(0).default(1), ...selection }),
    /** 5xx, nothing done. */
    z.strictObject({ kind: z.literal("error-before"), status: z.int().min(500).max(599).default(503), ...selection }),
    /** 5xx although the write was done. */
    z.strictObject({ kind: z.literal("error-after"), status: z.int().min(500).max(599).default(500), ...selection }),
    /** The connection breaks after the write was done. */
    z.strictObject({ kind: z.literal("lost"), ...selection }),
    /** Directory_ConcurrencyViolation, nothing done. */
    z.strictObject({
        kind: z.literal("conflict"),
        status: z.literal([409, 503]).default(409),
        ...selection,
    }),
    /** A slow answer. */
    z.strictObject({
        kind: z.literal("latency"),
        ms: z.number().min(0),
        jitterMs: z.number().min(0).default(0),
        ...selection,
    }),
]);

const replication = z.strictObject({
    /** A new principal is invisible for so long. */
    ms: z.number().min(0).optional(),
    /** A new principal is invisible to so many requests that ask for it. */
    requests: z.int().min(0).optional(),
    /** What arrives late: principals, app role assignments (their first reads answer 404), or both. */
    of: z.array(z.enum(["principals", "grants"])).default(["principals"]),
});

const plan = z.strictObject({
    seed: z.int().default(1),
    faults: z.array(fault).default([]),
    replication: replication.optional(),
    /** Writes on one principal within so many ms of each other fail with Directory_ConcurrencyViolation. */
    exclusiveMs: z.number().min(0).optional(),
});

const KEYS = [plan, replication, ...fault.options].flatMap(schema => Object.keys(schema.shape));

/** What goes wrong in the sandbox, when, and how often. */
export type FaultPlan = z.input<typeof plan>;
/** A fault plan with its defaults filled in. */
export type CheckedFaultPlan = z.output<typeof plan>;
/** One fault of a checked plan. */
export type Fault = z.output<typeof fault>;

/**
 * Checks a fault plan and fills in its defaults.
 * @throws for the first mistake, with its place, the value got and what was expected
 */
export const checkFaultPlan = (input: unknown, where = "fault plan"): CheckedFaultPlan => {
    const checked = plan.safeParse(input);
    if (!checked.success) throw faultPlanError(where, input, checked.error.issues, KEYS);
    checked.data.faults.forEach((one, index) => {
        if (one.rate === undefined && one.every === undefined && one.first === undefined && one.kind !== "latency") {
            throw new Error(
                `${where}: faults[${index}]: '${one.kind}' needs one of rate, every, first to say how often`,
            );
        }
    });
    return checked.data;
};

/** Reads a fault plan from a JSON file. */
export const readFaultPlan = (file: string): CheckedFaultPlan => {
    let json: unknown;
    try {
        json = JSON.parse(readFileSync(file, "utf8"));
    } catch (error) {
        throw new Error(`fault plan '${file}': ${(error as Error).message}`, { cause: error });
    }
    return checkFaultPlan(json, `fault plan '${file}'`);
};
