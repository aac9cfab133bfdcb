import { readCredentialsAnywhere } from "./credential-anywhere.ts";
import { readMachinePassword } from "./credential-machine.ts";
import { readDatabasePassword, whenGiven, whenOn } from "./credential-passwords.ts";
import {
    all,
    always,
    fromGenerator,
    fromPassword,
    type ReadCredentials,
    readApplicationPassword,
    settings,
    settingsMap,
} from "./credential-reads.ts";
import {
    AUTHORIZATION_RULES,
    CONNECTIONS,
    DATABASES,
    inModule,
    inTerraform,
    MACHINES,
    SLOTTED,
} from "./credential-types.ts";

const ofAccount = (what: string): ReadCredentials => always("automation", `${what} of an Automation account`);
const registryPassword = (path: string): ReadCredentials => whenGiven("registry", "password of a registry", path);
const registryAdministrator = (key: string): ReadCredentials =>
    whenOn("registry", "password of a registry's administrator", key);
const clusterSecret = (path: string): ReadCredentials => whenGiven("application", "client secret of a cluster", path);

const nativeApp = settings("siteConfig");
const classicApp = all(
    settings("appSettings", "connectionStrings"),
    whenGiven(
        "key",
        "key of a storage account",
        "storageAccountAccessKey",
        "storageAccessKey",
        "storageConnectionString",
    ),
    whenGiven("application", "client secret of an app's sign-in", "authSettings.activeDirectory.clientSecret"),
);
const containerApp = all(
    settings("configuration", "template", "secrets"),
    registryPassword("configuration.registries.passwordSecretRef"),
    registryPassword("registries.passwordSecretName"),
);
const containerGroup = all(settings("containers", "container"), registryPassword("imageRegistryCredentials.password"));

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
        all(fromPassword("an Automation variable", "value"), fromGenerator("an Automation variable", "value")),
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
        [
            ...["ApplicationSettings", "ApplicationSettingsSlot", "ConnectionStrings", "ConnectionStringsSlot"].map(
                name => `azure-native:web:WebApp${name}`,
            ),
            ...["AppSettings", "FunctionAppSettings"].map(name => `azure-native:web:StaticSite${name}`),
        ],
    ],
    [
        classicApp,
        [
            ...inModule("azure:appservice", ["Slot", "StaticWebApp", ...SLOTTED]),
            "azure:logicapps:Standard",
            ...inTerraform("", ["LogicAppStandard", "StaticWebApp", ...SLOTTED]),
        ],
    ],
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
    [always("key", "shared access key of a namespace"), AUTHORIZATION_RULES],
    [
        always("registry", "password of a registry"),
        ["azure:containerservice:TokenPassword", "azurerm:ContainerRegistryTokenPassword"],
    ],
    [
        readMachinePassword,
        [
            ...inModule("azure-native:compute", ["VirtualMachine", "VirtualMachineScaleSet"]),
            ...inModule("azure:compute", MACHINES),
            ...inTerraform("", MACHINES),
            "azure:compute:ScaleSet",
        ],
    ],
    [readDatabasePassword, DATABASES],
];

/** What holds a credential, by type. */
export const CREDENTIAL_READERS: Readonly<Record<string, ReadCredentials>> = Object.fromEntries(
    TABLE.flatMap(([read, tokens]) => tokens.map(token => [token, read])),
);

/** Reads the credentials that a resource is or holds: as its type has them, else wherever a name tells. */
export const readCredentials = (token: string): ReadCredentials =>
    Object.hasOwn(CREDENTIAL_READERS, token)
        ? (CREDENTIAL_READERS[token] ?? readCredentialsAnywhere)
        : readCredentialsAnywhere;
