import { settlePending } from "./pending-operations.ts";
import type { Project } from "./project.ts";
import { releaseLocks } from "./stack-locks.ts";
import type { OpenStack } from "./stack.ts";

/**
 * Makes a stack usable again after a run that was killed.
 * @param sandboxProject - the project, where the stack lives in the sandbox: its locks are ours to remove
 */
export const recover = async (open: OpenStack, sandboxProject?: Project): Promise<void> => {
    if (sandboxProject !== undefined) await releaseLocks(sandboxProject, open.stack.name);
    await settlePending(open);
};
