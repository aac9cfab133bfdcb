import { createHash } from "node:crypto";
import type { CheckedFaultPlan, Fault } from "./faults.ts";

/** Resource Manager and Graph; sign-in and metadata stay whole unless a fault names them. */
const DEFAULT_PATH = /^\/(subscriptions|providers|v1\.0|beta)(\/|$)/i;
const WRITES: readonly string[] = ["PUT", "POST", "PATCH", "DELETE"];
const AFTER_WRITE: readonly string[] = ["lost", "error-after"];

/** What befalls one request. */
export interface Decision {
    readonly delayMs: number;
    /** Whether a fault of the plan adds to the sandbox's own latency. */
    readonly slowed: boolean;
    /** At most one besides latency, so that a plan of many faults does not hide one behind another. */
    readonly fault: Exclude<Fault, { kind: "latency" }> | undefined;
}

interface Rule {
    readonly fault: Fault;
    readonly path: RegExp;
    readonly methods: readonly string[] | undefined;
}

/**
 * Decides the faults of each request by a hash of seed, fault, method, path and how often that method and path were
 * asked for before: the order in which different requests arrive does not change what befalls each.
 */
export class FaultDecider {
    readonly #seed: number;
    readonly #rules: readonly Rule[];
    readonly #latencyMs: number;
    readonly #attempts = new Map<string, number>();

    constructor(plan: CheckedFaultPlan, latencyMs: number) {
        this.#seed = plan.seed;
        this.#latencyMs = latencyMs;
        this.#rules = plan.faults.map(fault => ({
            fault,
            path: fault.path === undefined ? DEFAULT_PATH : new RegExp(fault.path, "i"),
            methods: fault.methods ?? (AFTER_WRITE.includes(fault.kind) ? WRITES : undefined),
        }));
    }

    /** What befalls the next request of a method and path. */
    decide(method: string, path: string): Decision {
        if (this.#rules.length === 0) return { delayMs: this.#latencyMs, slowed: false, fault: undefined };
        const key = `${method} ${path.toLowerCase()}`;
        const attempt = (this.#attempts.get(key) ?? 0) + 1;
        this.#attempts.set(key, attempt);
        let delayMs = this.#latencyMs;
        let slowed = false;
        let hit: Decision["fault"];
        this.#rules.forEach((rule, index) => {
            if (!rule.path.test(path) || rule.methods?.includes(method) === false) return;
            if (!this.#selects(rule.fault, `${index} ${key}`, attempt)) return;
            if (rule.fault.kind === "latency") {
                delayMs += rule.fault.ms + rule.fault.jitterMs * this.#draw(`${index} ${key} ${attempt} jitter`);
                slowed = true;
            } else hit ??= rule.fault;
        });
        return { delayMs, slowed, fault: hit };
    }

    #selects(fault: Fault, key: string, attempt: number): boolean {
        if (fault.first !== undefined && attempt > fault.first) return false;
        if (fault.every !== undefined) {
            const start = Math.floor(this.#draw(key) * fault.every);
            if ((attempt + start) % fault.every !== 0) return false;
        }
        return fault.rate === undefined || this.#draw(`${key} ${attempt}`) < fault.rate;
    }

    /** A number from 0 up to 1 that depends on the seed and the key alone. */
    #draw(key: string): number {
        return createHash("sha256").update(`${this.#seed} ${key}`).digest().readUInt32BE(0) / 2 ** 32;
    }
}
