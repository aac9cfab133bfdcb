import { hasChanges } from "./change-words.ts";
import { confirm } from "./confirm.ts";
import type { Deployment } from "./deployment.ts";
import { grantTable } from "./grant-table.ts";
import type { SandboxBehaviour } from "./option-values.ts";
import { findProject, onlyStack, stackFile } from "./project.ts";
import { stepList } from "./step-list.ts";
import { withSandbox } from "./with-sandbox.ts";

export type OperationName = "up" | "preview" | "refresh" | "destroy";

export interface RunOptions extends SandboxBehaviour {
    /** @default - the only stack that the project has a configuration of */
    readonly stack?: string;
    readonly sandbox?: boolean;
    readonly parallel?: number;
    /** Save the state once, at the end. */
    readonly saveAtEnd?: boolean;
    /** Change real Azure without asking. */
    readonly yes?: boolean;
}

/** Shows what an update would change. @returns whether there is anything to do */
const preview = async (deployment: Deployment): Promise<boolean> => {
    const { changes, steps } = await deployment.preview();
    for (const line of stepList(steps)) console.log(line);
    return hasChanges(changes);
};

const RUNS: Readonly<Record<OperationName, (deployment: Deployment, ask: boolean, stack: string) => Promise<void>>> = {
    preview: async deployment => void (await preview(deployment)),
    refresh: async deployment => void (await deployment.refresh()),
    up: async (deployment, ask) => {
        if (ask && (await preview(deployment))) await confirm("Deploy these changes?");
        await deployment.up();
        console.log(grantTable(await deployment.grants()));
    },
    destroy: async (deployment, ask, stack) => {
        if (ask) await confirm(`Delete everything that stack '${stack}' has made?`);
        await deployment.destroy();
    },
};

/** Runs one operation on a stack, in real Azure or in the sandbox. */
export const runOnStack = async (name: OperationName, options: RunOptions): Promise<void> => {
    const project = findProject();
    const { stack = onlyStack(project), parallel, saveAtEnd = false, sandbox = false, yes = false } = options;
    stackFile(project, stack);
    const given = { project, stack, saveAtEnd, ...(parallel !== undefined && { parallel }) };
    await withSandbox(sandbox ? project : undefined, options, async session => {
        const { Deployment } = await import("./deployment.ts");
        const deployment = await Deployment.open({ ...given, ...(session !== undefined && { session }) });
        await RUNS[name](deployment, !sandbox && !yes, stack);
    });
};
