import { VirtualMachine } from "@pulumi/azure-native/compute/virtualMachine.js";
import { NetworkInterface } from "@pulumi/azure-native/network/networkInterface.js";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import { Config, getStack } from "@pulumi/pulumi";
// In a project of your own: from "leastwise/components".
import { AzureGrants, ManagedIdentity } from "../../components/index.ts";

const azure = new Config("azure-native");
const location = azure.require("location");
const { sshPublicKey, container } = new Config().requireObject<{ sshPublicKey: string; container: string }>("machine");

const resourceGroup = new ResourceGroup("group", { resourceGroupName: `rg-batch-${getStack()}`, location });
const resourceGroupName = resourceGroup.name;

const identity = new ManagedIdentity("batch", {
    userAssigned: { resourceGroupName, identityName: `id-batch-${getStack()}`, location },
});

const network = new VirtualNetwork("network", {
    resourceGroupName,
    location,
    addressSpace: { addressPrefixes: ["10.0.0.0/24"] },
    subnets: [{ name: "machines", addressPrefix: "10.0.0.0/25" }],
});

const card = new NetworkInterface("card", {
    resourceGroupName,
    location,
    ipConfigurations: [{ name: "main", subnet: { id: network.id.apply(id => `${id}/subnets/machines`) } }],
});

new VirtualMachine("batch", {
    resourceGroupName,
    location,
    // A container app, a web site, a scale set and most other resources take the same.
    identity: identity.attachment,
    hardwareProfile: { vmSize: "Standard_B1s" },
    networkProfile: { networkInterfaces: [{ id: card.id, primary: true }] },
    osProfile: {
        computerName: "batch",
        adminUsername: "azureuser",
        linuxConfiguration: {
            disablePasswordAuthentication: true,
            ssh: { publicKeys: [{ keyData: sshPublicKey, path: "/home/azureuser/.ssh/authorized_keys" }] },
        },
    },
    storageProfile: {
        osDisk: { createOption: "FromImage", managedDisk: { storageAccountType: "Standard_LRS" } },
        imageReference: {
            publisher: "Canonical",
            offer: "ubuntu-24_04-lts",
            sku: "server",
            version: "latest",
        },
    },
});

new AzureGrants("batch", {
    principalId: identity.principalId,
    grants: [{ role: "Storage Blob Data Reader", scope: container, reason: "Reads the day's orders" }],
    adopt: true,
});

export const { principalId, clientId } = identity;
