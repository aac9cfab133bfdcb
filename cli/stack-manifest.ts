import type { Manifest } from "./manifest.ts";
import { findProject, onlyStack, stackFile } from "./project.ts";
import { grantsInState } from "./read-manifest.ts";
import { openStack } from "./stack.ts";
import { withSandbox } from "./with-sandbox.ts";

/**
 * The grant manifest of a deployed stack.
 * @throws Error when there is no such stack
 */
export const manifestOfStack = async (options: {
    readonly stack?: string;
    readonly sandbox?: boolean;
}): Promise<Manifest> => {
    const project = findProject();
    const { stack = onlyStack(project), sandbox = false } = options;
    stackFile(project, stack);
    return withSandbox(sandbox ? project : undefined, {}, async session => {
        const opened = await openStack({ project, stack, ...(session && { session }) });
        return { version: 1, stack, grants: grantsInState(await opened.stack.exportStack()) };
    });
};
