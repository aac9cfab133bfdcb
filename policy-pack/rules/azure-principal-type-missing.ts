import type { AzureGrantSubject } from "../adapter/subject-grants.ts";
import { rule } from "../rule.ts";

type Principal = Pick<AzureGrantSubject, "holder" | "principalIsIdentity">;

const isIdentity = ({ holder, principalIsIdentity }: Principal, identities: readonly string[]): boolean =>
    principalIsIdentity || identities.some(id => holder.key.toLowerCase() === `object:${id.toLowerCase()}`);

export const azurePrincipalTypeMissing = rule({
    name: "azure-principal-type-missing",
    description: "A role assignment says what type of principal it is for.",
    severity: "low",
    controls: { mcsb: "IM-3" },
    remediationSteps: "Set principalType to ServicePrincipal for an identity, to Group or User for people.",
    judges: "azure-grant",
    needs: ["principalType"],
    options: {
        identities: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "Object ids of identities. A single resource does not show what its principal is; these, the level 'remediate' mends.",
        },
    },
    check: (subject, { identities }) => {
        const { principalType, waitsForPrincipal } = subject;
        if (waitsForPrincipal) return [];
        if (principalType === undefined)
            return [
                "principalType is missing, so a fresh identity is refused; expected ServicePrincipal, Group or User",
            ];
        return isIdentity(subject, identities) && principalType.toLowerCase() !== "serviceprincipal"
            ? [
                  `principalType of an identity is '${principalType}', which azure-native also fills in for none; expected ServicePrincipal`,
              ]
            : [];
    },
    remediate: (subject, { identities }) =>
        isIdentity(subject, identities) ? { principalType: "ServicePrincipal" } : undefined,
});
