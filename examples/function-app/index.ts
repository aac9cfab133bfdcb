import { Vault } from "@pulumi/azure-native/keyvault/vault.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import { Config, getStack } from "@pulumi/pulumi";
// In a project of your own: from "leastwise/components".
import { ApiGrants, AzureGrants, FunctionApp, ManagedIdentity } from "../../components/index.ts";

const azure = new Config("azure-native");
const subscription = azure.require("subscriptionId");
const location = azure.require("location");
const tenantId = azure.require("tenantId");
const group = `rg-mailer-${getStack()}`;
const vaultName = `kv-mailer-${getStack()}`;

const resourceGroup = new ResourceGroup("group", { resourceGroupName: group, location });
const resourceGroupName = resourceGroup.name;

const app = new FunctionApp("mailer", {
    subscription,
    group,
    resourceGroupName,
    location,
    appName: `func-mailer-${getStack()}`,
});

const vault = new Vault("secrets", {
    resourceGroupName,
    vaultName,
    location,
    properties: { tenantId, enableRbacAuthorization: true, sku: { family: "A", name: "standard" } },
});

// Any other resource with a system-assigned identity goes here just as well.
const { principalId } = new ManagedIdentity("mailer", { systemAssignedOf: app });

new ApiGrants("mailer-graph", {
    principalId,
    permissions: [{ permission: "Mail.Send", reason: "Sends the nightly report" }],
    adopt: true,
});

new AzureGrants("mailer", {
    principalId,
    grants: [
        app.hostGrant,
        {
            role: "Key Vault Secrets User",
            scope: `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/${vaultName}`,
            scopeResource: vault,
            reason: "Reads the address list",
        },
    ],
    adopt: true,
});

export { principalId };
