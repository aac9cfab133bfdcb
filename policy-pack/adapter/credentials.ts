import { readDatabasePassword, whenGiven, whenOn } from "./credential-passwords.ts";
import {
    all,
    always,
    fromPassword,
    type ReadCredentials,
    readApplicationPassword,
    settings,
    settingsMap,
} from "./credential-reads.ts";

const ofAccount = (what: string): ReadCredentials => always("automation", `${what} of an Automation account`);
const registryPassword = (path: string): ReadCredentials => whenGiven("registry", "password of a registry", path);
const registryAdministrator = (key: string): ReadCredentials =>
    whenOn("registry", "password of a registry's administrator", key);
const clusterSecret = (path: string): ReadCredentials => whenGiven("application", "client secret of a cluster", path);

const nativeApp = settings("siteConfig");
const classicApp = all(
    settings("appSettings", "connectionStrings"),
    whenGiven("key", "key of a storage account", "storageAccountAccessKey", "storageConnectionString"),
);
const containerApp = all(
    settings("configuration", "template", "secrets"),
    registryPassword("configuration.registries.passwordSecretRef"),
    registryPassword("registries.passwordSecretName"),
);
const containerGroup = all(settings("containers", "container"), registryPassword("imageRegistryCredentials.password"));
const linkedService = whenGiven(
    "application",
    "key of a service principal",
    "servicePrincipalKey",
    "properties.servicePrincipalKey",
    "properties.typeProperties.servicePrincipalKey",
);

const CLASSIC_APPS = ["FunctionApp", "LinuxFunctionApp", "LinuxWebApp", "WindowsFunctionApp", "WindowsWebApp"];
const SLOTTED = [...CLASSIC_APPS, "AppService"].flatMap(name => [name, `${name}Slot`]);
const CONNECTIONS = ["", "Certificate", "ClassicCertificate", "ServicePrincipal"].map(kind => `Connection${kind}`);

const inModule = (module: string, names: readonly string[]): string[] => names.map(name => `${module}:${name}`);
const inTerraform = (prefix: string, names: readonly string[]): string[] =>
    names.map(name => `azurerm:${prefix}${name}`);

/** Readers, each with the types that it reads. */
const TABLE: readonly (readonly [read: ReadCredentials, tokens: readonly string[]])[] = [
    [readApplicationPassword, ["azuread:Application"]],
    [always("application", "password of an application"), ["azuread:ApplicationPassword"]],
    [always("application", "certificate of an application"), ["azuread:ApplicationCertificate"]],
    [always("application", "password of a service principal"), ["azuread:ServicePrincipalPassword"]],
    [always("application", "certificate of a service principal"), ["azuread:ServicePrincipalCertificate"]],
    [
        ofAccount("credential"),
        ["azure-native:automation:Credential", "azure:automation:Credential", "azurerm:AutomationCredential"],
    ],
    [
        ofAccount("certificate"),
        ["azure-native:automation:Certificate", "azure:automation:Certificate", "azurerm:AutomationCertificate"],
    ],
    [
        ofAccount("connection"),
        [
            "azure-native:automation:Connection",
            ...inModule("azure:automation", CONNECTIONS),
            ...inTerraform("Automation", CONNECTIONS),
        ],
    ],
    [
        fromPassword("an Automation variable", "value"),
        [
            "azure-native:automation:Variable",
            ...inModule("azure:automation", ["StringVariable", "ObjectVariable"]),
            ...inTerraform("AutomationVariable", ["String", "Object"]),
        ],
    ],
    [fromPassword("a key vault", "properties"), ["azure-native:keyvault:Secret"]],
    [fromPassword("a key vault", "value"), ["azure:keyvault:Secret", "azurerm:KeyVaultSecret"]],
    [nativeApp, ["azure-native:web:WebApp", "azure-native:web:WebAppSlot"]],
    [
        settingsMap("properties"),
        ["ApplicationSettings", "ApplicationSettingsSlot", "ConnectionStrings", "ConnectionStringsSlot"].map(
            name => `azure-native:web:WebApp${name}`,
        ),
    ],
    [classicApp, [...inModule("azure:appservice", ["Slot", ...SLOTTED]), ...inTerraform("", SLOTTED)]],
    [
        containerApp,
        [
            ...inModule("azure-native:app", ["ContainerApp", "Job"]),
            ...inModule("azure:containerapp", ["App", "Job"]),
            ...inTerraform("ContainerApp", ["", "Job"]),
        ],
    ],
    [
        containerGroup,
        ["azure-native:containerinstance:ContainerGroup", "azure:containerservice:Group", "azurerm:ContainerGroup"],
    ],
    [registryAdministrator("adminUserEnabled"), ["azure-native:containerregistry:Registry"]],
    [registryAdministrator("adminEnabled"), ["azure:containerservice:Registry", "azurerm:ContainerRegistry"]],
    [clusterSecret("servicePrincipalProfile.secret"), ["azure-native:containerservice:ManagedCluster"]],
    [
        clusterSecret("servicePrincipal.clientSecret"),
        ["azure:containerservice:KubernetesCluster", "azurerm:KubernetesCluster"],
    ],
    [
        whenGiven("key", "key of a storage account", "protectedSettings.storageAccountKey"),
        inModule("azure-native:compute", ["VirtualMachineExtension", "VirtualMachineScaleSetExtension"]),
    ],
    [linkedService, ["azure-native:datafactory:LinkedService", "azure-native:synapse:LinkedService"]],
    [
        readDatabasePassword,
        [
            ...inModule("azure-native:dbformysql", ["FlexibleServer", "Server"]),
            ...inModule("azure-native:dbforpostgresql", ["FlexibleServer", "Server"]),
            "azure-native:sql:Server",
            "azure-native:synapse:Workspace",
            "azure:mssql:Server",
            ...inModule("azure:mysql", ["FlexibleServer", "Server"]),
            ...inModule("azure:postgresql", ["FlexibleServer", "Server"]),
            "azure:sql:SqlServer",
            "azure:synapse:Workspace",
            ...inTerraform("", ["MssqlServer", "MysqlFlexibleServer", "PostgresqlFlexibleServer", "SynapseWorkspace"]),
        ],
    ],
];

/** What holds a credential, by type. */
export const CREDENTIAL_READERS: Readonly<Record<string, ReadCredentials>> = Object.fromEntries(
    TABLE.flatMap(([read, tokens]) => tokens.map(token => [token, read])),
);
