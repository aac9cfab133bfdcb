import { Command, InvalidArgumentError } from "commander";
import type { Renaming } from "./diff-run.ts";

const HELP = `
A and B are grant manifests ('leastwise grants --json'), states ('pulumi stack export' of any program), or stacks of this
project, as stack:prod. With --map, names that differ by environment alone are taken for the same.

Examples:
  leastwise diff stack:test stack:prod --map rg-test=rg-prod
  leastwise diff yesterday.json today.json
  leastwise diff state-before.json state-after.json --json

Exit code: 0 when both give the same, 3 when not, 1 on an error.`;

const renaming = (text: string, before: readonly Renaming[]): readonly Renaming[] => {
    const [from = "", to, ...rest] = text.split("=");
    if (from === "" || to === undefined || rest.length > 0)
        throw new InvalidArgumentError("expected <part of a name in A>=<what it is in B>");
    return [...before, { from, to }];
};

interface DiffOptions {
    readonly map: readonly Renaming[];
    readonly sandbox?: boolean;
    readonly json?: boolean;
}

/** The command that compares what two stacks grant. */
export const diffCommand = (): Command =>
    new Command("diff")
        .description("compare what two stacks, states or grant manifests give")
        .argument("<A>", "the first")
        .argument("<B>", "the second")
        .option(
            "--map <from=to>",
            "a part of names and scopes in A, and what it is in B; can be repeated",
            renaming,
            [],
        )
        .option("--sandbox", "stacks are those in the local sandbox")
        .option("--json", "as JSON, for programs")
        .addHelpText("after", HELP)
        .action(async (a: string, b: string, options: DiffOptions) => {
            const { diff } = await import("./diff-run.ts");
            const { text, differs } = await diff(a, b, options);
            console.log(text);
            if (differs) process.exitCode = 3;
        });
