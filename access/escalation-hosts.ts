import { CONTAINERS } from "./escalation-containers.ts";
import { MACHINES } from "./escalation-machines.ts";
import { JOBS, WEB } from "./escalation-services.ts";
import { DATABASES } from "./escalation-databases.ts";
import { SOURCES } from "./escalation-sources.ts";
import { below, type Takeover, takeover } from "./escalation-takeover.ts";

/** Type of a user-assigned identity. */
export const IDENTITY = "microsoft.managedidentity/userassignedidentities";
/** Type of what credentials are kept in. */
export const VAULT = "microsoft.keyvault/vaults";

const ATTACHED = "Microsoft.ManagedIdentity/userAssignedIdentities";
const SECRETS = "Microsoft.KeyVault/vaults";

/** Identities and credentials. Source: https://learn.microsoft.com/azure/role-based-access-control/permissions/security */
const IDENTITIES: readonly Takeover[] = [
    {
        ...takeover(
            "AttachIdentity",
            "attach % to a resource of its own",
            [IDENTITY],
            below(ATTACHED, ["assign/action", "{name}/assign/action"]),
        ),
        needsHost: true,
    },
    takeover(
        "AddFederatedCredential",
        "let tokens of its own sign in as",
        [IDENTITY],
        [...below(ATTACHED, ["federatedIdentityCredentials/write"])],
    ),
    takeover(
        "AZGetSecrets",
        "read what is kept in",
        [VAULT],
        below(SECRETS, ["secrets/getSecret/action"]),
        "dataAction",
    ),
    takeover(
        "AZKeyVaultContributor",
        "give itself access to what is kept in",
        [VAULT],
        [...below(SECRETS, ["accessPolicies/write", "write"])],
    ),
];

/** Every way to act as the identities of a resource. */
export const TAKEOVERS: readonly Takeover[] = [
    ...[...WEB, ...MACHINES, ...CONTAINERS, ...JOBS, ...DATABASES],
    ...[...IDENTITIES, ...SOURCES],
];

/** Writing one of these makes a resource that runs what its writer wants, as the identity attached to it. */
export const HOST_WRITES: readonly string[] = [
    "Microsoft.App/containerApps/write",
    "Microsoft.App/jobs/write",
    "Microsoft.Automation/automationAccounts/write",
    "Microsoft.Batch/batchAccounts/pools/write",
    "Microsoft.Compute/virtualMachineScaleSets/write",
    "Microsoft.Compute/virtualMachines/write",
    "Microsoft.ContainerInstance/containerGroups/write",
    "Microsoft.ContainerRegistry/registries/tasks/write",
    "Microsoft.ContainerService/managedClusters/write",
    "Microsoft.DataFactory/factories/write",
    "Microsoft.Logic/workflows/write",
    "Microsoft.MachineLearningServices/workspaces/computes/write",
    "Microsoft.Resources/deploymentScripts/write",
    "Microsoft.VirtualMachineImages/imageTemplates/write",
    "Microsoft.Web/sites/write",
];

/**
 * Types whose identity does the service's own work, such as reading its key: who changes the resource does not get to
 * act with it.
 * Source: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identities-status
 */
const PASSIVE: ReadonlySet<string> = new Set([
    "microsoft.app/managedenvironments",
    "microsoft.appconfiguration/configurationstores",
    "microsoft.cache/redis",
    "microsoft.cache/redisenterprise",
    "microsoft.cdn/profiles",
    "microsoft.cognitiveservices/accounts",
    "microsoft.compute/diskencryptionsets",
    "microsoft.containerregistry/registries",
    "microsoft.databricks/accessconnectors",
    "microsoft.dataprotection/backupvaults",
    "microsoft.dbformysql/flexibleservers",
    "microsoft.documentdb/databaseaccounts",
    "microsoft.eventgrid/domains",
    "microsoft.eventgrid/namespaces",
    "microsoft.eventgrid/systemtopics",
    "microsoft.eventgrid/topics",
    "microsoft.eventhub/namespaces",
    "microsoft.insights/datacollectionendpoints",
    "microsoft.insights/datacollectionrules",
    "microsoft.insights/scheduledqueryrules",
    "microsoft.kusto/clusters",
    "microsoft.netapp/netappaccounts",
    "microsoft.network/applicationgateways",
    "microsoft.network/firewallpolicies",
    "microsoft.operationalinsights/clusters",
    "microsoft.operationalinsights/workspaces",
    "microsoft.purview/accounts",
    "microsoft.recoveryservices/vaults",
    "microsoft.search/searchservices",
    "microsoft.servicebus/namespaces",
    "microsoft.signalrservice/signalr",
    "microsoft.signalrservice/webpubsub",
    "microsoft.sql/servers/databases",
    "microsoft.storage/storageaccounts",
    "microsoft.streamanalytics/streamingjobs",
]);

const KNOWN: ReadonlySet<string> = new Set(TAKEOVERS.flatMap(({ types }) => types));

const ofType = new Map<string, readonly Takeover[]>();

/** Of a type that nothing is known about, writing it may be enough; of one that is not told, only every action is. */
const unknownType = (type: string): Takeover => ({
    ...takeover("ResourceContributor", "change what is done by", [type], below(type === "" ? "?" : type, ["write"])),
    may: true,
});

const find = (type: string): readonly Takeover[] => {
    if (KNOWN.has(type)) return TAKEOVERS.filter(({ types }) => types.includes(type));
    return PASSIVE.has(type) ? [] : [unknownType(type)];
};

/** The ways to act as the identities of a resource of a type. */
export const takeoversOf = (type: string): readonly Takeover[] => {
    const found = ofType.get(type) ?? find(type);
    ofType.set(type, found);
    return found;
};
