import { Command } from "commander";
import { positive, withBehaviour } from "./option-values.ts";
import type { OperationName, RunOptions } from "./run-operation.ts";
import type { StartOptions } from "./start.ts";

const OPERATIONS: readonly (readonly [OperationName, string])[] = [
    ["up", "bring the cloud to what the stack declares"],
    ["preview", "say what 'up' would do"],
    ["refresh", "take what the cloud has become into the state"],
    ["destroy", "delete everything that the stack has made"],
];

const operationCommand = (name: OperationName, description: string): Command =>
    withBehaviour(new Command(name))
        .description(description)
        .option("-s, --stack <name>", "the stack: reads Pulumi.<name>.yaml; the only one there is by default")
        .option("--sandbox", "in the local sandbox instead of real Azure")
        .option("-y, --yes", "do not ask before real Azure is changed")
        .option("--parallel <n>", "operations that run at once", positive)
        .option("--save-at-end", "save the state once: far faster for a large stack in a backend of files")
        .action(async (options: RunOptions) => {
            const { runOnStack } = await import("./run-operation.ts");
            await runOnStack(name, options);
        });

const startCommand = (): Command =>
    withBehaviour(new Command("start"))
        .description("deploy the example into the local sandbox and show who may do what")
        .option("-s, --stack <name>", "another stack: reads Pulumi.<name>.yaml", "example")
        .option("--destroy", "delete the deployment and the sandbox's state")
        .option("--preview", "say what would be done, and do nothing")
        .action(async (options: StartOptions) => {
            const { start } = await import("./start.ts");
            await start(options);
        });

/** The commands that deploy. */
export const deploymentCommands = (): Command[] => [
    startCommand(),
    ...OPERATIONS.map(([name, description]) => operationCommand(name, description)),
];
