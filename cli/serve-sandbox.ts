import { join } from "node:path";
import type { SandboxBehaviour } from "./option-values.ts";
import { behaving, openSandbox, sandboxStateFile } from "./sandbox-session.ts";

export interface ServeOptions extends SandboxBehaviour {
    readonly port?: number;
    readonly state?: string;
}

const SAFE = /^[\w@%+=:,./-]+$/;

const exported = ([name, value]: readonly [string, string]): string =>
    `export ${name}=${SAFE.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`}`;

const stopped = (): Promise<NodeJS.Signals> =>
    new Promise(resolve => {
        for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => resolve(name));
    });

/** Serves the sandbox until the process is told to stop. Standard output holds nothing but lines to paste. */
export const serveSandbox = async ({ port, state, ...behaviour }: ServeOptions): Promise<void> => {
    const stateFile = state ?? sandboxStateFile(join(process.cwd(), ".leastwise"));
    const session = await openSandbox({ stateFile, ...behaving(behaviour), ...(port !== undefined && { port }) });
    const signal = stopped();
    process.stderr.write(`The sandbox listens on ${session.sandbox.url}; its state is in ${stateFile}.\n`);
    process.stderr.write("Paste these lines into the shell that is to see it; Ctrl-C here closes it.\n");
    console.log(Object.entries(session.env).map(exported).join("\n"));
    await signal;
    await session.close();
    process.stderr.write("The sandbox is closed.\n");
};
