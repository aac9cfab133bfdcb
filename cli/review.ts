import { Command, Option } from "commander";
import { withBehaviour } from "./option-values.ts";
import type { ReviewOptions } from "./review-run.ts";

const HELP = `
Examples:
  leastwise review --stack prod
  leastwise review --stack prod --markdown comment.md --html review.html --sarif review.sarif
  leastwise review --stack prod --offline --state state.json     no sign-in, no secret: for forks and laptops
  leastwise review --stack prod --fail-on high

A program of another language is reviewed from its own preview:
  export LEASTWISE_ACCESS_FILE=plan.json
  pulumi preview --policy-pack node_modules/leastwise/policy-pack
  pulumi stack export > state.json
  leastwise review --plan plan.json --state state.json

Without a file for any report, the review is printed. A report's file is - for standard output.
Exit code: 0 when nothing is found that --fail-on names, 3 when something is, 1 on an error.`;

/** The command that shows what a change opens or closes. */
export const reviewCommand = (): Command =>
    withBehaviour(new Command("review"))
        .description("show who could do what on what after a change that they could not before, and how bad it can get")
        .option("-s, --stack <name>", "the stack; the only one there is by default")
        .option("--sandbox", "against the local sandbox instead of real Azure")
        .addOption(
            new Option("--offline", "without Azure, backend or secrets, against --state or nothing").conflicts([
                "sandbox",
                "faults",
                "latency",
            ]),
        )
        .addOption(
            new Option(
                "--state <file>",
                "what 'pulumi stack export' wrote, for --offline and --plan; - for standard input",
            ),
        )
        .addOption(
            new Option("--plan <file>", "what the policy pack wrote down in a preview of any program").conflicts([
                "sandbox",
                "offline",
                "faults",
                "latency",
            ]),
        )
        .option("--config <file>", "levels, options and exceptions of rules, as for --policy-pack-config")
        .addOption(new Option("--preset <name>", "what to begin from").choices(["strict", "baseline", "audit"]))
        .addOption(
            new Option("--fail-on <level>", "the least grave finding that fails the review, or any that is mandatory")
                .choices(["low", "medium", "high", "critical", "mandatory"])
                .default("mandatory"),
        )
        .option("--markdown <file>", "for a comment on a pull request")
        .option("--html <file>", "a page of its own, with the map of who may do what")
        .option("--json <file>", "for programs; schema/review.schema.json says what is in it")
        .option("--sarif <file>", "for code scanning")
        .option("--junit <file>", "for test reports of pipelines")
        .addHelpText("after", HELP)
        .action(async (options: ReviewOptions) => {
            const { runReview } = await import("./review-run.ts");
            if (await runReview(options)) process.exitCode = 3;
        });
