import { credentialsInSettings } from "./credential-settings.ts";
import { readDatabasePassword, whenGiven, whenOn } from "./credential-passwords.ts";
import type { PlainResource } from "./resource.ts";
import type { CredentialSubject } from "./subject-identity.ts";
import { Unknown } from "./value.ts";

type Read = (resource: PlainResource) => readonly CredentialSubject[];
type Sort = CredentialSubject["sort"];

/** A resource that is a credential whatever it holds. */
const always =
    (sort: Sort, what: string): Read =>
    () => [{ kind: "credential", sort, what }];

/** An application can carry a password without a resource of its own. */
const readApplicationPassword: Read = resource => {
    const password = resource.value("password");
    if (password === undefined || password === null || (Array.isArray(password) && password.length === 0)) return [];
    const what = "password of an application";
    return [{ kind: "credential", sort: "application", what: password instanceof Unknown ? password : what }];
};

const SECRETS = new Set(["azuread:ApplicationPassword", "azuread:ServicePrincipalPassword"]);

/** A value that comes from the password of an application of the stack. */
const fromPassword =
    (where: string, ...keys: readonly string[]): Read =>
    resource =>
        keys.some(key => resource.links(key).some(({ token }) => SECRETS.has(token ?? "")))
            ? [{ kind: "credential", sort: "application", what: `client secret in ${where}` }]
            : [];

/** What holds no secret, so that none can come from there. */
const SECRETLESS = /:(UserAssignedIdentity|ResourceGroup|AppServicePlan|ServicePlan|VirtualNetwork|Subnet)$/;

const isHarmless = (resource: PlainResource, key: string): boolean => {
    const links = resource.links(key);
    return links.length > 0 && links.every(({ token = "" }) => SECRETLESS.test(token));
};

/** The SDK makes one value of all settings of an app: a single one that is not known yet hides the rest. */
const settingsOf = (resource: PlainResource, key: string): readonly CredentialSubject[] => {
    const value = resource.value(key);
    return value instanceof Unknown && value.awaited && isHarmless(resource, key)
        ? []
        : credentialsInSettings(value, key);
};

const settings =
    (...keys: readonly string[]): Read =>
    resource => {
        const found = keys.flatMap(key => settingsOf(resource, key));
        const isTold = found.some(({ sort }) => sort === "application");
        return isTold ? found : [...found, ...fromPassword("the settings of an app", ...keys)(resource)];
    };

const all =
    (...reads: readonly Read[]): Read =>
    resource =>
        reads.flatMap(read => read(resource));

const APPLICATION = always("application", "password of an application");
const ofAccount = (what: string): Read => always("automation", `${what} of an Automation account`);
const registry = (path: string): Read => whenGiven("registry", "password of a registry", path);
const storageKey = whenGiven("key", "key of a storage account", "storageAccountAccessKey", "storageConnectionString");
const classicApp = all(settings("appSettings", "connectionStrings"), storageKey);
const nativeApp = settings("siteConfig");
const linkedService = whenGiven(
    "application",
    "key of a service principal",
    "servicePrincipalKey",
    "properties.servicePrincipalKey",
    "properties.typeProperties.servicePrincipalKey",
);

const CLASSIC_APPS = [
    "AppService",
    "FunctionApp",
    "LinuxFunctionApp",
    "LinuxWebApp",
    "WindowsFunctionApp",
    "WindowsWebApp",
    "Slot",
];
const DATABASES = [
    "azure-native:dbformysql:FlexibleServer",
    "azure-native:dbformysql:Server",
    "azure-native:dbforpostgresql:FlexibleServer",
    "azure-native:dbforpostgresql:Server",
    "azure-native:sql:Server",
    "azure-native:synapse:Workspace",
    "azure:mssql:Server",
    "azure:mysql:FlexibleServer",
    "azure:mysql:Server",
    "azure:postgresql:FlexibleServer",
    "azure:postgresql:Server",
    "azure:sql:SqlServer",
    "azure:synapse:Workspace",
];

const each = (tokens: readonly string[], read: Read): Record<string, Read> =>
    Object.fromEntries(tokens.map(token => [token, read]));

/** What holds a credential, by type. */
export const CREDENTIAL_READERS: Readonly<Record<string, Read>> = {
    "azuread:Application": readApplicationPassword,
    "azuread:ApplicationPassword": APPLICATION,
    "azuread:ApplicationCertificate": always("application", "certificate of an application"),
    "azuread:ServicePrincipalPassword": always("application", "password of a service principal"),
    "azuread:ServicePrincipalCertificate": always("application", "certificate of a service principal"),
    ...each(["azure-native:automation:Credential", "azure:automation:Credential"], ofAccount("credential")),
    ...each(["azure-native:automation:Certificate", "azure:automation:Certificate"], ofAccount("certificate")),
    ...each(
        [
            "azure-native:automation:Connection",
            "azure:automation:Connection",
            "azure:automation:ConnectionCertificate",
            "azure:automation:ConnectionClassicCertificate",
            "azure:automation:ConnectionServicePrincipal",
        ],
        ofAccount("connection"),
    ),
    ...each(
        ["azure-native:automation:Variable", "azure:automation:StringVariable", "azure:automation:ObjectVariable"],
        fromPassword("an Automation variable", "value"),
    ),
    ...each(["azure-native:keyvault:Secret"], fromPassword("a key vault", "properties")),
    ...each(["azure:keyvault:Secret"], fromPassword("a key vault", "value")),
    ...each(["azure-native:web:WebApp", "azure-native:web:WebAppSlot"], nativeApp),
    ...each(
        [
            "azure-native:web:WebAppApplicationSettings",
            "azure-native:web:WebAppConnectionStrings",
            "azure-native:web:WebAppApplicationSettingsSlot",
            "azure-native:web:WebAppConnectionStringsSlot",
        ],
        resource => credentialsInSettings(resource.value("properties"), "appSettings"),
    ),
    ...each(
        CLASSIC_APPS.flatMap(name => [`azure:appservice:${name}`, `azure:appservice:${name}Slot`]),
        classicApp,
    ),
    "azure-native:app:ContainerApp": all(
        settings("configuration", "template"),
        registry("configuration.registries.passwordSecretRef"),
    ),
    "azure-native:app:Job": settings("configuration", "template"),
    "azure:containerapp:App": settings("secrets", "template"),
    "azure:containerapp:Job": settings("secrets", "template"),
    ...each(
        ["azure-native:containerinstance:ContainerGroup", "azure:containerservice:Group"],
        all(settings("containers"), registry("imageRegistryCredentials.password")),
    ),
    "azure-native:containerregistry:Registry": whenOn(
        "registry",
        "password of a registry's administrator",
        "adminUserEnabled",
    ),
    "azure:containerservice:Registry": whenOn("registry", "password of a registry's administrator", "adminEnabled"),
    "azure-native:containerservice:ManagedCluster": whenGiven(
        "application",
        "client secret of a cluster",
        "servicePrincipalProfile.secret",
    ),
    "azure:containerservice:KubernetesCluster": whenGiven(
        "application",
        "client secret of a cluster",
        "servicePrincipal.clientSecret",
    ),
    ...each(["azure-native:datafactory:LinkedService", "azure-native:synapse:LinkedService"], linkedService),
    ...each(DATABASES, readDatabasePassword),
};
