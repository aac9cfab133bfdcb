import { findRole } from "../../access/roles.ts";
import { azureVaultWithoutRoles } from "../../policy-pack/rules/azure-vault-without-roles.ts";
import { AZURE_ROLE_ASSIGNMENT, type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const vault = (properties: unknown): Declared => ({
    type: "azure-native:keyvault:Vault",
    name: "vault",
    props: { vaultName: "kv-a", properties },
});

const classic = (props: Declared["props"]): Declared => ({
    type: "azure:keyvault/keyVault:KeyVault",
    name: "vault",
    props,
});

const POLICY = { objectId: "11111111-0000-4000-8000-000000000001", permissions: { secrets: ["get"] } };
const DECIDED =
    "vault: access policies decide who reads the vault, so whoever may change it can let itself in; expected enableRbacAuthorization";

const policyOn = (of: Declared): Declared => ({
    type: "azure:keyvault/accessPolicy:AccessPolicy",
    name: "policy",
    props: { keyVaultId: UNKNOWN, objectId: UNKNOWN, secretPermissions: ["Get"] },
    links: { keyVaultId: [of] },
});

const roleOn = (of: Declared, role: string): Declared => ({
    type: AZURE_ROLE_ASSIGNMENT,
    name: "assignment",
    props: { principalId: UNKNOWN, roleDefinitionId: findRole(role).id, scope: UNKNOWN },
    links: { scope: [of] },
});

const BY_ROLES = vault({ enableRbacAuthorization: true });
const BY_POLICIES = vault({ enableRbacAuthorization: false });

testRule(azureVaultWithoutRoles, [
    {
        fact: "takes a vault that goes by roles, as each provider writes it",
        stack: [
            BY_ROLES,
            vault({ enableRbacAuthorization: "true", accessPolicies: [] }),
            classic({ enableRbacAuthorization: true }),
            classic({ rbacAuthorizationEnabled: true }),
        ],
    },
    {
        fact: "takes roles on a vault that goes by roles",
        stack: [BY_ROLES, roleOn(BY_ROLES, "Key Vault Secrets User")],
    },
    { fact: "finds a vault that goes by access policies", stack: [BY_POLICIES], finds: [DECIDED] },
    { fact: "finds a vault that does not say", stack: [classic({ accessPolicies: [POLICY] })], finds: [DECIDED] },
    { fact: "finds a vault without properties", stack: [vault(undefined)], finds: [DECIDED] },
    {
        fact: "finds access policies within a vault that goes by roles",
        stack: [vault({ enableRbacAuthorization: true, accessPolicies: [POLICY, POLICY] })],
        finds: ["vault: access policies (2) are of no effect, as roles decide; expected none"],
    },
    {
        fact: "finds an access policy that is a resource of its own on a vault that goes by roles",
        stack: [BY_ROLES, policyOn(BY_ROLES)],
        finds: ["vault: access policies (1) are of no effect, as roles decide; expected none"],
        findsOnResource: [],
    },
    {
        fact: "finds a role that opens secrets on a vault that goes by access policies, and takes one that does not",
        stack: [
            BY_POLICIES,
            roleOn(BY_POLICIES, "Key Vault Secrets User"),
            roleOn(BY_POLICIES, "Key Vault Contributor"),
        ],
        finds: [
            DECIDED,
            "vault: role 'Key Vault Secrets User' on the vault is of no effect, as access policies decide; expected enableRbacAuthorization",
        ],
        findsOnResource: [DECIDED],
    },
    {
        fact: "finds a vault of which it is not known what it goes by",
        stack: [vault({ enableRbacAuthorization: UNKNOWN })],
        finds: [
            "vault: cannot judge what decides who reads the vault: 'properties.enableRbacAuthorization' is not known before its resources exist",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a vault whose setting is neither true nor false",
        stack: [vault({ enableRbacAuthorization: "maybe" })],
        finds: [
            `vault: cannot judge what decides who reads the vault: 'enableRbacAuthorization' is "maybe"; expected true or false`,
        ],
    },
]);
