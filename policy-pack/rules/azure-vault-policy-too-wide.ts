import { isListed } from "../pattern.ts";
import { rule } from "../rule.ts";

/** What a vault keeps. */
const KINDS = ["secrets", "keys", "certificates", "storage"] as const;

/**
 * Permissions that look at what a vault keeps, or use a key without getting it.
 * Source: https://learn.microsoft.com/azure/key-vault/general/rbac-migration
 */
const USES: ReadonlySet<string> = new Set([
    ...["get", "list", "getissuers", "listissuers", "getrotationpolicy", "getsas", "listsas"],
    ...["decrypt", "encrypt", "unwrapkey", "wrapkey", "sign", "verify"],
]);

const EVERYTHING: ReadonlySet<string> = new Set(["all", "*"]);

const listed = (names: readonly string[]): string => names.map(name => `'${name}'`).join(", ");

/** What is wrong with the permissions on one kind of what a vault keeps. */
const faultsOf = (kind: string, names: readonly string[]): readonly string[] => {
    const whole = names.find(name => EVERYTHING.has(name));
    if (whole !== undefined)
        return [`the policy allows everything with ${kind} ('${whole}'); expected the permissions that are used`];
    const more = names.filter(name => name !== "purge" && !USES.has(name));
    return [
        ...(names.includes("purge") ? [`the policy allows ${kind} to be destroyed for good ('purge')`] : []),
        ...(more.length > 0
            ? [`the policy allows more with ${kind} than to read or use them (${listed(more)}); expected less`]
            : []),
    ];
};

export const azureVaultPolicyTooWide = rule({
    name: "azure-vault-policy-too-wide",
    description: "An access policy of a key vault lets what is kept there be read or used, and no more.",
    severity: "high",
    controls: { mcsb: "PA-7" },
    remediationSteps:
        "List the permissions that the workload uses, mostly 'get' on secrets. Let roles decide instead, where an officer's work has a role of its own.",
    judges: "vault-policy",
    needs: ["permissions"],
    options: {
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "Permissions that policies may give beside those that read or use, as 'secrets/set' or by pattern.",
        },
    },
    check: ({ permissions }, { allowed }) =>
        KINDS.flatMap(kind => {
            const names = permissions.filter(each => each.startsWith(`${kind}/`) && !isListed(allowed, each));
            return faultsOf(kind, [...new Set(names.map(each => each.slice(kind.length + 1)))].sort());
        }),
});
