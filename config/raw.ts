import { z } from "zod";

const named = (what: string, pattern: RegExp, expected: string) =>
    z
        .string()
        .regex(pattern, { error: ({ input }) => `'${String(input)}' is no name for ${what}; expected ${expected}` });

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const guid = (what: string) =>
    z.string().regex(GUID, { error: ({ input }) => `'${String(input)}' is no ${what}; expected a GUID` });

const text = z.string().min(1, { error: "is empty; expected text" });
const tags = z.record(z.string(), z.string()).meta({ description: "Tags for the resources that are made." });
const reason = text.meta({ description: "Why it is needed; reports print it." });
const owner = text.meta({ description: "Who answers for it." });

const group = named(
    "a resource group",
    /^[-\w.()]{1,89}[-\w()]$/,
    "1 to 90 letters, digits or -_.(), no dot at the end",
);
const accountName = named(
    "an Automation account",
    /^[a-z][a-z0-9-]{4,48}[a-z0-9]$/i,
    "6 to 50 letters, digits or -, first a letter",
);
const appName = named("a Function App", /^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$/i, "2 to 60 letters, digits or -");
const identityName = named("an identity", /^[a-z0-9][a-z0-9_-]{2,127}$/i, "3 to 128 letters, digits or -_");
const runbookName = named("a runbook", /^[a-z][a-z0-9_-]{0,62}$/i, "1 to 63 letters, digits or -_, first a letter");
const variableName = named("a variable", /^[a-z][\w-]{0,127}$/i, "1 to 128 letters, digits or -_, first a letter");

/** Workload names are parts of resource names. */
export const WORKLOAD_NAME = /^[a-z][a-z0-9-]{0,62}$/i;

const federatedCredential = z
    .strictObject({
        name: named("a federated credential", /^[a-z0-9][a-z0-9_-]{2,119}$/i, "3 to 120 letters, digits or -_"),
        issuer: z.string().regex(/^https:\/\/\S+$/, {
            error: ({ input }) => `'${String(input)}' is no issuer; expected an https URL`,
        }),
        subject: text,
        audience: text.optional(),
    })
    .meta({ description: "A token of another issuer that the identity accepts instead of a secret." });

const identity = z
    .union([
        z.enum(["system-assigned", "user-assigned"]),
        z.strictObject({
            userAssigned: z.strictObject({
                name: identityName.optional(),
                federatedCredentials: z.array(federatedCredential).optional(),
            }),
        }),
        z.strictObject({
            existing: z.strictObject({
                principalId: guid("principal id").optional(),
                resourceId: text.optional(),
                enterpriseApplication: text.optional(),
            }),
        }),
    ])
    .meta({ description: "Default: system-assigned where there is an account or a Function App, else user-assigned." });

const version = z.string().regex(/^\d+(\.\d+){1,3}$/, {
    error: ({ input }) => `'${String(input)}' is no version of a module; expected one such as 5.3.0`,
});

const variable = z.union([
    z.string(),
    z.strictObject({ secret: text.meta({ description: "Configuration key under leastwise: that holds the secret." }) }),
]);

const account = z
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

const functionApp = z
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

const run = z.union([
    text,
    z.strictObject({
        schedule: text,
        parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    }),
]);

const runbook = z.strictObject({
    file: text.meta({ description: "PowerShell file, from the project's folder." }),
    name: runbookName.optional(),
    description: text.optional(),
    schedule: run
        .optional()
        .meta({ description: "`06:00 Europe/Zurich, weekdays`, `every 4 hours`, `once 2030-01-05 06:00 UTC`." }),
    schedules: z.array(run).min(1).optional(),
    calls: z.array(text).optional().meta({ description: "The Graph calls that this runbook makes." }),
});

const adopt = z
    .union([z.boolean(), text])
    .meta({ description: "true replaces a grant that exists but is in no state; an import id takes it over." });

const permission = z.union([
    text,
    z.strictObject({
        permission: text,
        appRoleId: guid("app role id").optional(),
        tier: z.union([z.literal(0), z.literal(1), z.literal(2)]).optional(),
        reason: reason.optional(),
        owner: owner.optional(),
        adopt: adopt.optional(),
    }),
]);

const scope = z
    .union([
        text,
        z.strictObject({ group }),
        z.strictObject({ subscription: guid("subscription id") }),
        z.strictObject({ workload: text }),
    ])
    .meta({ description: "Resource id, or a group, a subscription, or another workload's account or Function App." });

const azureGrant = z.strictObject({
    role: text.optional().meta({ description: "Built-in role by name." }),
    roleId: guid("role definition id").optional(),
    actions: z.array(text).min(1).optional().meta({ description: "Actions; a custom role of just those is defined." }),
    builtIn: z
        .boolean()
        .optional()
        .meta({ description: "Cover the actions by built-in roles that open the least more, define none." }),
    scope,
    reason: reason.optional(),
    owner: owner.optional(),
    adopt: z.boolean().optional(),
});

/** One workload as it is written in the stack's configuration. */
export const workloadSchema = z.strictObject({
    group: group.optional().meta({ description: "Resource group to make. Default: the workload's name." }),
    existingGroup: group.optional().meta({ description: "Resource group that exists." }),
    location: text.optional(),
    tags: tags.optional(),
    owner: owner.optional(),
    reason: reason.optional(),
    identity: identity.optional(),
    account: account.optional(),
    functionApp: functionApp.optional(),
    runbooks: z.array(runbook).optional(),
    graph: z.array(permission).optional().meta({ description: "Microsoft Graph application permissions by name." }),
    apis: z
        .record(z.string(), z.array(permission))
        .optional()
        .meta({ description: "Permissions of other APIs, by the API's name or application id." }),
    calls: z
        .array(text)
        .optional()
        .meta({ description: "Graph calls; the least permissions that allow them are granted." }),
    azure: z.array(azureGrant).optional().meta({ description: "Azure roles." }),
});

/** A resource group besides those of the workloads. */
export const groupSchema = z.strictObject({ location: text.optional(), tags: tags.optional() });

export const subscriptionSchema = guid("subscription id");

export type RawWorkload = z.infer<typeof workloadSchema>;
export type RawGroup = z.infer<typeof groupSchema>;
export type RawPermission = z.infer<typeof permission>;
export type RawAzureGrant = z.infer<typeof azureGrant>;
export type RawScope = z.infer<typeof scope>;
export type RawRun = z.infer<typeof run>;
