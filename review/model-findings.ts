import { z } from "zod";
import { locationSchema, tier } from "./model-rights.ts";

const hop = z.strictObject({
    from: z.string(),
    to: z.string(),
    edge: z.string(),
    words: z.string(),
    by: z.array(z.string()).meta({ description: "Keys of the rights that the step takes." }),
});

/** A way from an identity to rights of a more dangerous tier. */
export const pathSchema = z.strictObject({
    change: z.enum(["opened", "closed", "rerouted", "kept"]),
    from: z.string().meta({ description: "Key of the identity it starts from." }),
    to: z.string().meta({ description: "Key of the identity or right it ends at." }),
    fromName: z.string(),
    toName: z.string(),
    tier,
    hops: z.array(hop),
    notes: z.array(z.string()).meta({ description: "What is to be known of it beside its steps." }),
    cut: z.exactOptional(z.string()).meta({ description: "The right whose removal cuts it, in words." }),
    cutKey: z.exactOptional(z.string()),
});

/** What a rule says. */
export const findingSchema = z.strictObject({
    status: z.enum(["new", "known", "resolved", "found"]).meta({
        description: "Beside the stack as it is deployed; 'found' where that was not judged.",
    }),
    rule: z.string(),
    urn: z.string(),
    subject: z.string(),
    message: z.string(),
    severity: z.enum(["low", "medium", "high", "critical"]),
    mandatory: z.boolean(),
    remediation: z.string(),
    url: z.string(),
    path: z.exactOptional(z.array(z.string())),
    cut: z.exactOptional(z.string()),
    smaller: z.exactOptional(z.array(z.string())),
    accepted: z.exactOptional(z.strictObject({ reason: z.string(), owner: z.string(), expires: z.string() })),
    at: z.exactOptional(locationSchema),
});

/** A finding that is accepted in writing. */
export const exceptionSchema = z.strictObject({
    rule: z.string(),
    urn: z.string(),
    subject: z.string(),
    finding: z.string(),
    reason: z.string(),
    owner: z.string(),
    expires: z.string(),
});
