import { rm } from "node:fs/promises";
import { hasChanges } from "./change-words.ts";
import { Deployment } from "./deployment.ts";
import { grantTable } from "./grant-table.ts";
import { findProject, type Project } from "./project.ts";
import { withSandbox } from "./with-sandbox.ts";

export interface StartOptions {
    readonly stack: string;
    readonly destroy?: boolean;
    readonly preview?: boolean;
}

const destroy = async (project: Project, stack: string): Promise<void> => {
    await withSandbox(project, async session => {
        const deployment = await Deployment.open({ project, stack, ...(session !== undefined && { session }) });
        await deployment.destroy();
        await deployment.remove();
    });
    await rm(project.local, { recursive: true });
    console.log(`Nothing is left: the stack '${stack}' is gone, and so are the sandbox and its state.`);
};

const deploy = async (project: Project, stack: string): Promise<void> =>
    withSandbox(project, async session => {
        const deployment = await Deployment.open({ project, stack, ...(session !== undefined && { session }) });
        const { changes } = await deployment.up();
        console.log(grantTable(await deployment.grants()));
        if (!hasChanges(changes)) return;
        console.log("Run it again and nothing changes; 'npm start -- --destroy' takes it all away.");
    });

const preview = async (project: Project, stack: string): Promise<void> =>
    withSandbox(project, async session => {
        const deployment = await Deployment.open({ project, stack, ...(session !== undefined && { session }) });
        await deployment.preview();
    });

/** Deploys a stack into the sandbox of this folder, previews that, or takes it away. */
export const start = async (options: StartOptions): Promise<void> => {
    const project = findProject();
    if (options.destroy === true) return destroy(project, options.stack);
    return options.preview === true ? preview(project, options.stack) : deploy(project, options.stack);
};
