import { Command, Option } from "commander";
import { withBehaviour } from "./option-values.ts";
import type { CheckOptions } from "./check-run.ts";

const HELP = `
Examples:
  leastwise check --stack prod
  leastwise check --stack prod --preset baseline --config policy.json
  pulumi stack export | leastwise check --state - --json
  leastwise check --stack prod --fail-on high

Of rules that --config and the preset both name, --config has the last word. Without either, every rule is mandatory.
Exit code: 0 when nothing is found that --fail-on names, 3 when something is, 1 on an error.`;

/** The command that judges a stack by the policy pack, for people and pipelines. */
export const checkCommand = (): Command =>
    withBehaviour(new Command("check"))
        .description("judge a stack by the policy pack: what it would deploy, or what an exported state holds")
        .option("-s, --stack <name>", "the stack to preview; the only one there is by default")
        .option("--sandbox", "preview against the local sandbox instead of real Azure")
        .addOption(
            new Option("--state <file>", "what 'pulumi stack export' wrote; - for standard input").conflicts([
                "stack",
                "sandbox",
            ]),
        )
        .option("--config <file>", "levels, options and exceptions of rules, as for --policy-pack-config")
        .addOption(new Option("--preset <name>", "what to begin from").choices(["strict", "baseline", "audit"]))
        .addOption(
            new Option("--fail-on <level>", "the least grave finding that fails the check, or any that is mandatory")
                .choices(["low", "medium", "high", "critical", "mandatory"])
                .default("mandatory"),
        )
        .option("--json", "as JSON, for programs")
        .addHelpText("after", HELP)
        .action(async (options: CheckOptions) => {
            const { check } = await import("./check-run.ts");
            const { text, failed } = await check(options);
            process.stdout.write(`${text}\n`);
            if (failed) process.exitCode = 3;
        });
