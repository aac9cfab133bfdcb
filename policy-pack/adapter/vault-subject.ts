import { isDecided, type Right, type RoleRight } from "../../access/model.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import type { VaultSubject } from "./subject-grants.ts";
import { policiesWithin, usesRoles, vaultOf } from "./vault.ts";
import { Unknown } from "./value.ts";

export const VAULT_TOKENS = ["azure-native:keyvault:Vault", "azure:keyvault:KeyVault", "azurerm:KeyVault"];
const POLICY_TOKENS = [
    "azure-native:keyvault:AccessPolicy",
    "azure:keyvault:AccessPolicy",
    "azurerm:KeyVaultAccessPolicy",
];

const ownPolicies = (resource: PlainResource): number => {
    const policies = policiesWithin(resource);
    if (policies === undefined || policies === null || policies instanceof Unknown) return 0;
    return Array.isArray(policies) ? policies.length : 1;
};

const policiesOf = ({ urn }: PlainResource, defined: StackDefinitions): number =>
    defined.ofTypes(...POLICY_TOKENS).filter(policy => vaultOf(policy, defined).urn === urn).length;

const OF_VAULTS = /^microsoft\.keyvault\//i;

const opensVaults = (right: Right): right is RoleRight =>
    right.kind === "role" &&
    isDecided(right.definition) &&
    right.definition.permissions.some(({ dataActions }) => dataActions.some(action => OF_VAULTS.test(action)));

const rolesOn = ({ urn }: PlainResource, { model }: StackDefinitions): readonly string[] => [
    ...new Set(
        model.rights
            .filter(opensVaults)
            .filter(({ scope }) => isDecided(scope) && scope.urn === urn)
            .flatMap(({ role }) => (isDecided(role) ? role : [])),
    ),
];

/** Reads by what a key vault decides who may read it. */
export const readVault = (resource: PlainResource, defined: StackDefinitions): VaultSubject => ({
    kind: "vault",
    usesRoles: usesRoles(resource),
    policies: ownPolicies(resource) + (defined.isWhole ? policiesOf(resource, defined) : 0),
    roles: defined.isWhole ? rolesOn(resource, defined) : [],
});
