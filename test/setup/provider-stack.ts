import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { PulumiFn, Stack, UpResult } from "@pulumi/pulumi/automation/index.js";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { parse } from "semver";
import { stringify } from "yaml";
import { ensureEngine } from "../../toolchain/engine.ts";
import { separateChannels } from "../../toolchain/engine-channels.ts";
import { engineEnvironment } from "../../toolchain/environment.ts";

/** A resource as the engine's state has it. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A stack of its own on the real engine, with its state in a temporary folder. */
export interface ProviderStack {
    readonly stack: Stack;
    /** The program that the next operation runs. */
    program: PulumiFn;
    /** Counts of operations of the last update: `{ create: 2, same: 1 }`. */
    up(): Promise<Readonly<Record<string, number>>>;
    /** What a preview says it would do. */
    preview(): Promise<Readonly<Record<string, number>>>;
    refresh(): Promise<Readonly<Record<string, number>>>;
    resources(): Promise<readonly StateResource[]>;
    /** The engine's command line on this stack. */
    run(...args: string[]): Promise<{ readonly stdout: string; readonly stderr: string; readonly code: number }>;
    /** Forgets the stack; what it made is left to whoever serves the cloud. */
    close(): void;
}

const counts = (changes: UpResult["summary"]["resourceChanges"]): Record<string, number> => {
    const { same, ...rest } = (changes ?? {}) as Record<string, number>;
    return same === undefined ? rest : { ...rest, same };
};

/** Opens a new stack whose engine is attached to the given providers; folders come first on its PATH. */
export const openProviderStack = async (
    debugProviders: string,
    config: Readonly<Record<string, string>> = {},
    env: Readonly<Record<string, string>> = {},
    folders: readonly string[] = [],
): Promise<ProviderStack> => {
    const folder = mkdtempSync(join(tmpdir(), "leastwise-stack-"));
    separateChannels();
    const engine = await ensureEngine();
    const command = Reflect.construct(PulumiCommand, [engine.path, parse(engine.version)]) as PulumiCommand;
    const { PATH = "", ...environment } = await engineEnvironment(engine);
    const envVars = {
        ...environment,
        ...env,
        PATH: [...folders, PATH].join(delimiter),
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_DEBUG_PROVIDERS: debugProviders,
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_HOME: join(folder, "home"),
    };
    writeFileSync(join(folder, "Pulumi.dev.yaml"), stringify({ config }));
    const current: { program: PulumiFn } = { program: () => Promise.resolve() };
    const stack = await LocalWorkspace.createStack(
        { stackName: "dev", projectName: "providers", program: () => current.program() },
        { workDir: folder, envVars, pulumiCommand: command },
    );
    return {
        stack,
        get program() {
            return current.program;
        },
        set program(program) {
            current.program = program;
        },
        up: async () => counts((await stack.up()).summary.resourceChanges),
        preview: async () => (await stack.preview()).changeSummary as Record<string, number>,
        refresh: async () => counts((await stack.refresh()).summary.resourceChanges),
        resources: async () => {
            const { deployment } = (await stack.exportStack()) as { deployment: { resources?: StateResource[] } };
            return (deployment.resources ?? []).filter(({ type }) => !/^pulumi:(pulumi|providers):/.test(type));
        },
        run: (...args) =>
            new Promise(done => {
                const options = { cwd: folder, env: { ...process.env, ...envVars } };
                execFile(
                    engine.path,
                    [...args, "--stack", "dev", "--non-interactive"],
                    options,
                    (error, stdout, stderr) =>
                        done({ stdout, stderr, code: typeof error?.code === "number" ? error.code : error ? 1 : 0 }),
                );
            }),
        close: () => rmSync(folder, { recursive: true }),
    };
};
