import { Command } from "commander";
import type { ScanCommandOptions } from "./scan-run.ts";

const HELP = `
Examples:
  leastwise scan runbooks/Get-UserReport.ps1
  leastwise scan runbooks
  leastwise scan --json runbooks > calls.json
  leastwise scan --wrapper Invoke-TeamGraph:Endpoint runbooks

Exit code: 0 when every request is known, 2 when some are not (they are listed), 1 on an error.`;

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** The command that reads runbooks: the calls and actions they make, and what these need. */
export const scanCommand = (): Command =>
    new Command("scan")
        .description("read PowerShell runbooks: the calls and actions they make, and the least these need")
        .argument("<paths...>", "runbooks, or folders of them")
        .option("--json", "as JSON, for programs")
        .option(
            "--wrapper <name[:parameter]>",
            "a command that sends Graph requests, and the parameter with the path",
            collect,
            [],
        )
        .addHelpText("after", HELP)
        .action(async (paths: string[], options: ScanCommandOptions) => {
            const { scanPaths } = await import("./scan-run.ts");
            const { text, complete } = await scanPaths(paths, options);
            process.stdout.write(`${text}\n`);
            if (!complete) process.exitCode = 2;
        });
