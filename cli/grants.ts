import { Command, Option } from "commander";

interface GrantsOptions {
    readonly stack?: string;
    readonly sandbox?: boolean;
    readonly state?: string;
    readonly json?: boolean;
}

const HELP = `
Examples:
  leastwise grants --stack prod
  leastwise grants --stack prod --json > grants.json
  pulumi stack export | leastwise grants --state -`;

/** The command that lists what a deployed stack grants. */
export const grantsCommand = (): Command =>
    new Command("grants")
        .description("list what a deployed stack grants, to whom, and why: the grant manifest")
        .option("-s, --stack <name>", "the stack; the only one there is by default")
        .option("--sandbox", "in the local sandbox instead of real Azure")
        .addOption(
            new Option("--state <file>", "what 'pulumi stack export' wrote; - for standard input").conflicts([
                "stack",
                "sandbox",
            ]),
        )
        .option("--json", "as JSON, for programs; schema/manifest.schema.json says what is in it")
        .addHelpText("after", HELP)
        .action(async ({ state, json, ...options }: GrantsOptions) => {
            const { manifestOfStack } = await import("./stack-manifest.ts");
            const { readManifest } = await import("./read-manifest.ts");
            const manifest = await (state === undefined ? manifestOfStack(options) : readManifest(state));
            const { grantTable } = await import("./grant-table.ts");
            console.log(json === true ? JSON.stringify(manifest, null, 2) : grantTable(manifest.grants));
        });
