import type { IdentitySubject } from "../adapter/subject-identity.ts";
import { isListed } from "../pattern.ts";
import { rule } from "../rule.ts";

/** A cluster acts in the resource group of its machines, where Azure grants it what it needs. */
const managesCluster = ({ principal, hosts }: IdentitySubject): boolean =>
    hosts.some(
        ({ place, machines }) =>
            place.type === "microsoft.containerservice/managedclusters" && machines?.includes(principal.key) !== true,
    );

const faultsOf = (identity: IdentitySubject): string[] => {
    const { principal, hosts, entries, rights, mentions } = identity;
    const name = `identity '${principal.name}'`;
    if (mentions.length > 0) return [];
    if (hosts.length === 0 && entries.length === 0)
        return [`${name} is attached to no resource and no token signs in as it; expected a use, or no identity`];
    return rights.length === 0 && !managesCluster(identity)
        ? [`${name} holds no right in this stack; expected a grant, or no identity`]
        : [];
};

export const identityUnused = rule({
    name: "identity-unused",
    description: "A user-assigned identity has a workload and a right.",
    severity: "low",
    controls: { mcsb: "PA-4" },
    remediationSteps:
        "Delete the identity. List one that another stack attaches or grants rights to under 'elsewhere'.",
    judges: "identity",
    needs: [],
    options: {
        elsewhere: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Identities that other stacks use or grant rights to, by name or pattern.",
        },
    },
    check: (identity, { elsewhere }) => {
        const { principal, isMade } = identity;
        const isJudged = isMade && principal.kind === "user-assigned" && !isListed(elsewhere, principal.name);
        return isJudged ? faultsOf(identity) : [];
    },
});
