import { Command } from "commander";
import { checkCommand } from "./check.ts";
import { diffCommand } from "./diff.ts";
import { doctorCommand } from "./doctor-command.ts";
import { deploymentCommands } from "./deployment-commands.ts";
import { explainCommand } from "./explain.ts";
import { grantsCommand } from "./grants.ts";
import { reviewCommand } from "./review.ts";
import { scanCommand } from "./scan.ts";
import { sandboxCommand } from "./sandbox-command.ts";
import { packageVersion } from "./version.ts";

/** The command line. Commands load what they need when they run, so that help is there at once. */
export const buildProgram = (): Command => {
    const program = new Command("leastwise")
        .description("Works out, grants and enforces the least that a workload's managed identity needs in Azure.")
        .version(packageVersion())
        .showHelpAfterError("(run with --help for the commands and options)")
        .showSuggestionAfterError();
    for (const command of deploymentCommands()) program.addCommand(command);
    for (const command of [
        sandboxCommand(),
        checkCommand(),
        reviewCommand(),
        grantsCommand(),
        diffCommand(),
        explainCommand(),
        scanCommand(),
        doctorCommand(),
    ])
        program.addCommand(command);
    program
        .command("version")
        .description("print the version")
        .action(() => console.log(packageVersion()));
    return program;
};
