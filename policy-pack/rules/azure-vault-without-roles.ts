import { rule } from "../rule.ts";

const EXPECTED = "expected enableRbacAuthorization";

export const azureVaultWithoutRoles = rule({
    name: "azure-vault-without-roles",
    description: "Roles decide who reads a key vault, and nothing is given on it in the way that it does not go by.",
    severity: "medium",
    controls: { mcsb: "PA-7", cis: "8.6" },
    remediationSteps:
        "Set enableRbacAuthorization to true, assign a role such as Key Vault Secrets User on the vault for each access policy, and delete the policies.",
    judges: "vault",
    needs: ["usesRoles"],
    options: {},
    check: ({ usesRoles, policies, roles }) => {
        if (usesRoles)
            return policies === 0
                ? []
                : [`access policies (${String(policies)}) are of no effect, as roles decide; expected none`];
        return [
            `access policies decide who reads the vault, so whoever may change it can let itself in; ${EXPECTED}`,
            ...roles.map(role => `role '${role}' on the vault is of no effect, as access policies decide; ${EXPECTED}`),
        ];
    },
});
