/** Services that take keys, passwords or accounts of their own beside the sign-ins of Entra. */
export interface KeyedService {
    readonly what: string;
    /** How its setting is read. */
    readonly by: "flags" | "api" | "modes" | "word";
    /** Types, each with what turns it off. */
    readonly types: Readonly<Record<string, string>>;
}

const DISABLE = "disableLocalAuth: true";
const LOCAL_AUTH = "localAuthEnabled: false";
const LOCAL_AUTHENTICATION = "localAuthenticationEnabled: false";

/**
 * What takes sign-ins besides those of Entra unless it is turned off.
 * Sources: https://www.pulumi.com/registry/packages/azure-native/api-docs/ and
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs
 */
export const KEYED_SERVICES: readonly KeyedService[] = [
    {
        what: "storage account",
        by: "flags",
        types: {
            "azure-native:storage:StorageAccount": "allowSharedKeyAccess: false",
            "azure:storage:Account": "sharedAccessKeyEnabled: false",
            "azurerm:StorageAccount": "sharedAccessKeyEnabled: false",
        },
    },
    {
        what: "Cosmos DB account",
        by: "api",
        types: {
            "azure-native:cosmosdb:DatabaseAccount": DISABLE,
            "azure-native:documentdb:DatabaseAccount": DISABLE,
            "azure:cosmosdb:Account": "localAuthenticationDisabled: true",
            "azurerm:CosmosdbAccount": "localAuthenticationDisabled: true",
        },
    },
    {
        what: "Service Bus namespace",
        by: "flags",
        types: {
            "azure-native:servicebus:Namespace": DISABLE,
            "azure:servicebus:Namespace": LOCAL_AUTH,
            "azurerm:ServicebusNamespace": LOCAL_AUTH,
        },
    },
    {
        what: "Event Hubs namespace",
        by: "flags",
        types: {
            "azure-native:eventhub:Namespace": DISABLE,
            "azure:eventhub:EventHubNamespace": LOCAL_AUTHENTICATION,
            "azurerm:EventhubNamespace": LOCAL_AUTHENTICATION,
        },
    },
    {
        what: "Event Grid topic or domain",
        by: "flags",
        types: {
            "azure-native:eventgrid:Domain": DISABLE,
            "azure-native:eventgrid:Topic": DISABLE,
            "azure:eventgrid:Domain": LOCAL_AUTH,
            "azure:eventgrid:Topic": LOCAL_AUTH,
            "azurerm:EventgridDomain": LOCAL_AUTH,
            "azurerm:EventgridTopic": LOCAL_AUTH,
        },
    },
    {
        what: "App Configuration store",
        by: "flags",
        types: {
            "azure-native:appconfiguration:ConfigurationStore": DISABLE,
            "azure:appconfiguration:ConfigurationStore": LOCAL_AUTH,
            "azurerm:AppConfiguration": LOCAL_AUTH,
        },
    },
    {
        what: "AI services account",
        by: "flags",
        types: {
            "azure-native:cognitiveservices:Account": DISABLE,
            "azure:cognitive:AIServices": LOCAL_AUTHENTICATION,
            "azure:cognitive:Account": LOCAL_AUTH,
            "azurerm:AiServices": LOCAL_AUTHENTICATION,
            "azurerm:CognitiveAccount": LOCAL_AUTH,
        },
    },
    {
        what: "search service",
        by: "flags",
        types: {
            "azure-native:search:Service": DISABLE,
            "azure:search:Service": LOCAL_AUTHENTICATION,
            "azurerm:SearchService": LOCAL_AUTHENTICATION,
        },
    },
    {
        what: "SignalR or Web PubSub service",
        by: "flags",
        types: {
            "azure-native:signalrservice:SignalR": DISABLE,
            "azure-native:webpubsub:WebPubSub": DISABLE,
            "azure:signalr:Service": LOCAL_AUTH,
            "azure:webpubsub:Service": LOCAL_AUTH,
            "azurerm:SignalrService": LOCAL_AUTH,
            "azurerm:WebPubsub": LOCAL_AUTH,
        },
    },
    {
        what: "IoT hub",
        by: "flags",
        types: {
            "azure-native:iothub:IotHubResource": DISABLE,
            "azure:iot:IoTHub": LOCAL_AUTHENTICATION,
            "azurerm:Iothub": LOCAL_AUTHENTICATION,
        },
    },
    {
        what: "Redis cache",
        by: "flags",
        types: {
            "azure-native:cache:Redis": "disableAccessKeyAuthentication: true",
            "azure-native:redis:Redis": "disableAccessKeyAuthentication: true",
            "azure:redis:Cache": "accessKeysAuthenticationEnabled: false",
            "azurerm:RedisCache": "accessKeysAuthenticationEnabled: false",
        },
    },
    {
        what: "Redis cache",
        by: "word",
        types: {
            "azure-native:cache:Database": "accessKeysAuthentication: 'Disabled'",
            "azure-native:redisenterprise:Database": "accessKeysAuthentication: 'Disabled'",
        },
    },
    {
        what: "Batch account",
        by: "modes",
        types: {
            "azure-native:batch:BatchAccount": "allowedAuthenticationModes without 'SharedKey'",
            "azure:batch:Account": "allowedAuthenticationModes without 'SharedKey'",
            "azurerm:BatchAccount": "allowedAuthenticationModes without 'SharedKey'",
        },
    },
    {
        what: "Kubernetes cluster",
        by: "flags",
        types: {
            "azure-native:containerservice:ManagedCluster": "disableLocalAccounts: true",
            "azure:containerservice:KubernetesCluster": "localAccountDisabled: true",
            "azurerm:KubernetesCluster": "localAccountDisabled: true",
        },
    },
];
