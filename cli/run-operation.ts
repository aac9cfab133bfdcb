import { Deployment } from "./deployment.ts";
import { grantTable } from "./grant-table.ts";
import { findProject } from "./project.ts";
import { withSandbox } from "./with-sandbox.ts";

export type OperationName = "up" | "preview" | "refresh" | "destroy";

export interface RunOptions {
    readonly stack: string;
    readonly sandbox?: boolean;
    readonly parallel?: number;
}

/** Runs one operation on a stack, in real Azure or in the sandbox. */
export const runOnStack = async (name: OperationName, options: RunOptions): Promise<void> => {
    const project = findProject();
    const { stack, parallel } = options;
    const given = { project, stack, ...(parallel !== undefined && { parallel }) };
    await withSandbox(options.sandbox === true ? project : undefined, async session => {
        const deployment = await Deployment.open({ ...given, ...(session !== undefined && { session }) });
        await deployment[name]();
        if (name === "up") console.log(grantTable(await deployment.grants()));
    });
};
