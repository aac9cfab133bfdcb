import { LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";
import { parse } from "semver";
import { ensureEngine, type Engine } from "../toolchain/engine.ts";
import { separateChannels } from "../toolchain/engine-channels.ts";
import { engineEnvironment } from "../toolchain/environment.ts";
import { engineFailure } from "./engine-failure.ts";
import type { Project } from "./project.ts";
import { projectWorkspace, sandboxWorkspace } from "./sandbox-workspace.ts";
import type { SandboxSession } from "./sandbox-session.ts";

export interface StackOptions {
    readonly project: Project;
    readonly stack: string;
    /** @default - real Azure, with the user's backend and sign-in */
    readonly session?: SandboxSession;
    /** @default - the program of this package, which reads workloads from the stack's configuration */
    readonly program?: PulumiFn;
    /**
     * Save the state once, when an operation ends. A backend of files writes the whole state twice for each resource
     * otherwise, which takes most of the time of a large stack.
     * @default - after each change
     */
    readonly saveAtEnd?: boolean;
    /**
     * In the sandbox, put words in place of the configuration's secrets, which no key is at hand for.
     * @default - a secret is an error
     */
    readonly hideSecrets?: boolean;
    /** More environment variables for the engine. */
    readonly env?: Readonly<Record<string, string>>;
}

const SAVE_AT_END = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** A stack ready to be worked on. */
export interface OpenStack {
    readonly stack: Stack;
}

const ownProgram: PulumiFn = async () => {
    const { deploy } = await import("../program.ts");
    return { ...(await deploy()) };
};

/** The engine as the Automation API wants it, without asking it for its version a second time. */
const command = (engine: Engine): PulumiCommand =>
    Reflect.construct(PulumiCommand, [engine.path, parse(engine.version)]) as PulumiCommand;

/**
 * Opens a stack on the engine, making the engine and the stack where they are not there yet.
 * @throws Error when there is no engine, no configuration of that stack, or no sign-in to its backend
 */
export const openStack = async (options: StackOptions): Promise<OpenStack> => {
    const { project, stack: stackName, session, saveAtEnd = false, hideSecrets = false } = options;
    const [engine, workspace] = await Promise.all([
        ensureEngine(),
        session === undefined
            ? projectWorkspace(project, stackName)
            : sandboxWorkspace(project, stackName, hideSecrets),
    ]);
    const env = {
        ...(await engineEnvironment(engine)),
        ...workspace.env,
        ...session?.env,
        ...(saveAtEnd && SAVE_AT_END),
        ...options.env,
    };
    separateChannels();
    process.chdir(project.folder);
    const stack = await LocalWorkspace.createOrSelectStack(
        { stackName, projectName: project.name, program: options.program ?? ownProgram },
        { workDir: workspace.folder, envVars: env, pulumiCommand: command(engine) },
    ).catch((error: unknown) => {
        throw engineFailure(`Opening stack '${stackName}'`, error);
    });
    return { stack };
};
