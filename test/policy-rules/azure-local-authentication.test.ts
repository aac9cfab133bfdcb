import assert from "node:assert/strict";
import { azureLocalAuthentication } from "../../policy-pack/rules/azure-local-authentication.ts";
import { type Declared, stackFindings, testRule, UNKNOWN } from "../policy-support.ts";

const service = (type: string, props: Declared["props"] = {}): Declared => ({ type, name: "it", props });

const found = (what: string, setting: string): string =>
    `it: the ${what} takes keys or accounts of its own beside sign-ins of Entra; expected ${setting}`;

const STORAGE = "azure-native:storage/v20240101:StorageAccount";
const COSMOS = "azure-native:cosmosdb:DatabaseAccount";

const OFF: readonly Declared[] = [
    service(STORAGE, { allowSharedKeyAccess: false }),
    service("azure:storage/account:Account", { sharedAccessKeyEnabled: "false" }),
    service(COSMOS, { disableLocalAuth: true }),
    service("azure:cosmosdb/account:Account", { localAuthenticationDisabled: true }),
    service("azurerm:index/cosmosdbAccount:CosmosdbAccount", { localAuthenticationEnabled: false }),
    service("azure-native:servicebus:Namespace", { disableLocalAuth: true }),
    service("azure:servicebus/namespace:Namespace", { localAuthEnabled: false }),
    service("azure:eventhub/eventHubNamespace:EventHubNamespace", { localAuthenticationEnabled: false }),
    service("azure-native:cognitiveservices:Account", { properties: { disableLocalAuth: true } }),
    service("azure-native:redis:Redis", { disableAccessKeyAuthentication: true }),
    service("azure-native:redisenterprise:Database", { accessKeysAuthentication: "disabled" }),
    service("azure-native:batch:BatchAccount", { allowedAuthenticationModes: ["AAD", "TaskAuthenticationToken"] }),
    service("azure-native:containerservice:ManagedCluster", { disableLocalAccounts: true }),
    service("azure:containerservice/kubernetesCluster:KubernetesCluster", { localAccountDisabled: true }),
];

const ON: readonly (readonly [what: string, setting: string, Declared])[] = [
    ["storage account", "allowSharedKeyAccess: false", service(STORAGE)],
    ["storage account", "allowSharedKeyAccess: false", service(STORAGE, { allowSharedKeyAccess: true })],
    ["storage account", "sharedAccessKeyEnabled: false", service("azurerm:index/storageAccount:StorageAccount")],
    ["Cosmos DB account", "disableLocalAuth: true", service(COSMOS, { disableLocalAuth: false })],
    ["Cosmos DB account", "disableLocalAuth: true", service(COSMOS, { kind: "GlobalDocumentDB", capabilities: [] })],
    ["Service Bus namespace", "localAuthEnabled: false", service("azure:servicebus/namespace:Namespace")],
    [
        "AI services account",
        "disableLocalAuth: true",
        service("azure-native:cognitiveservices:Account", { properties: {} }),
    ],
    ["IoT hub", "disableLocalAuth: true", service("azure-native:iothub:IotHubResource")],
    ["Redis cache", "accessKeysAuthentication: 'Disabled'", service("azure-native:redisenterprise:Database")],
    [
        "Batch account",
        "allowedAuthenticationModes without 'SharedKey'",
        service("azure-native:batch:BatchAccount", { allowedAuthenticationModes: ["AAD", "SharedKey"] }),
    ],
    ["Batch account", "allowedAuthenticationModes without 'SharedKey'", service("azure:batch/account:Account")],
    [
        "Kubernetes cluster",
        "localAccountDisabled: true",
        service("azure:containerservice/kubernetesCluster:KubernetesCluster"),
    ],
];

testRule(azureLocalAuthentication, [
    { fact: "takes services that sign in with Entra alone, as each provider writes it", stack: OFF },
    {
        fact: "takes accounts of Cosmos DB whose API knows keys alone",
        stack: [
            service(COSMOS, { kind: "MongoDB" }),
            service(COSMOS, { capabilities: [{ name: "EnableGremlin" }] }),
            service("azure:cosmosdb/account:Account", { capabilities: [{ name: "EnableCassandra" }] }),
        ],
    },
    { fact: "takes other resources", stack: [service("azure-native:web:WebApp")] },
    ...ON.map(([what, setting, declared], at) => ({
        fact: `finds a ${what} of ${declared.type} that takes keys (${String(at)})`,
        stack: [declared],
        finds: [found(what, setting)],
    })),
    {
        fact: "takes services that are allowed, and finds the others",
        stack: [service(STORAGE), service(COSMOS)],
        config: { allowed: ["storage account"] },
        finds: [found("Cosmos DB account", "disableLocalAuth: true")],
    },
    {
        fact: "finds settings that are not known",
        stack: [
            service(STORAGE, { allowSharedKeyAccess: UNKNOWN }),
            service("azure-native:cognitiveservices:Account", { properties: UNKNOWN }),
            service("azure-native:batch:BatchAccount", { allowedAuthenticationModes: UNKNOWN }),
            service("azure-native:redisenterprise:Database", { accessKeysAuthentication: UNKNOWN }),
        ],
        finds: ["allowSharedKeyAccess", "properties", "allowedAuthenticationModes", "accessKeysAuthentication"].map(
            key =>
                `it: cannot judge the local authentication setting: '${key}' is not known before its resources exist`,
        ),
        findsOnResource: [],
    },
    {
        fact: "finds a setting that is neither true nor false",
        stack: [service(STORAGE, { allowSharedKeyAccess: "no" })],
        finds: [
            `it: cannot judge the local authentication setting: 'allowSharedKeyAccess' is "no"; expected true or false`,
        ],
    },
]);

describe("the services that azure-local-authentication allows", () => {
    it("are refused where there is no such service", () => {
        assert.match(
            stackFindings(azureLocalAuthentication, [service(STORAGE)], { allowed: ["storage"] }).join(),
            /allowed: 'storage' is no service; expected one of AI services account, App Configuration store, /,
        );
    });
});
