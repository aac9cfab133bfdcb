/** One request the sandbox answered; never its query, headers or body. */
export interface RequestRecord {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly ms: number;
    /** The fault that befell it. */
    readonly fault?: string;
}

const WRITES: readonly string[] = ["PUT", "POST", "PATCH", "DELETE"];
/** Resource Manager and Graph; a batch is counted by the requests in it. */
const WRITTEN = /^\/(subscriptions|providers|v1\.0|beta)\/(?!\$batch$)/i;
const LIMIT = 200_000;

/** Requests in the order they were answered, the newest 200,000, and counts of all. */
export class RequestLog {
    readonly requests: RequestRecord[] = [];
    total = 0;
    /** Writes to Resource Manager and Graph; sign-in is none. */
    writes = 0;
    readonly byStatus: Record<number, number> = {};
    readonly byFault: Record<string, number> = {};

    add(record: RequestRecord): void {
        this.total++;
        if (WRITES.includes(record.method) && WRITTEN.test(record.path)) this.writes++;
        this.byStatus[record.status] = (this.byStatus[record.status] ?? 0) + 1;
        if (record.fault !== undefined) this.countFault(record.fault);
        this.requests.push(record);
        if (this.requests.length > LIMIT) this.requests.splice(0, LIMIT / 10);
    }

    /** Counts a fault that no single request is recorded with: latency, replication. */
    countFault(kind: string): void {
        this.byFault[kind] = (this.byFault[kind] ?? 0) + 1;
    }

    clear(): void {
        this.requests.length = 0;
        this.total = 0;
        this.writes = 0;
        for (const counts of [this.byStatus, this.byFault] as Record<string, number>[]) {
            for (const key of Object.keys(counts)) Reflect.deleteProperty(counts, key);
        }
    }
}
