/**
 * Writes the JSON Schemas of a stack's configuration file and of the grant manifest, from the definitions that the program
 * checks them by. Run with `npm run schema`; `npm run schema -- --check` fails when one is not current.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { z } from "zod";
import { manifestSchema } from "../cli/manifest.ts";
import { groupSchema, subscriptionSchema, unusedGrantsSchema, workloadSchema, wrapperSchema } from "../config/raw.ts";

const FOLDER = join(import.meta.dirname, "../schema");

const stackFile = z
    .looseObject({
        config: z
            .looseObject({
                "azure-native:location": z.string().optional().meta({ description: "Where resources are made." }),
                "leastwise:subscription": subscriptionSchema
                    .optional()
                    .meta({ description: "Default: azure-native:subscriptionId, then ARM_SUBSCRIPTION_ID." }),
                "leastwise:groups": z.record(z.string(), groupSchema).optional(),
                "leastwise:workloads": z.record(z.string(), workloadSchema).optional(),
                "leastwise:unusedGrants": unusedGrantsSchema.optional(),
                "leastwise:wrappers": z
                    .record(z.string(), wrapperSchema)
                    .optional()
                    .meta({ description: "Commands of your own modules that send requests, by name." }),
            })
            .optional(),
    })
    .meta({ title: "Leastwise stack configuration", description: "Pulumi.<stack>.yaml of a Leastwise stack." });

const textOf = (schema: z.ZodType): Promise<string> =>
    format(JSON.stringify(z.toJSONSchema(schema, { io: "input", reused: "inline" })), {
        parser: "json",
        tabWidth: 4,
        printWidth: 120,
    });

/** Each schema as its file has it. */
export const schemaTexts = async (): Promise<ReadonlyMap<string, string>> =>
    new Map([
        ["leastwise.schema.json", await textOf(stackFile)],
        ["manifest.schema.json", await textOf(manifestSchema)],
    ]);

if (import.meta.main) {
    for (const [name, text] of await schemaTexts()) {
        const file = join(FOLDER, name);
        if (!process.argv.includes("--check")) writeFileSync(file, text);
        else if (readFileSync(file, "utf8") !== text) {
            console.error(`${file} is not current; run: npm run schema`);
            process.exitCode = 1;
        }
    }
}
