import { Command, Option } from "commander";
import type { ExplainOptions } from "./explain-run.ts";

const HELP = `
Examples:
  leastwise explain User.Read.All
  leastwise explain "Virtual Machine Contributor"
  leastwise explain GET "/users/{id}"
  leastwise explain Get-MgUser
  leastwise explain Microsoft.Compute/virtualMachines/deallocate/action
  leastwise explain --calls calls.txt
  leastwise explain --json --calls - < calls.txt
  leastwise explain --json --actions - < actions.txt

A list has one call or action a line; empty lines and lines that begin with # are skipped.
Exit code: 0 when there is an answer, also when some lines have none (they are in it);
1 when nothing could be answered. With --json a list always has an answer, be it an empty one.`;

/** The command that explains a permission, role, call or action, and solves lists of calls or actions. */
export const explainCommand = (): Command =>
    new Command("explain")
        .description("explain a permission, role, call or action; or work out the least that a list of them needs")
        .argument("[what...]", "a permission, an Azure role, a call (METHOD /path), a Graph cmdlet or an Azure action")
        .addOption(new Option("--calls <file>", "Graph calls, one a line; - for standard input").conflicts("actions"))
        .option("--actions <file>", "Azure actions or Resource Manager calls, one a line; - for standard input")
        .option("--api <name>", "the API a permission belongs to, by name or application id (default: Microsoft Graph)")
        .addOption(new Option("--like <whose>", "answer call by call, as another tool would").choices(["microsoft"]))
        .option("--allow-role-assignments", "also offer roles that can give rights away")
        .option("--json", "as JSON, for programs")
        .addHelpText("after", HELP)
        .action(async (what: string[], options: ExplainOptions) => {
            const { explain } = await import("./explain-run.ts");
            const { text, answered } = await explain(what, options);
            process.stdout.write(`${text}\n`);
            if (!answered) process.exitCode = 1;
        });
