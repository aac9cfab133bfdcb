import { z } from "zod";
import { accountName, appName, named, text, variableName } from "./names.ts";

const version = z.string().regex(/^\d+(\.\d+){1,3}$/, {
    error: ({ input }) => `'${String(input)}' is no version of a module; expected one such as 5.3.0`,
});

const variable = z.union([
    z.string(),
    z.strictObject({ secret: text.meta({ description: "Configuration key under leastwise: that holds the secret." }) }),
]);

/** An Automation account. */
export const account = z
    .union([
        accountName,
        z.strictObject({
            name: accountName,
            existing: z.boolean().optional(),
            runtime: z
                .strictObject({
                    name: named(
                        "a runtime environment",
                        /^[a-z][\w-]{0,63}$/i,
                        "1 to 64 letters, digits or -_, first a letter",
                    ).optional(),
                    packages: z.record(z.string(), version).optional(),
                })
                .optional(),
            variables: z.record(variableName, variable).optional(),
            publicNetworkAccess: z.boolean().optional(),
        }),
    ])
    .meta({ description: "An Azure Automation account, by name or in full." });

/** A Function App. */
export const functionApp = z
    .union([
        appName,
        z.strictObject({
            name: appName,
            storage: named("a storage account", /^[a-z0-9]{3,24}$/, "3 to 24 lower-case letters or digits").optional(),
            worker: z.strictObject({ name: text, version: text }).optional(),
            settings: z.record(z.string(), z.string()).optional(),
        }),
    ])
    .meta({ description: "A Function App, by name or in full." });
