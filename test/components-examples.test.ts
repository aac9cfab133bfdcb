import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { listed, LOOK_UP, record } from "./setup/mock-engine.ts";

const EXAMPLES = join(import.meta.dirname, "../examples");
const CONFIG = {
    "azure-native:location": "westeurope",
    "azure-native:subscriptionId": "aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa",
    "azure-native:tenantId": "bbbbbbbb-0000-4000-8000-bbbbbbbbbbbb",
    "project:machine": JSON.stringify({
        sshPublicKey: "ssh-ed25519 AAAA",
        container:
            "/subscriptions/aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa/resourceGroups/rg-orders/providers/Microsoft.Storage/storageAccounts/storders/blobServices/default/containers/orders",
    }),
};

const MADE: Readonly<Record<string, readonly string[]>> = {
    "function-app": [
        "azure-native:authorization:RoleAssignment mailer-Key-Vault-Secrets-User-kv-mailer-stack-cecf40",
        "azure-native:authorization:RoleAssignment mailer-Storage-Blob-Data-Owner-stfuncmailerstack-449c9b",
        "azure-native:keyvault:Vault secrets",
        "azure-native:resources:ResourceGroup group",
        "azure-native:storage:BlobContainer mailer-packages",
        "azure-native:storage:StorageAccount mailer-storage",
        "azure-native:web:AppServicePlan mailer-plan",
        "azure-native:web:WebApp mailer-app",
        "azuread:index/appRoleAssignment:AppRoleAssignment mailer-graph-Mail.Send",
        "leastwise:index:ApiGrants mailer-graph",
        "leastwise:index:AzureGrants mailer",
        "leastwise:index:FunctionApp mailer",
        "leastwise:index:ManagedIdentity mailer",
    ],
    "own-api": [
        "azure-native:managedidentity:UserAssignedIdentity billing-identity",
        "azure-native:resources:ResourceGroup group",
        "azuread:index/appRoleAssignment:AppRoleAssignment billing-orders-Orders.Read",
        "azuread:index/application:Application orders",
        "azuread:index/servicePrincipal:ServicePrincipal orders",
        "leastwise:index:ApiGrants billing-orders",
        "leastwise:index:ManagedIdentity billing",
    ],
    "virtual-machine": [
        "azure-native:authorization:RoleAssignment batch-Storage-Blob-Data-Reader-orders-b563c6",
        "azure-native:compute:VirtualMachine batch",
        "azure-native:managedidentity:UserAssignedIdentity batch-identity",
        "azure-native:network:NetworkInterface card",
        "azure-native:network:VirtualNetwork network",
        "azure-native:resources:ResourceGroup group",
        "leastwise:index:AzureGrants batch",
        "leastwise:index:ManagedIdentity batch",
    ],
};

describe("the examples", () => {
    it("are all listed here", () => {
        assert.deepEqual(readdirSync(EXAMPLES).sort(), Object.keys(MADE));
    });

    for (const [name, made] of Object.entries(MADE)) {
        it(`make what they say and nothing else: ${name}`, async () => {
            const recorded = await record(() => import(join(EXAMPLES, name, "index.ts")), {
                answers: LOOK_UP,
                config: CONFIG,
            });
            assert.deepEqual(listed(recorded), made);
        });
    }
});
