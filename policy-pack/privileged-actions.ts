import { ASSIGNING_ACTIONS } from "../access/role-assigning.ts";
import type { RoleDefinition } from "../access/roles.ts";
import { roleMayAllow } from "../access/roles.ts";

/**
 * Control plane actions by which who holds them becomes somebody else, or gets keys that are nobody's.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/permissions-reference
 */
const PRIVILEGED: readonly (readonly [does: string, actions: readonly string[]])[] = [
    ["assigns roles", ASSIGNING_ACTIONS],
    [
        "takes on managed identities",
        [
            "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
            "Microsoft.ManagedIdentity/userAssignedIdentities/{name}/assign/action",
            "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
        ],
    ],
    [
        "changes what Automation runs",
        [
            "Microsoft.Automation/automationAccounts/runbooks/write",
            "Microsoft.Automation/automationAccounts/runbooks/draft/content/write",
            "Microsoft.Automation/automationAccounts/webhooks/write",
        ],
    ],
    [
        "runs commands on machines",
        [
            "Microsoft.Compute/virtualMachines/runCommand/action",
            "Microsoft.Compute/virtualMachines/runCommands/write",
            "Microsoft.Compute/virtualMachines/extensions/write",
            "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action",
            "Microsoft.HybridCompute/machines/runCommands/write",
            "Microsoft.HybridCompute/machines/extensions/write",
            "Microsoft.ContainerService/managedClusters/runCommand/action",
        ],
    ],
    [
        "lists keys",
        [
            "Microsoft.Storage/storageAccounts/listKeys/action",
            "Microsoft.DocumentDB/databaseAccounts/listKeys/action",
            "Microsoft.Automation/automationAccounts/listKeys/action",
            "Microsoft.ServiceBus/namespaces/authorizationRules/listKeys/action",
            "Microsoft.EventHub/namespaces/authorizationRules/listKeys/action",
            "Microsoft.CognitiveServices/accounts/listKeys/action",
            "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
        ],
    ],
    ["opens key vaults", ["Microsoft.KeyVault/vaults/accessPolicies/write"]],
];

/** What makes a role privileged, each with the action that does; empty for a role that is not. */
export const privilegesOf = (role: RoleDefinition): readonly string[] => {
    if (role.permissions.some(({ actions }) => actions.includes("*"))) return ["allows every action '*'"];
    return PRIVILEGED.flatMap(([does, actions]) => {
        const found = actions.find(action => roleMayAllow(role, action, "action"));
        return found === undefined ? [] : [`${does} ('${found}')`];
    });
};
