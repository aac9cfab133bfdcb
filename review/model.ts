import { z } from "zod";
import { exceptionSchema, findingSchema, pathSchema } from "./model-findings.ts";
import type { locationSchema } from "./model-rights.ts";
import { changeSchema, lines, rightSchema, tier } from "./model-rights.ts";

const standing = z.strictObject({
    rights: z.int(),
    tier,
    undecided: z.int(),
    calls: z.int().meta({ description: "(method, path) pairs of Microsoft Graph that are open." }),
    actions: z.int().meta({ description: "Azure actions that are open." }),
});

/** What became of an identity. */
export const identitySchema = z.strictObject({
    key: z.string(),
    name: z.string(),
    kind: z.string(),
    change: z.enum(["added", "removed", "replaced", "kept"]),
    instead: z.exactOptional(z.string()).meta({ description: "Name of the identity whose place it takes." }),
    before: standing,
    after: standing,
    hosts: z.array(z.string()).meta({ description: "Names of the resources whose code acts with it." }),
});

/** A way to sign in from outside that changes. */
export const entrySchema = z.strictObject({
    change: z.enum(["added", "removed", "changed"]),
    identity: z.string(),
    words: z.string(),
    was: z.exactOptional(z.string()),
});

/** A resource that an identity is attached to or taken from. */
export const attachmentSchema = z.strictObject({
    change: z.enum(["added", "removed"]),
    identity: z.string(),
    host: z.string(),
});

const keptRight = z.strictObject({ right: z.string(), because: z.array(lines) });
const dropped = z.strictObject({ right: z.string(), why: z.string() });

/** A set of rights that would do and opens less, with its proof. */
export const smallerSchema = z.strictObject({
    identity: z.string(),
    kind: z.enum(["permissions", "roles"]),
    now: z.array(z.string()),
    enough: z.array(keptRight),
    dropped: z.array(dropped),
    opensNow: z.int(),
    wouldOpen: z.int(),
});

const need = z.strictObject({ what: z.string(), why: z.string(), tier });

/** The whole review. */
export const reviewSchema = z.strictObject({
    version: z.literal(1),
    stack: z.string(),
    generated: z.iso.datetime(),
    offline: z.exactOptional(z.string()).meta({ description: "Why and against what it was made without Azure." }),
    headline: z.string(),
    counts: z.strictObject({
        added: z.int(),
        removed: z.int(),
        widened: z.int(),
        narrowed: z.int(),
        moved: z.int(),
        unknown: z.int(),
        unchanged: z.int(),
    }),
    changes: z.array(changeSchema).meta({ description: "Most dangerous first." }),
    unchanged: z.array(rightSchema),
    identities: z.array(identitySchema),
    entries: z.array(entrySchema),
    attachments: z.array(attachmentSchema),
    paths: z.array(pathSchema),
    findings: z.array(findingSchema).meta({ description: "Most severe first; resolved ones last." }),
    smaller: z.array(smallerSchema),
    exceptions: z.strictObject({
        used: z.array(exceptionSchema),
        unused: z.array(exceptionSchema),
        expired: z.array(exceptionSchema),
        expiring: z.array(exceptionSchema),
    }),
    deployer: z.array(need).meta({ description: "What whoever deploys this must be allowed to do." }),
    delays: z.array(z.string()).meta({ description: "What does not take effect at once." }),
    other: z
        .exactOptional(z.strictObject({ create: z.int(), update: z.int(), replace: z.int(), delete: z.int() }))
        .meta({ description: "How many other resources change; absent where that is not known." }),
});

/** The difference in access between what is deployed and what would be, with findings: all that a report shows. */
export type Review = z.infer<typeof reviewSchema>;
export type ReviewedRight = z.infer<typeof rightSchema>;
export type ReviewedChange = z.infer<typeof changeSchema>;
export type ReviewedIdentity = z.infer<typeof identitySchema>;
export type ReviewedEntry = z.infer<typeof entrySchema>;
export type ReviewedAttachment = z.infer<typeof attachmentSchema>;
export type ReviewedPath = z.infer<typeof pathSchema>;
export type ReviewedFinding = z.infer<typeof findingSchema>;
export type SmallerSet = z.infer<typeof smallerSchema>;
export type ReviewedException = z.infer<typeof exceptionSchema>;
export type DeployerNeed = z.infer<typeof need>;
export type Location = z.infer<typeof locationSchema>;
export type ReviewTier = z.infer<typeof tier>;
