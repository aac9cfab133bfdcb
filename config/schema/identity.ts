import { z } from "zod";
import { guid, identityName, named, text } from "./names.ts";

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

/** Who the workload runs as. */
export const identity = z
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
