import { readFileSync } from "node:fs";
import { z } from "zod";
import type { AccessFile } from "./access-file.ts";

const texts = z.array(z.string());
const scopeKind = z.enum(["tenant", "managementGroup", "subscription", "resourceGroup", "resource"]);
const tier = z.union([z.literal(0), z.literal(1), z.literal(2)]);

const place = z.looseObject({
    kind: scopeKind,
    id: z.string().optional(),
    urn: z.string().optional(),
    type: z.string().optional(),
    get within() {
        return z.optional(place);
    },
});

const undecided = z.strictObject({ undecided: z.string(), atOrManagedBy: place.optional() });
const decided = <T extends z.ZodType>(value: T) => z.union([value, undecided]);

const definition = z.looseObject({
    id: z.string(),
    name: z.string(),
    permissions: z.array(
        z.looseObject({ actions: texts, notActions: texts, dataActions: texts, notDataActions: texts }),
    ),
});

const right = z.looseObject({ key: z.string(), urn: z.string(), holder: z.string(), tier: decided(tier) });
const api = decided(z.string());
const rights = z.discriminatedUnion("kind", [
    right.extend({ kind: z.literal("permission"), api, permission: decided(z.string()) }),
    right.extend({
        kind: z.literal("role"),
        role: decided(z.string()),
        definition: decided(definition),
        scope: decided(place),
    }),
    right.extend({ kind: z.literal("directory-role"), role: decided(z.string()) }),
    right.extend({ kind: z.literal("delegated"), api, permission: decided(z.string()) }),
    right.extend({ kind: z.literal("member"), group: z.string() }),
    right.extend({ kind: z.literal("owner"), of: z.string() }),
    right.extend({ kind: z.literal("vault-policy"), vault: place, permissions: texts }),
]);

const kind = z.enum([
    "system-assigned",
    "user-assigned",
    "service-principal",
    "application",
    "user",
    "group",
    "unknown",
]);
const model = z.looseObject({
    principals: z.array(z.looseObject({ key: z.string(), kind, name: z.string() })),
    hosts: z.array(z.looseObject({ key: z.string(), name: z.string(), place, identities: texts })),
    rights: z.array(rights),
    entries: z.array(
        z.looseObject({
            key: z.string(),
            urn: z.string(),
            principal: z.string(),
            kind: z.enum(["federated-credential", "password", "certificate"]),
        }),
    ),
    renamed: z.record(z.string(), z.string()).optional(),
});

const acceptance = { reason: z.string(), owner: z.string(), expires: z.string() };
const hop = z.looseObject({ from: z.string(), to: z.string(), edge: z.string(), words: z.string(), by: texts });
const finding = z.looseObject({
    rule: z.string(),
    urn: z.string(),
    message: z.string(),
    severity: z.enum(["low", "medium", "high", "critical"]),
    mandatory: z.boolean(),
    remediation: z.string(),
    url: z.string(),
    path: z.array(hop).optional(),
    cut: z.string().optional(),
    smaller: texts.optional(),
    accepted: z.strictObject(acceptance).optional(),
});

const uses = z.array(z.strictObject({ rule: z.string(), urn: z.string(), finding: z.string(), ...acceptance }));
const accessFile = z.strictObject({
    version: z.literal(1),
    model,
    findings: z.array(finding),
    exceptions: z.strictObject({ used: uses, unused: uses, expired: uses, expiring: uses }),
});

const parsed = (text: string, path: string): unknown => {
    try {
        return JSON.parse(text);
    } catch (error) {
        throw new Error(`${path} is no JSON: ${(error as Error).message}`, { cause: error });
    }
};

/**
 * Reads what the pack has written down of a stack.
 * @throws Error where the file is not there, is no JSON, or is not what the pack writes, naming the place
 */
export const readAccessFile = (path: string): AccessFile => {
    const read = accessFile.safeParse(parsed(readFileSync(path, "utf8"), path));
    if (read.success) return read.data as AccessFile;
    const [issue] = read.error.issues;
    throw new Error(`${path}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not what the pack writes"}`);
};
