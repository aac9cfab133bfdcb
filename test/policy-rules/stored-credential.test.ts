import assert from "node:assert/strict";
import { storedCredential } from "../../policy-pack/rules/stored-credential.ts";
import { type Declared, stackFindings, testRule, UNKNOWN } from "../policy-support.ts";

const resource = (type: string, props: Declared["props"] = {}, links: Declared["links"] = {}): Declared => ({
    type,
    name: "it",
    props,
    links,
});
const INSTEAD = {
    identity: "a managed identity or a federated credential",
    key: "the app's identity with a role on the account",
    database: "Entra authentication alone",
    registry: "an identity with the role AcrPull",
    machine: "keys of SSH, or sign-in with Entra",
    generated: "an identity, or a reference to a key vault",
};
const found = (what: string, instead: keyof typeof INSTEAD = "identity"): string =>
    `it: a ${what} is kept in this stack; expected ${INSTEAD[instead]}`;

const PASSWORD = resource("azuread:index/applicationPassword:ApplicationPassword");
const FUNCTION = "azure:appservice/linuxFunctionApp:LinuxFunctionApp";
const STORAGE_KEY = "DefaultEndpointsProtocol=https;AccountName=st;AccountKey=abc==;EndpointSuffix=core.windows.net";

const KEPT: Readonly<Record<string, string>> = {
    "azuread:index/applicationPassword:ApplicationPassword": "password of an application",
    "azuread:index/applicationCertificate:ApplicationCertificate": "certificate of an application",
    "azuread:index/servicePrincipalPassword:ServicePrincipalPassword": "password of a service principal",
    "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate": "certificate of a service principal",
    "azure-native:automation:Credential": "credential of an Automation account",
    "azure-native:automation/v20241023:Certificate": "certificate of an Automation account",
    "azure-native:automation:Connection": "connection of an Automation account",
    "azure:automation/credential:Credential": "credential of an Automation account",
    "azure:automation/certificate:Certificate": "certificate of an Automation account",
    "azurerm:index/automationCredential:AutomationCredential": "credential of an Automation account",
    "azure:automation/connectionServicePrincipal:ConnectionServicePrincipal": "connection of an Automation account",
};

const appSettings = (name: string, value: unknown): Declared =>
    resource("azure-native:web/v20240401:WebApp", { siteConfig: { appSettings: [{ name, value }] } });

