import { z } from "zod";

/** A line of a source file. */
export const locationSchema = z.strictObject({ path: z.string(), line: z.int().min(1) });

/** How dangerous something is. */
export const tier = z
    .union([z.literal(0), z.literal(1), z.literal(2), z.null()])
    .meta({ description: "0 control plane, 1 management plane, 2 user access; null where it is not known." });

/** A call or action, and the lines of code that make it. */
export const lines = z.strictObject({ call: z.string(), at: z.array(locationSchema) });

/** What is given: a permission on an API, a role on a scope, … */
const given = {
    what: z.string().meta({ description: "The permission or role, as people call it." }),
    on: z.string().meta({ description: "The API or the scope, in words." }),
    tier,
};

/** A right that an identity holds. */
export const rightSchema = z.strictObject({
    key: z.string().meta({ description: "The same before and after a deployment." }),
    urn: z.string(),
    kind: z.enum(["permission", "role", "directory-role", "delegated", "member", "owner", "vault-policy"]),
    holder: z.string().meta({ description: "Key of the identity." }),
    ...given,
    limits: z.array(z.string()).meta({ description: "What bounds the right: a condition, one user, activation." }),
    unknown: z.array(z.string()).meta({ description: "What is not known before the deployment." }),
    reason: z.exactOptional(z.string()),
    owner: z.exactOptional(z.string()),
    calls: z.array(lines).meta({ description: "The calls or actions it is for, with their lines where known." }),
    at: z.exactOptional(locationSchema),
});

/** A right that is given, taken or changed. */
export const changeSchema = z.strictObject({
    change: z.enum(["added", "removed", "widened", "narrowed", "moved", "unknown"]),
    right: rightSchema.meta({ description: "The right after; of a removed one, before." }),
    was: z.exactOptional(z.strictObject(given)).meta({ description: "What the right gave before, where it differs." }),
    how: z.array(z.string()).meta({ description: "What differs, in words." }),
    newIdentity: z.boolean().meta({ description: "Its holder is a new identity in the place of an old one." }),
});
