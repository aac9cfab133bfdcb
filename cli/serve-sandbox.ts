import { join } from "node:path";
import { readFaultPlan } from "../sandbox/faults.ts";
import { openSandbox, sandboxStateFile } from "./sandbox-session.ts";

export interface ServeOptions {
    readonly port?: number;
    readonly state?: string;
    /** A file with a fault plan. */
    readonly faults?: string;
    /** Milliseconds that each request takes at least. */
    readonly latency?: number;
}

const SAFE = /^[\w@%+=:,./-]+$/;

const exported = ([name, value]: readonly [string, string]): string =>
    `export ${name}=${SAFE.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`}`;

const stopped = (): Promise<NodeJS.Signals> =>
    new Promise(resolve => {
        for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => resolve(name));
    });

/** Serves the sandbox until the process is told to stop. Standard output holds nothing but lines to paste. */
export const serveSandbox = async ({ port, state, faults, latency }: ServeOptions): Promise<void> => {
    const stateFile = state ?? sandboxStateFile(join(process.cwd(), ".leastwise"));
    const session = await openSandbox({
        stateFile,
        ...(port !== undefined && { port }),
        ...(faults !== undefined && { faults: readFaultPlan(faults) }),
        ...(latency !== undefined && { latencyMs: latency }),
    });
    const signal = stopped();
    process.stderr.write(`The sandbox listens on ${session.sandbox.url}; its state is in ${stateFile}.\n`);
    process.stderr.write("Paste these lines into the shell that is to see it; Ctrl-C here closes it.\n");
    console.log(Object.entries(session.env).map(exported).join("\n"));
    await signal;
    await session.close();
    process.stderr.write("The sandbox is closed.\n");
};