const WITHOUT: Readonly<Record<string, Declared>> = {
    "a federated credential": resource(
        "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
    ),
    "an application without a password": resource("azuread:index/application:Application", { password: null }),
    "accounts of other services": resource("azure:storage/account:Account"),
    "an app's storage without a key": appSettings("AzureWebJobsStorage__accountName", UNKNOWN),
    "storage that is none": appSettings("AzureWebJobsStorage", "UseDevelopmentStorage=true"),
    "a reference to a key vault": appSettings("AZURE_CLIENT_SECRET", "@Microsoft.KeyVault(SecretUri=https://v/s/x)"),
    "a connection string without a password": resource(FUNCTION, {
        connectionStrings: [
            { name: "db", type: "SQLAzure", value: "Server=s;Authentication=Active Directory Managed Identity" },
        ],
        storageUsesManagedIdentity: true,
    }),
    "the file share that functions on consumption need": appSettings(
        "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING",
        STORAGE_KEY,
    ),
    "a setting whose value is not known": appSettings("Greeting", UNKNOWN),
    "a secret of somebody else's": appSettings("GOOGLE_CLIENT_SECRET", UNKNOWN),
    "a secret of somebody else's beside Azure's name": appSettings("AZURE_APP_GITHUB_CLIENT_SECRET", UNKNOWN),
    "the name of a client secret": appSettings("AZURE_AD_CLIENT_SECRET_NAME", UNKNOWN),
    "a secret of what begins alike": appSettings("GRAPHQL_CLIENT_SECRET", UNKNOWN),
    "a database's passport": appSettings("MYSQL_PASSPORT", UNKNOWN),
    "a server that takes Entra alone": resource("azure-native:sql:Server", {
        administratorLoginPassword: UNKNOWN,
        administrators: { azureADOnlyAuthentication: true },
    }),
    "a registry without its administrator": resource("azure:containerservice/registry:Registry", {
        adminEnabled: false,
    }),
    "a cluster with an identity": resource("azure-native:containerservice:ManagedCluster", {
        servicePrincipalProfile: { clientId: "msi" },
    }),
    "a connection string that names no key": appSettings(
        "ServiceBusConnectionString",
        "Endpoint=sb://x.servicebus.windows.net;Authentication=Managed Identity",
    ),
    "the key of a partition": appSettings("COSMOS_PARTITION_KEY", "/id"),
    "a connection string of Application Insights": appSettings("APPLICATIONINSIGHTS_CONNECTION_STRING", UNKNOWN),
    "a key of another's search": appSettings("SEARCH_KEY", UNKNOWN),
    "a reference to App Configuration": appSettings(
        "DB_PASSWORD",
        "@Microsoft.AppConfiguration(Endpoint=https://a;Key=k)",
    ),
    "a secret of a container app that is kept in a key vault": resource("azure-native:app:ContainerApp", {
        configuration: { secrets: [{ name: "db-password", keyVaultUrl: "https://v/secrets/s", identity: "system" }] },
    }),
    "a Linux machine that takes keys of SSH alone": resource("azure-native:compute:VirtualMachine", {
        osProfile: { adminPassword: UNKNOWN, linuxConfiguration: { disablePasswordAuthentication: true } },
    }),
    "a Windows machine, which is not made without a password": resource("azure-native:compute:VirtualMachine", {
        osProfile: { adminUsername: "a", adminPassword: UNKNOWN },
        storageProfile: { imageReference: { publisher: "MicrosoftWindowsServer" } },
    }),
    "a Windows machine of classic azure": resource("azure:compute/windowsVirtualMachine:WindowsVirtualMachine", {
        adminPassword: "x",
    }),
    "a mount of a file share": resource("azure-native:app:ManagedEnvironmentsStorage", {
        properties: { azureFile: { accountName: "st", accountKey: UNKNOWN } },
    }),
    "a linked service whose key is in a key vault": resource("azure-native:datafactory:LinkedService", {
        properties: { servicePrincipalKey: { type: "AzureKeyVaultSecret", secretName: "s", store: {} } },
    }),
    "a password of somebody else's": resource("azure-native:web:Certificate", { password: "x" }),
    "a client secret of somebody else's": resource("azure-native:apimanagement:IdentityProvider", {
        type: "google",
        clientSecret: "x",
    }),
    "a client secret of a connection to another vendor": resource(
        "azure-native:machinelearningservices:WorkspaceConnection",
        { properties: { authType: "OAuth2", credentials: { clientId: "c", clientSecret: "x" } } },
    ),
    "a template, whose parameters describe": resource("azure-native:resources:Deployment", {
        properties: { template: { parameters: { administratorLoginPassword: { type: "securestring", value: "x" } } } },
    }),
    "a generated password that goes into a key vault": resource(
        "azure:keyvault/secret:Secret",
        { value: UNKNOWN },
        { value: [resource("random:index/randomPassword:RandomPassword")] },
    ),
    "settings that wait for the identity of the app alone": resource(
        "azure-native:web:WebApp",
        { siteConfig: UNKNOWN },
        { siteConfig: [resource("azure-native:managedidentity:UserAssignedIdentity")] },
    ),
    "a secret of a key vault that is no application's": resource(
        "azure-native:keyvault:Secret",
        { properties: { value: UNKNOWN } },
        { properties: [resource("random:index/randomPassword:RandomPassword")] },
    ),
};

