import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { startProviders } from "../sandbox/providers/index.ts";
import { readFaultPlan } from "../sandbox/faults.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../sandbox/server.ts";
import type { SandboxBehaviour } from "./option-values.ts";

/** A running sandbox with its providers, and what the engine and its programs need to know to reach them. */
export interface SandboxSession {
    readonly sandbox: Sandbox;
    readonly env: Readonly<Record<string, string>>;
    close(): Promise<void>;
}

/** The sandbox's state file in a folder for local state. */
export const sandboxStateFile = (local: string): string => join(local, "sandbox.json");

const REAL_CLOUD = /^(ARM|AZURE|IDENTITY|MSI)_/;

/** Makes this process, and those it starts, see the sandbox and no real cloud. @returns what undoes it */
const enter = (env: Readonly<Record<string, string>>, caFile: string): (() => void) => {
    const before = { ...process.env };
    const trusted = getCACertificates("default");
    for (const name of Object.keys(process.env)) if (REAL_CLOUD.test(name)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, env);
    setDefaultCACertificates([...trusted, readFileSync(caFile, "utf8")]);
    return () => {
        for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
        Object.assign(process.env, before);
        setDefaultCACertificates(trusted);
    };
};

/** The sandbox's options for what the command line says of it. */
export const behaving = ({ faults, latency }: SandboxBehaviour): SandboxOptions => ({
    ...(faults !== undefined && { faults: readFaultPlan(faults) }),
    ...(latency !== undefined && { latencyMs: latency }),
});

/**
 * Starts the sandbox and the stand-in providers in this process.
 * @throws Error when its state file is damaged, newer, or in use by another process
 */
export const openSandbox = async (options: SandboxOptions): Promise<SandboxSession> => {
    const sandbox = await startSandbox(options);
    const { url, caFile } = sandbox;
    const leave = enter(sandbox.env, caFile);
    try {
        const providers = await startProviders({ url, caFile, env: sandbox.env });
        const env = {
            ...sandbox.env,
            PULUMI_DEBUG_PROVIDERS: providers.debugProviders,
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        };
        const close = async (): Promise<void> => {
            leave();
            await providers.close().finally(() => sandbox.close());
        };
        return { sandbox, env, close };
    } catch (error) {
        leave();
        await sandbox.close();
        throw error;
    }
};
