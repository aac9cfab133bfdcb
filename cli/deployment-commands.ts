import { Command, InvalidArgumentError } from "commander";
import type { OperationName, RunOptions } from "./run-operation.ts";

const positive = (text: string): number => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("expected a whole number from 1");
    return number;
};

const OPERATIONS: readonly (readonly [OperationName, string])[] = [
    ["up", "bring the cloud to what the stack declares"],
    ["preview", "say what 'up' would do"],
    ["refresh", "take what the cloud has become into the state"],
    ["destroy", "delete everything that the stack has made"],
];

const operationCommand = (name: OperationName, description: string): Command =>
    new Command(name)
        .description(description)
        .option("-s, --stack <name>", "the stack: reads Pulumi.<name>.yaml; the only one there is by default")
        .option("--sandbox", "in the local sandbox instead of real Azure")
        .option("-y, --yes", "do not ask before real Azure is changed")
        .option("--parallel <n>", "operations that run at once", positive)
        .action(async (options: RunOptions) => {
            const { runOnStack } = await import("./run-operation.ts");
            await runOnStack(name, options);
        });

interface StartOptions {
    readonly stack: string;
    readonly destroy?: boolean;
    readonly preview?: boolean;
}

const startCommand = (): Command =>
    new Command("start")
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
