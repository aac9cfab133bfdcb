import type { SandboxBehaviour } from "./option-values.ts";
import type { Project } from "./project.ts";
import type { SandboxSession } from "./sandbox-session.ts";

/** Runs a task with the project's sandbox open for its time; without a project, against real Azure. */
export const withSandbox = async <T>(
    project: Project | undefined,
    behaviour: SandboxBehaviour,
    task: (session: SandboxSession | undefined) => Promise<T>,
): Promise<T> => {
    if (project === undefined) return task(undefined);
    const { behaving, openSandbox, sandboxStateFile } = await import("./sandbox-session.ts");
    const session = await openSandbox({ stateFile: sandboxStateFile(project.local), ...behaving(behaviour) });
    try {
        return await task(session);
    } finally {
        await session.close();
    }
};