const WITHIN: readonly (readonly [what: string, Declared, instead?: keyof typeof INSTEAD])[] = [
    ["key of a storage account in setting 'AzureWebJobsStorage'", appSettings("AzureWebJobsStorage", UNKNOWN), "key"],
    ["key of an account in setting 'Orders'", appSettings("Orders", "Endpoint=sb://x;SharedAccessKey=y"), "key"],
    [
        "signed address in setting 'WEBSITE_RUN_FROM_PACKAGE'",
        appSettings(
            "WEBSITE_RUN_FROM_PACKAGE",
            "https://st.blob.core.windows.net/c/a.zip?sv=1&sig=abcdefghijklmnopqrstu%3D",
        ),
        "key",
    ],
    ["client secret in setting 'AZURE_CLIENT_SECRET'", appSettings("AZURE_CLIENT_SECRET", UNKNOWN)],
    ...[
        "AZURE_AD_CLIENT_SECRET",
        "AUTH_MICROSOFT_ENTRA_ID_SECRET",
        "ENTRA_ID_CLIENT_SECRET",
        "SHOP_AZURE_CLIENT_SECRET",
        "SHOP_PUBLISHER_ACR_PULL_CLIENT_SECRET",
        "MSGRAPH_CLIENT_SECRET",
        "GRAPH_CLIENT_SECRET",
        "APP__AZUREAD__CLIENTSECRET",
        "AzureAdB2C__ClientSecret",
        "AzureAd__ClientCredentials__0__ClientSecret",
        "Authentication__Microsoft__ClientSecret",
        "AAD_APP_CLIENT_SECRET",
        "SP_CLIENT_SECRET",
        "AZURE_TENANT_CLIENT_SECRET",
        "AZURE_SP_PASSWORD",
        "SERVICE_PRINCIPAL_KEY",
    ].map((name): [string, Declared] => [`client secret in setting '${name}'`, appSettings(name, UNKNOWN)]),
    ["password of a database in setting 'MYSQL_PASS'", appSettings("MYSQL_PASS", "useruser"), "database"],
    [
        "client secret in 'clientSecret'",
        resource("azure-native:machinelearningservices:WorkspaceConnection", {
            properties: {
                authType: "ServicePrincipal",
                credentials: { clientId: "c", clientSecret: UNKNOWN, tenantId: "t" },
            },
        }),
    ],
    ["key of an account in setting 'FoundryAI__ApiKey'", appSettings("FoundryAI__ApiKey", UNKNOWN), "key"],
    [
        "client secret in setting 'AzureAd__ClientSecret'",
        resource("azure-native:web:WebAppApplicationSettings", { properties: { AzureAd__ClientSecret: "hunter2" } }),
    ],
    [
        "key of a storage account in setting 'AzureWebJobsStorage'",
        resource(FUNCTION, { appSettings: { AzureWebJobsStorage: STORAGE_KEY } }),
        "key",
    ],
    ["key of a storage account", resource(FUNCTION, { storageAccountAccessKey: UNKNOWN }), "key"],
    [
        "password of a database in setting 'db'",
        resource("azure:appservice/windowsWebApp:WindowsWebApp", {
            connectionStrings: [{ name: "db", type: "SQLAzure", value: "Server=s;User ID=a;Password=b" }],
        }),
        "database",
    ],
    [
        "client secret in setting 'AZURE_CLIENT_SECRET'",
        resource("azure-native:app:ContainerApp", {
            template: { containers: [{ name: "c", env: [{ name: "AZURE_CLIENT_SECRET", value: "x" }] }] },
        }),
    ],
    [
        "client secret in setting 'ARM_CLIENT_SECRET'",
        resource("azure:containerservice/group:Group", {
            containers: [{ secureEnvironmentVariables: { ARM_CLIENT_SECRET: UNKNOWN } }],
        }),
    ],
    [
        "client secret in the settings of an app",
        resource(
            "azure-native:web:WebApp",
            { siteConfig: { appSettings: [{ name: "Key", value: UNKNOWN }] } },
            { siteConfig: [PASSWORD] },
        ),
    ],
    [
        "client secret in a key vault",
        resource("azure-native:keyvault:Secret", { properties: { value: UNKNOWN } }, { properties: [PASSWORD] }),
    ],
    [
        "client secret in an Automation variable",
        resource("azure:automation/stringVariable:StringVariable", { value: UNKNOWN }, { value: [PASSWORD] }),
    ],
    [
        "password of a registry",
        resource("azure-native:app:ContainerApp", {
            configuration: { registries: [{ server: "a", identity: "b" }, { passwordSecretRef: "pw" }] },
        }),
        "registry",
    ],
    [
        "password of a registry's administrator",
        resource("azure-native:containerregistry:Registry", { adminUserEnabled: true }),
        "registry",
    ],
    [
        "password of a database's administrator",
        resource("azure:mssql/server:Server", { administratorLoginPassword: UNKNOWN }),
        "database",
    ],
    [
        "client secret of a cluster",
        resource("azure:containerservice/kubernetesCluster:KubernetesCluster", {
            servicePrincipal: { clientId: UNKNOWN, clientSecret: UNKNOWN },
        }),
    ],
    [
        "key of a storage account",
        resource("azurerm:index/linuxFunctionApp:LinuxFunctionApp", { storageAccountAccessKey: UNKNOWN }),
        "key",
    ],
    [
        "key of a storage account",
        resource("azure-native:compute:VirtualMachineExtension", {
            protectedSettings: { storageAccountName: "st", storageAccountKey: UNKNOWN },
        }),
        "key",
    ],
    [
        "key of a service principal in 'servicePrincipalKey'",
        resource("azure-native:datafactory:LinkedService", {
            properties: { typeProperties: { servicePrincipalKey: { type: "SecureString", value: UNKNOWN } } },
        }),
    ],
    [
        "client secret in 'clientSecret'",
        resource("azure-native:web:WebAppAuthSettings", { enabled: true, clientId: "x", clientSecret: UNKNOWN }),
    ],
    [
        "client secret in 'clientSecret'",
        resource("azure-native:redhatopenshift:OpenShiftCluster", {
            servicePrincipalProfile: { clientId: "x", clientSecret: UNKNOWN },
        }),
    ],
    [
        "client secret in 'clientSecret'",
        resource("azure-native:app:ContainerAppsSourceControl", {
            githubActionConfiguration: { azureCredentials: { clientId: "x", clientSecret: "y" } },
        }),
    ],
    [
        "client secret of an app's sign-in",
        resource("azure:appservice/appService:AppService", {
            authSettings: { enabled: true, activeDirectory: { clientId: "x", clientSecret: UNKNOWN } },
        }),
    ],
    ["password of a database in setting 'DB_PASSWORD'", appSettings("DB_PASSWORD", "hunter2"), "database"],
    ["password of a database in setting 'PGPASSWORD'", appSettings("PGPASSWORD", UNKNOWN), "database"],
    [
        "password of a database in setting 'spring-datasource-password'",
        resource("azure:containerapp/app:App", { secrets: [{ name: "spring-datasource-password", value: UNKNOWN }] }),
        "database",
    ],
    [
        "password of a database in setting 'DATABASE_URL'",
        appSettings("DATABASE_URL", "postgresql://app:hunter2@db.postgres.database.azure.com/shop"),
        "database",
    ],
    [
        "key of a cache in setting 'Cache'",
        appSettings("Cache", "c.redis.cache.windows.net:6380,password=abc=,ssl=True"),
        "key",
    ],
    ["key of an account in setting 'AZURE_OPENAI_API_KEY'", appSettings("AZURE_OPENAI_API_KEY", UNKNOWN), "key"],
    ["key of an account in setting 'COSMOS_KEY'", appSettings("COSMOS_KEY", "abc"), "key"],
    [
        "key of an account in setting 'ServiceBusConnectionString'",
        appSettings("ServiceBusConnectionString", UNKNOWN),
        "key",
    ],
    [
        "key of an account in setting 'Configuration'",
        appSettings("Configuration", "Endpoint=https://a.azconfig.io;Id=abc;Secret=def"),
        "key",
    ],
    [
        "generated password in the settings of an app",
        resource(
            "azure-native:web:WebApp",
            { siteConfig: { connectionStrings: [{ name: "db", connectionString: UNKNOWN }] } },
            { siteConfig: [resource("random:index/randomPassword:RandomPassword")] },
        ),
        "generated",
    ],
    [
        "generated private key in an Automation variable",
        resource(
            "azure-native:automation:Variable",
            { value: UNKNOWN, isEncrypted: true },
            { value: [resource("tls:index/privateKey:PrivateKey")] },
        ),
        "generated",
    ],
    [
        "shared access key of a namespace",
        resource("azure-native:servicebus/v20240101:QueueAuthorizationRule", { rights: ["Send"] }),
        "key",
    ],
    [
        "password of a machine's administrator",
        resource("azure-native:compute:VirtualMachineScaleSet", {
            virtualMachineProfile: { osProfile: { adminPassword: UNKNOWN }, storageProfile: {} },
        }),
        "machine",
    ],
    [
        "password of a machine's administrator",
        resource("azure:compute/linuxVirtualMachine:LinuxVirtualMachine", {
            adminPassword: "x",
            disablePasswordAuthentication: false,
        }),
        "machine",
    ],
    [
        "password of a database's administrator in 'administratorLoginPassword'",
        resource("azure:cosmosdb/postgresqlCluster:PostgresqlCluster", { administratorLoginPassword: UNKNOWN }),
        "database",
    ],
    [
        "key of a storage account in 'accountKey'",
        resource("azure-native:machinelearningservices:Datastore", {
            datastoreProperties: { credentials: { secrets: { accountKey: UNKNOWN } } },
        }),
        "key",
    ],
    [
        "key of a namespace in 'sharedAccessPolicyKey'",
        resource("azure-native:streamanalytics:Output", { datasource: { sharedAccessPolicyKey: "k" } }),
        "key",
    ],
    [
        "key of an account in 'connectionString'",
        resource("azure:datafactory/linkedServiceAzureBlobStorage:LinkedServiceAzureBlobStorage", {
            connectionString: STORAGE_KEY,
        }),
        "key",
    ],
    [
        "client secret in setting 'AZURE_CLIENT_SECRET'",
        resource("azapi:index/resource:Resource", {
            type: "Microsoft.Web/sites@2024-04-01",
            body: { properties: { siteConfig: { appSettings: [{ name: "AZURE_CLIENT_SECRET", value: UNKNOWN }] } } },
        }),
    ],
];

