import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { withoutSecrets } from "./offline-state.ts";
import type { Project } from "./project.ts";
import type { SandboxSession } from "./sandbox-session.ts";

/** A place to preview a stack in that knows no cloud, no backend and no secret of it. */
export interface Offline {
    readonly project: Project;
    readonly session: SandboxSession;
    /** Brings the exported state into the stack. */
    readonly prepare: (stack: Stack) => Promise<void>;
}

/**
 * Opens an empty sandbox of its own for the time of a task, with the stand-in providers.
 * @param state what `pulumi stack export` writes; undefined for a stack that was never deployed
 * @throws Error when the state is of another stack or project
 */
export const offline = async <T>(
    project: Project,
    stack: string,
    state: unknown,
    task: (given: Offline) => Promise<T>,
): Promise<T> => {
    const deployment = state === undefined ? undefined : withoutSecrets(state, project.name, stack);
    const local = await mkdtemp(join(tmpdir(), "leastwise-offline-"));
    const { openSandbox, sandboxStateFile } = await import("./sandbox-session.ts");
    const session = await openSandbox({ stateFile: sandboxStateFile(local) });
    const prepare = async (opened: Stack): Promise<void> => {
        if (deployment !== undefined) await opened.importStack(deployment);
    };
    try {
        return await task({ project: { ...project, local }, session, prepare });
    } finally {
        await session.close();
        await rm(local, { recursive: true, force: true });
    }
};
