/** Resource types of command groups of the Azure CLI, reviewed against Microsoft's list of operations. */
export const CLI_GROUPS: Readonly<Record<string, string>> = Object.fromEntries(
    `
vm Microsoft.Compute/virtualMachines
vm extension Microsoft.Compute/virtualMachines/extensions
vm availability-set Microsoft.Compute/availabilitySets
vmss Microsoft.Compute/virtualMachineScaleSets
disk Microsoft.Compute/disks
snapshot Microsoft.Compute/snapshots
image Microsoft.Compute/images
group Microsoft.Resources/subscriptions/resourceGroups
deployment group Microsoft.Resources/deployments
deployment sub Microsoft.Resources/deployments
tag Microsoft.Resources/tags
lock Microsoft.Authorization/locks
role assignment Microsoft.Authorization/roleAssignments
role definition Microsoft.Authorization/roleDefinitions
policy assignment Microsoft.Authorization/policyAssignments
policy definition Microsoft.Authorization/policyDefinitions
storage account Microsoft.Storage/storageAccounts
storage share-rm Microsoft.Storage/storageAccounts/fileServices/shares
storage container Microsoft.Storage/storageAccounts/blobServices/containers
storage blob Microsoft.Storage/storageAccounts/blobServices/containers/blobs
network nic Microsoft.Network/networkInterfaces
network nsg Microsoft.Network/networkSecurityGroups
network nsg rule Microsoft.Network/networkSecurityGroups/securityRules
network public-ip Microsoft.Network/publicIPAddresses
network vnet Microsoft.Network/virtualNetworks
network vnet subnet Microsoft.Network/virtualNetworks/subnets
network lb Microsoft.Network/loadBalancers
network application-gateway Microsoft.Network/applicationGateways
network private-endpoint Microsoft.Network/privateEndpoints
network route-table Microsoft.Network/routeTables
keyvault Microsoft.KeyVault/vaults
webapp Microsoft.Web/sites
functionapp Microsoft.Web/sites
appservice plan Microsoft.Web/serverfarms
sql server Microsoft.Sql/servers
sql db Microsoft.Sql/servers/databases
sql mi Microsoft.Sql/managedInstances
cosmosdb Microsoft.DocumentDB/databaseAccounts
redis Microsoft.Cache/redis
aks Microsoft.ContainerService/managedClusters
aks nodepool Microsoft.ContainerService/managedClusters/agentPools
acr Microsoft.ContainerRegistry/registries
container Microsoft.ContainerInstance/containerGroups
containerapp Microsoft.App/containerApps
containerapp job Microsoft.App/jobs
identity Microsoft.ManagedIdentity/userAssignedIdentities
automation account Microsoft.Automation/automationAccounts
automation runbook Microsoft.Automation/automationAccounts/runbooks
automation schedule Microsoft.Automation/automationAccounts/schedules
monitor action-group Microsoft.Insights/actionGroups
monitor diagnostic-settings Microsoft.Insights/diagnosticSettings
monitor log-analytics workspace Microsoft.OperationalInsights/workspaces
logic workflow Microsoft.Logic/workflows
eventhubs namespace Microsoft.EventHub/namespaces
servicebus namespace Microsoft.ServiceBus/namespaces
desktopvirtualization hostpool Microsoft.DesktopVirtualization/hostPools
desktopvirtualization applicationgroup Microsoft.DesktopVirtualization/applicationGroups
desktopvirtualization application Microsoft.DesktopVirtualization/applicationGroups/applications
desktopvirtualization workspace Microsoft.DesktopVirtualization/workspaces
backup vault Microsoft.RecoveryServices/vaults
`
        .trim()
        .split("\n")
        .map(line => {
            const at = line.lastIndexOf(" ");
            return [line.slice(0, at), line.slice(at + 1)];
        }),
);

/** Commands whose actions do not follow from group and verb. */
export const CLI_COMMANDS: Readonly<Record<string, readonly string[]>> = {
    "vm deallocate": ["Microsoft.Compute/virtualMachines/deallocate/action"],
    "vm stop": ["Microsoft.Compute/virtualMachines/powerOff/action"],
    "vm get-instance-view": ["Microsoft.Compute/virtualMachines/instanceView/read"],
    "vm run-command invoke": ["Microsoft.Compute/virtualMachines/runCommand/action"],
    "vm resize": ["Microsoft.Compute/virtualMachines/write"],
    "vm extension set": ["Microsoft.Compute/virtualMachines/extensions/write"],
    "vmss stop": ["Microsoft.Compute/virtualMachineScaleSets/powerOff/action"],
    "vmss scale": ["Microsoft.Compute/virtualMachineScaleSets/write"],
    "storage account keys list": ["Microsoft.Storage/storageAccounts/listKeys/action"],
    "storage account keys renew": ["Microsoft.Storage/storageAccounts/regenerateKey/action"],
    "storage blob upload": ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write"],
    "storage blob download": ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"],
    "keyvault secret show": ["Microsoft.KeyVault/vaults/secrets/getSecret/action"],
    "keyvault secret list": ["Microsoft.KeyVault/vaults/secrets/readMetadata/action"],
    "keyvault secret set": ["Microsoft.KeyVault/vaults/secrets/setSecret/action"],
    "webapp config appsettings list": ["Microsoft.Web/sites/config/list/action"],
    "webapp config appsettings set": ["Microsoft.Web/sites/config/list/action", "Microsoft.Web/sites/config/write"],
    "functionapp config appsettings list": ["Microsoft.Web/sites/config/list/action"],
    "functionapp config appsettings set": [
        "Microsoft.Web/sites/config/list/action",
        "Microsoft.Web/sites/config/write",
    ],
    "aks get-credentials": ["Microsoft.ContainerService/managedClusters/listClusterUserCredential/action"],
    "aks scale": ["Microsoft.ContainerService/managedClusters/agentPools/write"],
    "automation runbook start": ["Microsoft.Automation/automationAccounts/jobs/write"],
    "resource list": ["Microsoft.Resources/subscriptions/resources/read"],
    "graph query": ["Microsoft.ResourceGraph/resources/read"],
    "monitor activity-log list": ["Microsoft.Insights/eventtypes/values/Read"],
    "monitor metrics list": ["Microsoft.Insights/metrics/read"],
    "monitor log-analytics query": ["Microsoft.OperationalInsights/workspaces/query/read"],
    "costmanagement query": ["Microsoft.CostManagement/query/action"],
    "desktopvirtualization hostpool retrieve-registration-token": [
        "Microsoft.DesktopVirtualization/hostPools/retrieveRegistrationToken/action",
    ],
};

/** Groups of `az ad`, which go to Microsoft Graph. */
export const CLI_GRAPH: Readonly<Record<string, string>> = {
    "ad user": "/users",
    "ad group": "/groups",
    "ad sp": "/servicePrincipals",
    "ad app": "/applications",
};
