/**
 * Types of azure-native whose Azure name is not the plural of their own.
 * Source: https://www.pulumi.com/registry/packages/azure-native/api-docs/
 */
export const NATIVE: Readonly<Record<string, string>> = {
    "app:ContainerAppsAuthConfig": "containerapps/authconfigs",
    "automation:Certificate": "automationaccounts/certificates",
    "automation:Connection": "automationaccounts/connections",
    "automation:Credential": "automationaccounts/credentials",
    "automation:JobSchedule": "automationaccounts/jobschedules",
    "automation:Module": "automationaccounts/modules",
    "automation:Runbook": "automationaccounts/runbooks",
    "automation:RuntimeEnvironment": "automationaccounts/runtimeenvironments",
    "automation:Schedule": "automationaccounts/schedules",
    "automation:Variable": "automationaccounts/variables",
    "automation:Webhook": "automationaccounts/webhooks",
    "batch:Pool": "batchaccounts/pools",
    "cache:Redis": "redis",
    "containerservice:AgentPool": "managedclusters/agentpools",
    "eventhub:EventHub": "namespaces/eventhubs",
    "keyvault:Key": "vaults/keys",
    "keyvault:Secret": "vaults/secrets",
    "managedidentity:FederatedIdentityCredential": "userassignedidentities/federatedidentitycredentials",
    "network:Subnet": "virtualnetworks/subnets",
    "redis:Redis": "redis",
    "resources:AzureCliScript": "deploymentscripts",
    "resources:AzurePowerShellScript": "deploymentscripts",
    "servicebus:Queue": "namespaces/queues",
    "servicebus:Topic": "namespaces/topics",
    "sql:Database": "servers/databases",
    "storage:BlobContainer": "storageaccounts/blobservices/containers",
    "storage:FileShare": "storageaccounts/fileservices/shares",
    "storage:Queue": "storageaccounts/queueservices/queues",
    "storage:Table": "storageaccounts/tableservices/tables",
    "web:AppServicePlan": "serverfarms",
    "web:StaticSite": "staticsites",
    "web:WebApp": "sites",
    "web:WebAppFunction": "sites/functions",
    "web:WebAppSlot": "sites/slots",
};

/** Modules of azure-native that are not named as their resource provider. */
export const PROVIDERS: Readonly<Record<string, string>> = {
    applicationinsights: "insights",
    cosmosdb: "documentdb",
    dns: "network",
    monitor: "insights",
    privatedns: "network",
    redis: "cache",
};

const SITES = "microsoft.web/sites";
const MACHINES = "microsoft.compute/virtualmachines";
const SCALE_SETS = "microsoft.compute/virtualmachinescalesets";

/** Resources as Terraform's azurerm names them. Source: https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs */
export const TERRAFORM: Readonly<Record<string, string>> = {
    ApiManagement: "microsoft.apimanagement/service",
    AppService: SITES,
    AutomationAccount: "microsoft.automation/automationaccounts",
    BatchAccount: "microsoft.batch/batchaccounts",
    CognitiveAccount: "microsoft.cognitiveservices/accounts",
    ContainerApp: "microsoft.app/containerapps",
    ContainerAppJob: "microsoft.app/jobs",
    ContainerGroup: "microsoft.containerinstance/containergroups",
    ContainerRegistry: "microsoft.containerregistry/registries",
    CosmosdbAccount: "microsoft.documentdb/databaseaccounts",
    DataFactory: "microsoft.datafactory/factories",
    DatabricksWorkspace: "microsoft.databricks/workspaces",
    EventhubNamespace: "microsoft.eventhub/namespaces",
    FunctionApp: SITES,
    FunctionAppFlexConsumption: SITES,
    KeyVault: "microsoft.keyvault/vaults",
    KubernetesCluster: "microsoft.containerservice/managedclusters",
    LinuxFunctionApp: SITES,
    LinuxFunctionAppSlot: `${SITES}/slots`,
    LinuxVirtualMachine: MACHINES,
    LinuxVirtualMachineScaleSet: SCALE_SETS,
    LinuxWebApp: SITES,
    LinuxWebAppSlot: `${SITES}/slots`,
    LogAnalyticsWorkspace: "microsoft.operationalinsights/workspaces",
    LogicAppStandard: SITES,
    LogicAppWorkflow: "microsoft.logic/workflows",
    MachineLearningWorkspace: "microsoft.machinelearningservices/workspaces",
    MssqlServer: "microsoft.sql/servers",
    OrchestratedVirtualMachineScaleSet: SCALE_SETS,
    SearchService: "microsoft.search/searchservices",
    ServicebusNamespace: "microsoft.servicebus/namespaces",
    StorageAccount: "microsoft.storage/storageaccounts",
    StorageContainer: "microsoft.storage/storageaccounts/blobservices/containers",
    SynapseWorkspace: "microsoft.synapse/workspaces",
    UserAssignedIdentity: "microsoft.managedidentity/userassignedidentities",
    VirtualMachine: MACHINES,
    WindowsFunctionApp: SITES,
    WindowsFunctionAppSlot: `${SITES}/slots`,
    WindowsVirtualMachine: MACHINES,
    WindowsVirtualMachineScaleSet: SCALE_SETS,
    WindowsWebApp: SITES,
    WindowsWebAppSlot: `${SITES}/slots`,
};

/** Names that classic azure gives to the same. */
export const CLASSIC: Readonly<Record<string, string>> = {
    "apimanagement:Service": "ApiManagement",
    "automation:Account": "AutomationAccount",
    "batch:Account": "BatchAccount",
    "cognitive:Account": "CognitiveAccount",
    "compute:ScaleSet": "LinuxVirtualMachineScaleSet",
    "containerapp:App": "ContainerApp",
    "containerapp:Job": "ContainerAppJob",
    "containerservice:Group": "ContainerGroup",
    "containerservice:Registry": "ContainerRegistry",
    "cosmosdb:Account": "CosmosdbAccount",
    "databricks:Workspace": "DatabricksWorkspace",
    "datafactory:Factory": "DataFactory",
    "eventhub:EventHubNamespace": "EventhubNamespace",
    "logicapps:Standard": "LogicAppStandard",
    "logicapps:Workflow": "LogicAppWorkflow",
    "machinelearning:Workspace": "MachineLearningWorkspace",
    "mssql:Server": "MssqlServer",
    "operationalinsights:AnalyticsWorkspace": "LogAnalyticsWorkspace",
    "search:Service": "SearchService",
    "servicebus:Namespace": "ServicebusNamespace",
    "storage:Account": "StorageAccount",
    "storage:Container": "StorageContainer",
    "synapse:Workspace": "SynapseWorkspace",
};

/** What a table says of a key of its own. */
export const listed = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
    Object.hasOwn(table, key) ? table[key] : undefined;
