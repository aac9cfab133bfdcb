/** Limits that the plugin checks on a property before it calls Azure. */
export interface Limits {
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly pattern?: string;
}

/** One resource type of the azure-native plugin: everything about it that its SDK does not say. */
export interface Row {
    readonly apiVersion: string;
    /** The REST path; each `{parameter}` is an input, and changing it replaces the resource. */
    readonly path: string;
    /** Inputs besides path parameters that replace the resource when they change. */
    readonly replaceOnChanges?: readonly string[];
    /** Inputs that sit elsewhere in the body than the envelope rule says: input → containers, outermost first. */
    readonly containers?: Readonly<Record<string, readonly string[]>>;
    /** Inputs whose name on the wire differs. */
    readonly wireNames?: Readonly<Record<string, string>>;
    /** The path parameter that names the resource is a GUID: a random one where none is given. */
    readonly guidName?: true;
    /** Child collections that are left as they are in Azure where the program does not set them. */
    readonly keptWhenUnset?: readonly string[];
    readonly deleteQuery?: Readonly<Record<string, string>>;
    /** Containers that the body has even when none of their properties is set. */
    readonly requiredContainers?: readonly string[];
    readonly limits?: Readonly<Record<string, Limits>>;
}

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const AUTOMATION_ACCOUNT = `${GROUP}/providers/Microsoft.Automation/automationAccounts/{automationAccountName}`;
const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}`;

const automation = (child: string, more: Partial<Row> = {}): Row => ({
    apiVersion: "2024-10-23",
    path: `${AUTOMATION_ACCOUNT}${child}`,
    limits: { resourceGroupName: { minLength: 1, maxLength: 90, pattern: "^[-\\w\\._\\(\\)]+$" } },
    requiredContainers: ["properties"],
    ...more,
});

/**
 * The resource types the stand-in serves, by token without package and version.
 * Paths, API versions and replace rules are those of azure-native 3.28; source: its SDK and
 * https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/gen/replacement.go
 */
export const ROWS: Readonly<Record<string, Row>> = {
    "resources:ResourceGroup": {
        apiVersion: "2024-03-01",
        path: GROUP,
        replaceOnChanges: ["location"],
        limits: { resourceGroupName: { minLength: 1, maxLength: 90 } },
    },
    "managedidentity:UserAssignedIdentity": { apiVersion: "2023-01-31", path: IDENTITY },
    "managedidentity:FederatedIdentityCredential": {
        apiVersion: "2023-01-31",
        path: `${IDENTITY}/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}`,
        limits: {
            federatedIdentityCredentialResourceName: { pattern: "^[a-zA-Z0-9]{1}[a-zA-Z0-9-_]{2,119}$" },
        },
    },
    "authorization:RoleAssignment": {
        apiVersion: "2022-04-01",
        path: "/{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
        guidName: true,
        replaceOnChanges: ["principalId"],
        requiredContainers: ["properties"],
    },
    "authorization:RoleDefinition": {
        apiVersion: "2022-05-01-preview",
        path: "/{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
        guidName: true,
        wireNames: { roleType: "type" },
    },
    "automation:AutomationAccount": automation("", { containers: { sku: ["properties"], name: [] } }),
    "automation:RuntimeEnvironment": automation("/runtimeEnvironments/{runtimeEnvironmentName}", {
        containers: { language: ["properties", "runtime"], version: ["properties", "runtime"] },
    }),
    "automation:Package": automation("/runtimeEnvironments/{runtimeEnvironmentName}/packages/{packageName}", {
        containers: { allOf: [] },
    }),
    "automation:Module": automation("/modules/{moduleName}", { containers: { name: [] } }),
    "automation:PowerShell72Module": automation("/powerShell72Modules/{moduleName}", {
        apiVersion: "2023-11-01",
        containers: { name: [] },
    }),
    "automation:Runbook": automation("/runbooks/{runbookName}", { containers: { name: [] } }),
    "automation:Schedule": automation("/schedules/{scheduleName}", { containers: { name: [] } }),
    "automation:JobSchedule": automation("/jobSchedules/{jobScheduleId}", {
        guidName: true,
        replaceOnChanges: ["parameters"],
    }),
    "automation:Variable": automation("/variables/{variableName}", { containers: { name: [] } }),
    "storage:StorageAccount": {
        apiVersion: "2024-01-01",
        path: `${GROUP}/providers/Microsoft.Storage/storageAccounts/{accountName}`,
        replaceOnChanges: ["isHnsEnabled", "location"],
        wireNames: {
            enableHttpsTrafficOnly: "supportsHttpsTrafficOnly",
            enableNfsV3: "isNfsV3Enabled",
            networkRuleSet: "networkAcls",
        },
        limits: { accountName: { minLength: 3, maxLength: 24 }, resourceGroupName: { minLength: 1, maxLength: 90 } },
    },
    "storage:BlobContainer": {
        apiVersion: "2024-01-01",
        path: `${GROUP}/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices/default/containers/{containerName}`,
    },
    "keyvault:Vault": {
        apiVersion: "2024-11-01",
        path: `${GROUP}/providers/Microsoft.KeyVault/vaults/{vaultName}`,
        keptWhenUnset: ["properties.accessPolicies"],
        limits: { vaultName: { pattern: "^[a-zA-Z0-9-]{3,24}$" } },
    },
    "web:AppServicePlan": {
        apiVersion: "2025-05-01",
        path: `${GROUP}/providers/Microsoft.Web/serverfarms/{name}`,
        limits: { resourceGroupName: { minLength: 1, maxLength: 90 } },
    },
    "web:WebApp": {
        apiVersion: "2025-05-01",
        path: `${GROUP}/providers/Microsoft.Web/sites/{name}`,
        replaceOnChanges: ["kind", "location"],
        deleteQuery: { deleteEmptyServerFarm: "false" },
        limits: { resourceGroupName: { minLength: 1, maxLength: 90 } },
    },
    "compute:VirtualMachine": {
        apiVersion: "2024-11-01",
        path: `${GROUP}/providers/Microsoft.Compute/virtualMachines/{vmName}`,
        containers: { placement: [] },
    },
    "network:VirtualNetwork": {
        apiVersion: "2024-05-01",
        path: `${GROUP}/providers/Microsoft.Network/virtualNetworks/{virtualNetworkName}`,
        replaceOnChanges: ["location"],
        keptWhenUnset: ["subnets", "virtualNetworkPeerings"],
    },
    "network:NetworkInterface": {
        apiVersion: "2024-05-01",
        path: `${GROUP}/providers/Microsoft.Network/networkInterfaces/{networkInterfaceName}`,
    },
    "app:ManagedEnvironment": {
        apiVersion: "2025-02-02-preview",
        path: `${GROUP}/providers/Microsoft.App/managedEnvironments/{environmentName}`,
        limits: { resourceGroupName: { minLength: 1, maxLength: 90 } },
    },
    "app:ContainerApp": {
        apiVersion: "2025-02-02-preview",
        path: `${GROUP}/providers/Microsoft.App/containerApps/{containerAppName}`,
        limits: { resourceGroupName: { minLength: 1, maxLength: 90 } },
    },
};

/** Inputs that stay at the top of the body; the rest goes into `properties`. */
export const ENVELOPE: ReadonlySet<string> = new Set([
    "extendedLocation",
    "identity",
    "kind",
    "location",
    "managedBy",
    "plan",
    "properties",
    "sku",
    "tags",
    "zones",
]);

/** Nested types whose properties the SDK lifts out of `properties`: type → what stays at its top. */
export const FLATTENED_TYPES: Readonly<Record<string, readonly string[]>> = {
    "compute:NetworkInterfaceReference": ["id"],
    "compute:VirtualMachineNetworkInterfaceConfiguration": ["name", "tags"],
    "compute:VirtualMachineNetworkInterfaceIPConfiguration": ["name"],
    "network:NetworkInterfaceIPConfiguration": ["id", "name", "etag", "type"],
    "network:Subnet": ["id", "name", "etag", "type"],
    "network:NetworkSecurityGroup": ["id", "location", "tags", "name", "etag", "type"],
    "network:PublicIPAddress": ["id", "location", "tags", "sku", "zones", "name", "etag", "type"],
    "network:Delegation": ["id", "name", "etag", "type"],
    "network:ServiceEndpointPolicy": ["id", "location", "tags", "name", "etag", "type", "kind"],
};
