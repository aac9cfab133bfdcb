import { z } from "zod";
import { group, guid, owner, reason, text } from "./names.ts";

const adopt = z
    .union([z.boolean(), text])
    .meta({ description: "true replaces a grant that exists but is in no state; an import id takes it over." });

/** A permission of an API. */
export const permission = z.union([
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

/** What a role is assigned on. */
export const scope = z
    .union([
        text,
        z.strictObject({ group }),
        z.strictObject({ subscription: guid("subscription id") }),
        z.strictObject({ workload: text }),
    ])
    .meta({ description: "Resource id, or a group, a subscription, or another workload's account or Function App." });

/** An Azure role, or actions. */
export const azureGrant = z.strictObject({
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
