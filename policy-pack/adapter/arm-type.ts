import type { PlainResource } from "./resource.ts";

/**
 * Types of azure-native whose Azure name is not the plural of their own.
 * Source: https://www.pulumi.com/registry/packages/azure-native/api-docs/
 */
const NATIVE: Readonly<Record<string, string>> = {
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
const PROVIDERS: Readonly<Record<string, string>> = {
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
const TERRAFORM: Readonly<Record<string, string>> = {
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
const CLASSIC: Readonly<Record<string, string>> = {
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

const plural = (word: string): string => {
    if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
    return /(s|x|ch)$/.test(word) ? `${word}es` : `${word}s`;
};

const listed = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
    Object.hasOwn(table, key) ? table[key] : undefined;

const ofToken = (token: string): string | undefined => {
    const [pack = "", module = "", name = ""] = token.split(":");
    if (pack === "azure-native") {
        const type = listed(NATIVE, `${module}:${name}`) ?? plural(name.toLowerCase());
        return `microsoft.${listed(PROVIDERS, module) ?? module}/${type}`;
    }
    if (pack === "azurerm") return listed(TERRAFORM, module);
    return pack === "azure" ? listed(TERRAFORM, listed(CLASSIC, `${module}:${name}`) ?? name) : undefined;
};

const TYPE = /^microsoft\.[\w.]+(\/\w+)+$/i;

/** The Azure type of a resource, in lower case as in its id; undefined where only Azure would tell. */
export const armTypeOf = (resource: PlainResource): string | undefined => {
    const told = resource.token?.startsWith("azure-native:") ? resource.outputText("type") : undefined;
    if (told !== undefined && TYPE.test(told)) return told.toLowerCase();
    return resource.token === undefined ? undefined : ofToken(resource.token)?.toLowerCase();
};

const WORDS = /[A-Z][a-z0-9]*/g;
const OWN_NAMES: Readonly<Record<string, string>> = {
    VirtualMachine: "vmName",
    VirtualMachineScaleSet: "vmScaleSetName",
    WebAppSlot: "slot",
};

const lowerFirst = (word: string): string => word.slice(0, 1).toLowerCase() + word.slice(1);

const nameKeys = new Map<string, readonly string[]>();

const nameKeysOf = (type: string): readonly string[] => {
    const known = nameKeys.get(type);
    if (known !== undefined) return known;
    const last = type.match(WORDS)?.at(-1) ?? type;
    const own = listed(OWN_NAMES, type);
    const keys =
        own === undefined ? [`${lowerFirst(type)}Name`, `${lowerFirst(last)}Name`, "resourceName", "name"] : [own];
    nameKeys.set(type, keys);
    return keys;
};

/** The name that Azure knows a resource by, where it is known: `aa-nightly`. */
export const azureNameOf = (resource: PlainResource): string | undefined => {
    for (const key of nameKeysOf(resource.token?.split(":").at(-1) ?? "")) {
        const text = resource.has(key) ? resource.text(key) : undefined;
        if (typeof text === "string") return text;
    }
    return resource.outputText("name");
};
