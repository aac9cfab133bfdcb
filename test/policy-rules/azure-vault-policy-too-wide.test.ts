import { azureVaultPolicyTooWide } from "../../policy-pack/rules/azure-vault-policy-too-wide.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const OBJECT_ID = "11111111-0000-4000-8000-000000000001";

const policy = (permissions: unknown, objectId: unknown = OBJECT_ID): Declared => ({
    type: "azure-native:keyvault/v20230701:AccessPolicy",
    name: "policy",
    props: { vaultName: "kv-a", policy: { objectId, tenantId: "t", permissions } },
});

const vault = (accessPolicies: unknown, more: object = {}): Declared => ({
    type: "azure-native:keyvault:Vault",
    name: "vault",
    props: { properties: { tenantId: "t", accessPolicies, ...more } },
});

const classic = (props: Declared["props"]): Declared => ({
    type: "azure:keyvault/accessPolicy:AccessPolicy",
    name: "policy",
    props: { keyVaultId: UNKNOWN, objectId: UNKNOWN, ...props },
});

const EVERYTHING = "policy: the policy allows everything with secrets ('all'); expected the permissions that are used";

testRule(azureVaultPolicyTooWide, [
    {
        fact: "takes a policy that reads secrets and uses keys, whoever it is for",
        stack: [
            policy({
                secrets: ["Get", "list"],
                keys: ["get", "wrapKey", "unwrapKey", "getRotationPolicy"],
                certificates: ["get", "listIssuers"],
            }),
            { ...policy({ secrets: ["get"] }, UNKNOWN), name: "late" },
        ],
    },
    { fact: "takes a policy that allows nothing", stack: [policy({ secrets: [], keys: [] }), policy(undefined)] },
    { fact: "finds everything", stack: [policy({ secrets: ["all"] })], finds: [EVERYTHING] },
    { fact: "finds everything in any case", stack: [policy({ secrets: ["All"], keys: ["get"] })], finds: [EVERYTHING] },
    { fact: "finds everything as a text in place of a list", stack: [policy({ secrets: "all" })], finds: [EVERYTHING] },
    {
        fact: "finds everything for a principal that is not known yet",
        stack: [policy({ secrets: ["all"] }, UNKNOWN)],
        finds: [EVERYTHING],
    },
    {
        fact: "finds what destroys and what changes, of each kind",
        stack: [
            policy({ secrets: ["get", "set", "delete", "purge"], keys: ["purge"], certificates: ["manageIssuers"] }),
        ],
        finds: [
            "policy: the policy allows secrets to be destroyed for good ('purge')",
            "policy: the policy allows more with secrets than to read or use them ('delete', 'set'); expected less",
            "policy: the policy allows keys to be destroyed for good ('purge')",
            "policy: the policy allows more with certificates than to read or use them ('manageissuers'); expected less",
        ],
    },
    {
        fact: "finds a policy within a vault, each of several, and one written as a single block",
        stack: [
            vault([
                { objectId: OBJECT_ID, permissions: { secrets: ["set"] } },
                { objectId: OBJECT_ID, permissions: { keys: ["purge"] } },
            ]),
            {
                type: "azurerm:index/keyVault:KeyVault",
                name: "bridged",
                props: {
                    access_policies: undefined,
                    accessPolicies: { objectId: OBJECT_ID, keyPermissions: ["Purge"] },
                },
            },
        ],
        finds: [
            "bridged: the policy allows keys to be destroyed for good ('purge')",
            "vault: the policy allows keys to be destroyed for good ('purge')",
            "vault: the policy allows more with secrets than to read or use them ('set'); expected less",
        ],
    },
    {
        fact: "takes a policy within a vault that goes by roles, as it is of no effect",
        stack: [
            vault([{ objectId: OBJECT_ID, permissions: { secrets: ["all"] } }], { enableRbacAuthorization: true }),
            vault([{ objectId: OBJECT_ID, permissions: { secrets: ["all"] } }], { enableRbacAuthorization: "True" }),
        ],
    },
    {
        fact: "finds a policy within a vault of which it is not known what it goes by",
        stack: [
            vault([{ objectId: OBJECT_ID, permissions: { secrets: ["purge"] } }], { enableRbacAuthorization: UNKNOWN }),
        ],
        finds: ["vault: the policy allows secrets to be destroyed for good ('purge')"],
    },
    {
        fact: "finds what classic azure calls by other names",
        stack: [classic({ secretPermissions: ["Get", "Purge"], storagePermissions: ["RegenerateKey"] })],
        finds: [
            "policy: the policy allows secrets to be destroyed for good ('purge')",
            "policy: the policy allows more with storage than to read or use them ('regeneratekey'); expected less",
        ],
    },
    {
        fact: "takes what is allowed, by name or pattern",
        stack: [policy({ secrets: ["get", "set", "delete"], certificates: ["import", "purge"] })],
        config: { allowed: ["secrets/Set", "secrets/delete", "certificates/*"] },
    },
    {
        fact: "finds permissions that are not known",
        stack: [policy({ secrets: UNKNOWN }), classic({ secretPermissions: [UNKNOWN] })],
        finds: [
            "policy: cannot judge the permissions: 'policy.permissions.secrets' is not known before its resources exist",
            "policy: cannot judge the permissions: 'secretPermissions.0' is not known before its resources exist",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds permissions that are no list of texts",
        stack: [policy({ secrets: [7] })],
        finds: ["policy: cannot judge the permissions: 'permissions.secrets' is no list of texts"],
    },
]);
