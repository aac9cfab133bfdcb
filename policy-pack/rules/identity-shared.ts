import type { Right } from "../../access/model.ts";
import type { IdentitySubject } from "../adapter/subject-identity.ts";
import { isListed } from "../pattern.ts";
import { rule } from "../rule.ts";
import { outsiderOf, type Workload, workloadOf } from "../workload-kind.ts";

const wordsOf = ({ kind, name }: Workload): string => `${kind} '${name}'`;

/** Pipelines are told apart by whose code they run; resources by their kind alone, as several may well do the same. */
const needOf = ({ kind, name }: Workload): string => (kind === "pipeline" ? name : kind);

const isOfControlPlane = ({ tier }: Right): boolean => tier === 0;

const faultsOf = ({ principal, hosts, entries, rights }: IdentitySubject): string[] => {
    const workloads = [
        ...hosts.flatMap(each => workloadOf(each) ?? []),
        ...entries.flatMap(each => outsiderOf(each) ?? []),
    ];
    const names = [...new Set(workloads.map(wordsOf))].sort();
    const name = `identity '${principal.name}'`;
    if (new Set(workloads.map(needOf)).size > 1)
        return [`${name} acts for unlike workloads, ${names.join(", ")}; expected an identity each`];
    return names.length > 1 && rights.some(isOfControlPlane)
        ? [`${name} holds a right of the control plane and acts for ${names.join(", ")}; expected one workload`]
        : [];
};

export const identityShared = rule({
    name: "identity-shared",
    description: "An identity is that of one workload, or of several alike.",
    severity: "medium",
    controls: { mcsb: "PA-7" },
    remediationSteps: "Give each workload an identity of its own, with just the rights that it needs.",
    judges: "identity",
    needs: [],
    options: {
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Identities that unlike workloads may share, by name or pattern.",
        },
    },
    check: (identity, { allowed }) =>
        identity.rights.length === 0 || isListed(allowed, identity.principal.name) ? [] : faultsOf(identity),
});
