import { rule } from "../rule.ts";

export const azurePrincipalTypeMissing = rule({
    name: "azure-principal-type-missing",
    description: "A role assignment says what type of principal it is for.",
    severity: "low",
    controls: { mcsb: "IM-3" },
    remediationSteps: "Set principalType to ServicePrincipal for an identity, to Group or User for people.",
    judges: "azure-grant",
    needs: ["principalType"],
    options: {},
    check: ({ principalType, principalIsIdentity, waitsForPrincipal }) => {
        if (waitsForPrincipal) return [];
        if (principalType === undefined)
            return [
                "principalType is missing, so a fresh identity is refused; expected ServicePrincipal, Group or User",
            ];
        return principalIsIdentity && principalType.toLowerCase() !== "serviceprincipal"
            ? [
                  `principalType of an identity is '${principalType}', which azure-native also fills in for none; expected ServicePrincipal`,
              ]
            : [];
    },
});
