/**
 * Writes the JSON Schema of a stack's configuration file from the definition that the program checks it by.
 * Run with `npm run schema`; `npm run schema -- --check` fails when the file is not current.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { z } from "zod";
import { groupSchema, subscriptionSchema, unusedGrantsSchema, workloadSchema, wrapperSchema } from "../config/raw.ts";

const FILE = join(import.meta.dirname, "../schema/leastwise.schema.json");

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

/** The schema as its file has it. */
export const schemaText = (): Promise<string> =>
    format(JSON.stringify(z.toJSONSchema(stackFile, { io: "input", reused: "inline" })), {
        parser: "json",
        tabWidth: 4,
        printWidth: 120,
    });

if (import.meta.main) {
    const text = await schemaText();
    if (!process.argv.includes("--check")) writeFileSync(FILE, text);
    else if (readFileSync(FILE, "utf8") !== text) {
        console.error(`${FILE} is not current; run: npm run schema`);
        process.exitCode = 1;
    }
}
