import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { hasChanges } from "./change-words.ts";
import type { Deployment } from "./deployment.ts";
import { grantTable } from "./grant-table.ts";
import type { SandboxBehaviour } from "./option-values.ts";
import { findProject, type Project, stackFile } from "./project.ts";
import type { SandboxSession } from "./sandbox-session.ts";
import { stepList } from "./step-list.ts";
import { withSandbox } from "./with-sandbox.ts";

const EXAMPLE = "example";
const GROUP_TYPE = "microsoft.resources/resourcegroups";

export interface StartOptions extends SandboxBehaviour {
    readonly stack: string;
    readonly destroy?: boolean;
    readonly preview?: boolean;
}

/** Opens the stack in this folder's sandbox for the time of a task. */
const inSandbox = <T>(
    project: Project,
    { stack, ...behaviour }: StartOptions,
    task: (deployment: Deployment, session: SandboxSession) => Promise<T>,
): Promise<T> =>
    withSandbox(project, behaviour, async session => {
        if (session === undefined) throw new Error("no sandbox was opened");
        const { Deployment } = await import("./deployment.ts");
        return task(await Deployment.open({ project, stack, session }), session);
    });

const otherStacks = async (project: Project, stack: string): Promise<string[]> =>
    (await readdir(join(project.local, "stacks"))).filter(name => name !== stack);

const destroy = async (project: Project, options: StartOptions): Promise<void> => {
    const { stack } = options;
    const left = await inSandbox(project, options, async (deployment, { sandbox }) => {
        await deployment.destroy();
        await deployment.remove();
        const resources = [...sandbox.cloud.resources.values()];
        return resources.filter(({ type }) => type.toLowerCase() === GROUP_TYPE).map(({ name }) => name);
    });
    await rm(join(project.local, "stacks", stack), { recursive: true, force: true });
    const others = await otherStacks(project, stack);
    if (left.length > 0 || others.length > 0) {
        const why = [...others.map(name => `stack '${name}'`), ...left.map(name => `resource group '${name}'`)];
        return console.log(`The stack '${stack}' is gone. The sandbox stays, because it holds ${why.join(", ")}.`);
    }
    await rm(project.local, { recursive: true });
    console.log(`Nothing is left: the stack '${stack}' is gone, and so are the sandbox and its state.`);
};

/** How this stack is taken away again, as the user would type it. */
const destroyCommand = (stack: string): string => {
    const start = process.env["npm_lifecycle_event"] === "start" ? "npm start --" : "leastwise start";
    return `${start} --destroy${stack === EXAMPLE ? "" : ` --stack ${stack}`}`;
};

const deploy = (project: Project, options: StartOptions): Promise<void> =>
    inSandbox(project, options, async deployment => {
        const { changes } = await deployment.up();
        console.log(grantTable(await deployment.grants()));
        if (!hasChanges(changes)) return;
        console.log(`Run it again and nothing changes; '${destroyCommand(options.stack)}' takes it all away.`);
    });

const preview = (project: Project, options: StartOptions): Promise<void> =>
    inSandbox(project, options, async deployment => {
        const { steps } = await deployment.preview();
        for (const line of stepList(steps)) console.log(line);
    });

/** Deploys a stack into the sandbox of this folder, previews that, or takes it away. */
export const start = async (options: StartOptions): Promise<void> => {
    const project = findProject();
    stackFile(project, options.stack);
    if (options.destroy === true) return destroy(project, options);
    return options.preview === true ? preview(project, options) : deploy(project, options);
};
