import type { Cloud } from "./cloud.ts";
import type { CheckedFaultPlan } from "./faults.ts";

/** Delays what is new: a principal or grant is there, but for a while no request sees it. */
export class Replication {
    readonly #cloud: Cloud;
    readonly #plan: NonNullable<CheckedFaultPlan["replication"]> | undefined;
    /** What was there when the sandbox started has long been replicated. */
    readonly #since: number;
    readonly #asked = new Map<string, number>();
    readonly #onHidden: () => void;

    constructor(cloud: Cloud, plan: CheckedFaultPlan, onHidden: () => void) {
        this.#cloud = cloud;
        this.#plan = plan.replication;
        this.#since = cloud.now();
        this.#onHidden = onHidden;
    }

    /** Whether a request that asks for a principal or grant sees it; each call counts as one request. */
    sees(kind: "principals" | "grants", record: { readonly id: string; readonly createdAt: number }): boolean {
        if (!this.#plan?.of.includes(kind) || record.createdAt < this.#since) return true;
        const { ms = 0, requests = 0 } = this.#plan;
        const asked = this.#asked.get(record.id) ?? 0;
        const seen = this.#cloud.now() - record.createdAt >= ms && asked >= requests;
        if (!seen) {
            this.#asked.set(record.id, asked + 1);
            this.#onHidden();
        }
        return seen;
    }
}
