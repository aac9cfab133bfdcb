import { z } from "zod";
import { azureGrant, permission, type scope } from "./schema/grant.ts";
import { account, functionApp } from "./schema/host.ts";
import { identity } from "./schema/identity.ts";
import { group, guid, owner, reason, tags, text } from "./schema/names.ts";
import { type run, runbook } from "./schema/runbook.ts";

/** Workload names are parts of resource names. */
export const WORKLOAD_NAME = /^[a-z][a-z0-9-]{0,62}$/i;

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
    graph: z
        .array(permission)
        .optional()
        .meta({ description: "Microsoft Graph application permissions by name. Default: what the calls need." }),
    apis: z
        .record(z.string(), z.array(permission))
        .optional()
        .meta({ description: "Permissions of other APIs, by the API's name or application id." }),
    calls: z.array(text).optional().meta({
        description: "Graph calls beside those of the runbooks; the least permissions that allow all are granted.",
    }),
    azure: z.array(azureGrant).optional().meta({ description: "Azure roles." }),
});

/** A resource group besides those of the workloads. */
export const groupSchema = z.strictObject({ location: text.optional(), tags: tags.optional() });

/** A command of one's own that sends requests. */
export const wrapperSchema = z
    .union([
        text,
        z.strictObject({ path: text.optional(), method: text.optional(), api: z.enum(["graph", "arm"]).optional() }),
    ])
    .meta({ description: "The parameter that holds the path; or path, method and the API that paths are of." });

/** What becomes of a right that is granted although no runbook is seen to need it. */
export const unusedGrantsSchema = z.enum(["error", "warning", "allow"]).meta({
    description: "A right that is granted, and that no runbook is seen to need. Default: warning.",
});

export type UnusedGrants = z.infer<typeof unusedGrantsSchema>;

export const subscriptionSchema = guid("subscription id");

export type RawWorkload = z.infer<typeof workloadSchema>;
export type RawRunbook = z.infer<typeof runbook>;
export type RawWrapper = z.infer<typeof wrapperSchema>;
export type RawGroup = z.infer<typeof groupSchema>;
export type RawPermission = z.infer<typeof permission>;
export type RawAzureGrant = z.infer<typeof azureGrant>;
export type RawScope = z.infer<typeof scope>;
export type RawRun = z.infer<typeof run>;