const isOnlyLinked = (declared: Declared): boolean => Object.keys(declared.links ?? {}).length > 0;

testRule(storedCredential, [
    ...Object.entries(WITHOUT).map(([what, declared]) => ({ fact: `takes ${what}`, stack: [declared] })),
    ...Object.entries(KEPT).map(([type, what]) => ({
        fact: `finds ${type}`,
        stack: [resource(type)],
        finds: [found(what)],
    })),
    ...WITHIN.map(([what, declared, instead]) => ({
        fact: `finds a ${what} (${declared.type})`,
        stack: [declared],
        finds: [found(what, instead)],
        ...(isOnlyLinked(declared) && { findsOnResource: [] }),
    })),
    {
        fact: "finds a password within an application",
        stack: [resource("azuread:index/application:Application", { password: { displayName: "ci" } })],
        finds: [found("password of an application")],
    },
    {
        fact: "finds a password within an application that is not known yet",
        stack: [resource("azuread:index/application:Application", { password: UNKNOWN })],
        finds: ["it: cannot judge the credential: 'password' is not known before its resources exist"],
        findsOnResource: [],
    },
    {
        fact: "finds settings that are not known as a whole",
        stack: [resource("azure-native:web:WebApp", { siteConfig: { appSettings: UNKNOWN } })],
        finds: ["it: cannot judge the credential: 'siteConfig.appSettings' is not known before its resources exist"],
        findsOnResource: [],
    },
    {
        fact: "takes the sorts that are listed, also where they are not known",
        stack: [
            resource("azure-native:web:WebApp", { siteConfig: UNKNOWN }),
            appSettings("AzureWebJobsStorage", UNKNOWN),
            PASSWORD,
        ],
        config: { taken: ["key", "setting"] },
        finds: [found("password of an application")],
    },
]);

describe("the sorts of credentials that stored-credential takes", () => {
    it("are refused where there is no such sort", () => {
        assert.deepEqual(stackFindings(storedCredential, [PASSWORD], { taken: ["keys"] }), [
            "stack: the rule is configured wrongly: taken: 'keys' is no sort of credential; expected one of application, automation, key, database, registry, machine, generated, setting",
        ]);
    });
});
