import { azureRoleLargerThanActions } from "../../policy-pack/rules/azure-role-larger-than-actions.ts";
import { ACCOUNT, IDENTITY, role, runbook } from "../policy-grants.ts";
import { type Declared, GROUP, GROUP_SCOPE, testRule, UNKNOWN } from "../policy-support.ts";

const STOPS = "Connect-AzAccount -Identity\nGet-AzVM -Status\nStop-AzVM -ResourceGroupName rg -Name vm -Force\n";
const actions = { job: ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"] };

/** A role that a component of Leastwise says it assigns for these actions. */
const declared = (name: string, granted: string, taken: readonly string[]): Declared => {
    const made = role(name, granted, IDENTITY, GROUP_SCOPE);
    const id = String(made.props["roleDefinitionId"]).split("/").at(-1);
    const grants = [{ kind: "azure", roleDefinitionGuid: id, scope: GROUP_SCOPE, actions: taken }];
    return { ...made, parent: { type: "leastwise:index:AzureGrants", name: `${name}-grants`, props: { grants } } };
};

const STOPPING = ["Microsoft.Compute/virtualMachines/read", "Microsoft.Compute/virtualMachines/deallocate/action"];
const OWN_ID = "33333333-0000-4000-8000-000000000003";
const CUSTOM: Declared = {
    type: "azure-native:authorization:RoleDefinition",
    name: "custom",
    props: { roleName: "stops machines", roleDefinitionId: OWN_ID, permissions: [{ actions: STOPPING }] },
};
const ofCustom: Declared["props"] = {
    roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${OWN_ID}`,
    principalId: UNKNOWN,
    scope: GROUP_SCOPE,
};

testRule(azureRoleLargerThanActions, [
    {
        fact: "takes a role of an identity whose actions are not known",
        stack: [GROUP, IDENTITY, role("all", "Contributor", IDENTITY)],
    },
    {
        fact: "takes the least role for the actions that are declared",
        stack: [GROUP, IDENTITY, role("blobs", "Storage Blob Data Reader", IDENTITY)],
        config: { actions },
    },
    {
        fact: "finds a role that is larger than the actions that are declared, with the smaller one",
        stack: [GROUP, IDENTITY, role("blobs", "Storage Blob Data Owner", IDENTITY)],
        config: { actions },
        finds: [
            "blobs: role 'Storage Blob Data Owner' opens 10 actions more than 'job' needs ('Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'); expected 'Storage Blob Data Reader' or a custom role of 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a role that allows none of the actions",
        stack: [GROUP, IDENTITY, role("queues", "Storage Queue Data Reader", IDENTITY)],
        config: { actions },
        finds: [
            "queues: role 'Storage Queue Data Reader' allows none of the actions that 'job' takes ('Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'); expected none",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a role that is larger than what the runbooks do",
        stack: [GROUP, ACCOUNT, ...runbook("stop", STOPS), role("machines", "Contributor", ACCOUNT)],
        finds: [
            "machines: role 'Contributor' opens 9990 actions more than 'nightly' needs ('Microsoft.Compute/virtualMachines/deallocate/action', 'Microsoft.Compute/virtualMachines/read'); expected a custom role of 'Microsoft.Compute/virtualMachines/deallocate/action', 'Microsoft.Compute/virtualMachines/read'",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a role that is larger than the actions its own grant is declared for",
        stack: [IDENTITY, declared("reads", "Contributor", ["Microsoft.Compute/virtualMachines/read"])],
        finds: [
            "reads: role 'Contributor' opens 10074 actions more than 'job' needs ('Microsoft.Compute/virtualMachines/read'); expected 'Scheduled Events Contributor' or a custom role of 'Microsoft.Compute/virtualMachines/read'",
        ],
        findsOnResource: [],
    },
    {
        fact: "takes a custom role of just the actions, where a built-in one would open more",
        stack: [IDENTITY, CUSTOM, { ...role("own", "Reader", IDENTITY, GROUP_SCOPE), props: ofCustom }],
        config: { actions: { job: STOPPING } },
    },
    {
        fact: "finds a role that is not known of an identity whose actions are",
        stack: [GROUP, IDENTITY, role("hidden", UNKNOWN, IDENTITY)],
        config: { actions },
        finds: ["hidden: cannot judge the role: 'roleDefinitionId' is not known before its resources exist"],
        findsOnResource: [],
    },
    {
        fact: "finds a setting that is no action, and says where it is",
        stack: [IDENTITY],
        config: { actions: { job: ["Microsoft.Compute/*"] } },
        finds: [
            "stack: the rule is configured wrongly: actions.job: 'Microsoft.Compute/*' is a pattern; expected one action by its full name",
        ],
        findsOnResource: [
            "job: the rule is configured wrongly: actions.job: 'Microsoft.Compute/*' is a pattern; expected one action by its full name",
        ],
    },
]);
