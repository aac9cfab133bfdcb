import { assignableRoles, isDelegation } from "../access/delegation.ts";
import { ASSIGNING_ACTIONS } from "../access/role-assigning.ts";
import type { RoleSet } from "../access/role-set.ts";
import type { RoleDefinition } from "../access/roles.ts";
import { findRole, roleMayAllow } from "../access/roles.ts";

const [ASSIGN = "", ...OTHER_ASSIGNING] = ASSIGNING_ACTIONS;

/** What gives rights away and is bounded by no condition of a role assignment. */
const UNBOUNDED_ASSIGNING = [...OTHER_ASSIGNING, "Microsoft.Authorization/roleManagementPolicies/write"];

interface Privilege {
    readonly does: string;
    readonly actions: readonly string[];
}

/**
 * Control plane actions by which who holds them becomes somebody else, or gets keys that are nobody's. Of keys, those
 * that open all the data of an account, or put code into it.
 * Sources: the pages of providers below https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations,
 * and for what they lead to https://learn.microsoft.com/azure/key-vault/general/rbac-guide (vaults),
 * https://learn.microsoft.com/azure/automation/automation-role-based-access-control (Automation),
 * https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage (keys).
 */
const PRIVILEGES: readonly Privilege[] = [
    {
        does: "takes on managed identities",
        actions: [
            "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
            "Microsoft.ManagedIdentity/userAssignedIdentities/{name}/assign/action",
            "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
        ],
    },
    {
        does: "changes what Automation runs",
        actions: [
            "Microsoft.Automation/automationAccounts/runbooks/write",
            "Microsoft.Automation/automationAccounts/runbooks/draft/content/write",
            "Microsoft.Automation/automationAccounts/runbooks/draft/write",
            "Microsoft.Automation/automationAccounts/webhooks/write",
            "Microsoft.Automation/automationAccounts/modules/write",
            "Microsoft.Automation/automationAccounts/powerShell72Modules/write",
            "Microsoft.Automation/automationAccounts/python2Packages/write",
            "Microsoft.Automation/automationAccounts/python3Packages/write",
            "Microsoft.Automation/automationAccounts/runtimeEnvironments/write",
            "Microsoft.Automation/automationAccounts/runtimeEnvironments/packages/write",
            "Microsoft.Automation/automationAccounts/sourceControls/write",
            "Microsoft.Automation/automationAccounts/configurations/write",
        ],
    },
    {
        does: "runs commands on machines",
        actions: [
            "Microsoft.Compute/virtualMachines/runCommand/action",
            "Microsoft.Compute/virtualMachines/runCommands/write",
            "Microsoft.Compute/virtualMachines/extensions/write",
            "Microsoft.Compute/virtualMachineScaleSets/extensions/write",
            "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action",
            "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands/write",
            "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/extensions/write",
            "Microsoft.HybridCompute/machines/runCommands/write",
            "Microsoft.HybridCompute/machines/extensions/write",
            "Microsoft.ContainerService/managedClusters/runCommand/action",
            "Microsoft.ContainerInstance/containerGroups/containers/exec/action",
        ],
    },
    {
        does: "lists keys",
        actions: [
            "Microsoft.Storage/storageAccounts/listKeys/action",
            "Microsoft.Storage/storageAccounts/regeneratekey/action",
            "Microsoft.Storage/storageAccounts/ListAccountSas/action",
            "Microsoft.ClassicStorage/storageAccounts/listKeys/action",
            "Microsoft.DocumentDB/databaseAccounts/listKeys/action",
            "Microsoft.DocumentDB/databaseAccounts/regenerateKey/action",
            "Microsoft.DocumentDB/databaseAccounts/listConnectionStrings/action",
            "Microsoft.DocumentDB/mongoClusters/listConnectionStrings/action",
            "Microsoft.Cache/redis/listKeys/action",
            "Microsoft.Cache/redisEnterprise/databases/listKeys/action",
            "Microsoft.AppConfiguration/configurationStores/ListKeys/action",
            "Microsoft.Automation/automationAccounts/listKeys/action",
            "Microsoft.Batch/batchAccounts/listkeys/action",
            "Microsoft.ServiceBus/namespaces/authorizationRules/listKeys/action",
            "Microsoft.EventHub/namespaces/authorizationRules/listKeys/action",
            "Microsoft.Devices/iotHubs/listkeys/Action",
            "Microsoft.CognitiveServices/accounts/listKeys/action",
            "Microsoft.Search/searchServices/listAdminKeys/action",
            "Microsoft.MachineLearningServices/workspaces/listKeys/action",
            "Microsoft.ContainerRegistry/registries/listCredentials/action",
            "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
        ],
    },
    {
        does: "opens key vaults",
        actions: ["Microsoft.KeyVault/vaults/accessPolicies/write", "Microsoft.KeyVault/vaults/write"],
    },
];

const firstOf = (role: RoleDefinition, actions: readonly string[]): string | undefined =>
    actions.find(action => roleMayAllow(role, action, "action"));

const allowsEverything = ({ permissions }: RoleDefinition): boolean =>
    permissions.some(({ actions }) => actions.includes("*"));

const allowsAllData = ({ permissions }: RoleDefinition): boolean =>
    permissions.some(({ dataActions }) => dataActions.includes("*"));

/** Whether a role that can be assigned is a privilege of who assigns it; one that nothing tells about is. */
const isPrivileged = (guid: string): boolean => {
    try {
        const role = findRole(guid);
        return isDelegation(role) || privilegesOf(role).length > 0;
    } catch {
        return true;
    }
};

const isHarmless = (assignable: RoleSet): boolean =>
    "only" in assignable && ![...assignable.only].some(guid => isPrivileged(guid));

const assigning = (role: RoleDefinition, condition: string | undefined): readonly string[] => {
    const unbounded = firstOf(role, UNBOUNDED_ASSIGNING);
    const isBounded = !isDelegation(role) || isHarmless(assignableRoles(role, condition));
    const action = isBounded ? unbounded : ASSIGN;
    return action === undefined ? [] : [`assigns roles ('${action}')`];
};

/**
 * What makes a role privileged, each with the action that does; empty for a role that is not. A condition of the
 * assignment counts where it bounds the roles that may be assigned to harmless ones.
 */
export const privilegesOf = (role: RoleDefinition, condition?: string): readonly string[] => {
    if (allowsEverything(role)) return ["allows every action '*'"];
    const others = PRIVILEGES.flatMap(({ does, actions }) => {
        const found = firstOf(role, actions);
        return found === undefined ? [] : [`${does} ('${found}')`];
    });
    const data = allowsAllData(role) ? ["allows every operation on data '*'"] : [];
    return [...assigning(role, condition), ...others, ...data];
};
