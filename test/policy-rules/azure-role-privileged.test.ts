import { findRole } from "../../access/roles.ts";
import { azureRolePrivileged } from "../../policy-pack/rules/azure-role-privileged.ts";
import { AZURE_ROLE_ASSIGNMENT, type Declared, GROUP_SCOPE, testRule, UNKNOWN } from "../policy-support.ts";

const GUID = "33333333-0000-4000-8000-000000000003";
const idOf = (role: string): string => `/providers/Microsoft.Authorization/roleDefinitions/${findRole(role).id}`;

const grant = (props: Declared["props"], links: Declared["links"] = {}, type = AZURE_ROLE_ASSIGNMENT): Declared => ({
    type,
    name: "grant",
    props: { principalId: UNKNOWN, scope: GROUP_SCOPE, ...props },
    links,
});

const custom = (action: string, props: Declared["props"] = {}): Declared => ({
    type: "azure-native:authorization:RoleDefinition",
    name: "custom",
    props: { roleName: "operators", roleDefinitionId: GUID, permissions: [{ actions: [action] }], ...props },
});

const IDENTITY_SCOPE = `${GROUP_SCOPE}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/kubelet`;
const OPERATOR =
    "grant: role 'Managed Identity Operator' takes on managed identities ('Microsoft.ManagedIdentity/userAssignedIdentities/{name}/assign/action')";
const operatorOn = (type: string): Declared =>
    grant(
        { roleDefinitionId: findRole("Managed Identity Operator").id, scope: UNKNOWN },
        { scope: [{ type, name: "made", props: {} }] },
    );
const CONTRIBUTOR = "grant: role 'Contributor' allows every action '*'";

const ELIGIBLE = "azure-native:authorization:PimRoleEligibilitySchedule";

const ADMIN = "Role Based Access Control Administrator";
const ASSIGNS = `grant: role '${ADMIN}' assigns roles ('Microsoft.Authorization/roleAssignments/write')`;
const only = (...names: readonly string[]): string =>
    `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${names.map(name => findRole(name).id).join(", ")}}`;

testRule(azureRolePrivileged, [
    { fact: "takes a role that only reads", stack: [grant({ roleDefinitionId: idOf("Reader") })] },
    { fact: "takes a role of one service", stack: [grant({ roleDefinitionId: idOf("Website Contributor") })] },
    { fact: "finds every action", stack: [grant({ roleDefinitionId: idOf("Contributor") })], finds: [CONTRIBUTOR] },
    {
        fact: "finds a role under any token that assigns it, by id in any form or by name",
        stack: [
            grant(
                { roleDefinitionId: findRole("Contributor").id.toUpperCase() },
                {},
                "azure-native:authorization/v20220401:RoleAssignment",
            ),
            grant(
                { roleDefinitionId: `/subscriptions/x${idOf("Contributor")}` },
                {},
                "azure-native_authorization_v20220401:authorization:RoleAssignment",
            ),
            grant({ roleDefinitionName: "contributor" }, {}, "azure:authorization/assignment:Assignment"),
            grant({ roleDefinitionName: "Contributor" }, {}, "azure:role/assignment:Assignment"),
        ],
        finds: [CONTRIBUTOR, CONTRIBUTOR, CONTRIBUTOR, CONTRIBUTOR],
    },
    {
        fact: "judges a built-in role by its actions and not its name",
        stack: [grant({ roleDefinitionId: idOf("Managed Identity Operator") })],
        finds: [
            "grant: role 'Managed Identity Operator' takes on managed identities ('Microsoft.ManagedIdentity/userAssignedIdentities/{name}/assign/action')",
        ],
    },
    {
        fact: "finds roles that list keys, put code into Automation or open vaults, each by its action",
        stack: [
            grant({ roleDefinitionId: idOf("Storage Account Contributor") }),
            grant({ roleDefinitionId: GUID }),
            custom("Microsoft.Automation/automationAccounts/modules/write"),
            grant({ roleDefinitionId: idOf("Key Vault Contributor") }),
        ],
        finds: [
            "grant: role 'Key Vault Contributor' opens key vaults ('Microsoft.KeyVault/vaults/accessPolicies/write')",
            "grant: role 'Storage Account Contributor' lists keys ('Microsoft.Storage/storageAccounts/listKeys/action')",
            "grant: role 'operators' changes what Automation runs ('Microsoft.Automation/automationAccounts/modules/write')",
        ],
        findsOnResource: [
            "grant: cannot judge the role: role '33333333-0000-4000-8000-000000000003' is neither built in nor defined in this stack, so what it allows is not known",
            "grant: role 'Key Vault Contributor' opens key vaults ('Microsoft.KeyVault/vaults/accessPolicies/write')",
            "grant: role 'Storage Account Contributor' lists keys ('Microsoft.Storage/storageAccounts/listKeys/action')",
        ],
    },
    {
        fact: "takes an assigning role whose condition names harmless roles, its own or that of the assignment",
        stack: [
            grant({ roleDefinitionId: idOf(ADMIN), condition: only("Reader", "Storage Blob Data Reader") }),
            grant({ roleDefinitionId: idOf("Key Vault Data Access Administrator") }),
        ],
    },
    {
        fact: "finds an assigning role whose condition names a privileged role, or one that no table has",
        stack: [
            grant({ roleDefinitionId: idOf(ADMIN), condition: only("Reader", "Contributor") }),
            grant({ roleDefinitionId: idOf(ADMIN), condition: only("Reader").replace("}", `, ${GUID}}`) }),
            grant({ roleDefinitionId: idOf(ADMIN), condition: UNKNOWN }),
        ],
        finds: [ASSIGNS, ASSIGNS, ASSIGNS],
    },
    {
        fact: "finds what no condition of an assignment bounds",
        stack: [grant({ roleDefinitionId: idOf("User Access Administrator"), condition: only("Reader") })],
        finds: [
            "grant: role 'User Access Administrator' assigns roles ('Microsoft.Authorization/roleDefinitions/write')",
        ],
    },
    {
        fact: "takes a privileged role that is allowed",
        stack: [grant({ roleDefinitionId: idOf("Contributor") })],
        config: { allowed: ["contributor"] },
    },
    {
        fact: "takes a privileged role that is allowed, by a pattern",
        stack: [grant({ roleDefinitionId: idOf("Contributor") })],
        config: { allowed: ["contrib*"] },
    },
    {
        fact: "judges a custom role of the stack by its actions, linked or by its id",
        stack: [
            custom("Microsoft.Authorization/*"),
            grant({ roleDefinitionId: UNKNOWN }, { roleDefinitionId: [custom("Microsoft.Authorization/*")] }),
            grant({ roleDefinitionId: GUID }),
        ],
        finds: [
            "grant: role 'operators' assigns roles ('Microsoft.Authorization/roleAssignments/write')",
            "grant: role 'operators' assigns roles ('Microsoft.Authorization/roleAssignments/write')",
        ],
        findsOnResource: ["grant: role 'operators' assigns roles ('Microsoft.Authorization/roleAssignments/write')"],
    },
    {
        fact: "finds a custom role of the stack that allows every operation on data",
        stack: [
            custom("Microsoft.Compute/virtualMachines/read", {
                permissions: [{ actions: [], dataActions: ["*"] }],
            }),
            grant({ roleDefinitionId: GUID }),
        ],
        finds: ["grant: role 'operators' allows every operation on data '*'"],
    },
    {
        fact: "takes a custom role of the stack whose actions are harmless",
        stack: [custom("Microsoft.Compute/virtualMachines/read"), grant({ roleDefinitionId: GUID })],
    },
    {
        fact: "finds a custom role of the stack whose actions are not known yet",
        stack: [grant({ roleDefinitionId: UNKNOWN }, { roleDefinitionId: [custom(UNKNOWN)] })],
        finds: ["grant: cannot judge the role: 'permissions.0.actions.0' is not known before its resources exist"],
        findsOnResource: [],
    },
    {
        fact: "takes no harmless role for another whose id is its name",
        stack: [
            custom("Microsoft.Web/sites/read", { roleName: GUID, roleDefinitionId: UNKNOWN }),
            grant({ roleDefinitionId: GUID }),
        ],
        finds: [
            `grant: cannot judge the role: role '${GUID}' is neither built in nor defined in this stack, so what it allows is not known`,
        ],
    },
    {
        fact: "finds a custom role that nothing tells about, in both halves",
        stack: [grant({ roleDefinitionId: GUID })],
        finds: [
            `grant: cannot judge the role: role '${GUID}' is neither built in nor defined in this stack, so what it allows is not known`,
        ],
    },
    {
        fact: "finds a role that comes from nowhere in the stack, in the preview alone",
        stack: [grant({ roleDefinitionId: UNKNOWN })],
        finds: ["grant: cannot judge the role: 'roleDefinitionId' is not known before its resources exist"],
        findsOnResource: [],
    },
    {
        fact: "finds a role that has to be activated first, but where such are taken",
        stack: [grant({ roleDefinitionId: idOf("Contributor") }, {}, ELIGIBLE)],
        finds: [CONTRIBUTOR],
    },
    {
        fact: "takes a role that has to be activated first, where such are taken, and none that is active",
        stack: [
            grant({ roleDefinitionId: idOf("Contributor") }, {}, ELIGIBLE),
            grant(
                { roleDefinitionId: idOf("Contributor") },
                {},
                "azure:pim/eligibleRoleAssignment:EligibleRoleAssignment",
            ),
            grant(
                { roleDefinitionId: idOf("Contributor") },
                {},
                "azure-native:authorization:PimRoleAssignmentSchedule",
            ),
        ],
        config: { eligible: "taken" },
        finds: [CONTRIBUTOR],
    },
    {
        fact: "leaves a role that is not known yet to the update, where it is to",
        stack: [grant({ roleDefinitionId: UNKNOWN }), grant({ roleDefinitionId: idOf("Owner") })],
        config: { unknown: "left" },
        finds: ["grant: role 'Owner' allows every action '*'"],
    },
    {
        fact: "finds a role that no update will tell more about, where what is not known yet is left to it",
        stack: [grant({ roleDefinitionId: GUID }), grant({})],
        config: { unknown: "left" },
        finds: [
            "grant: cannot judge the role: 'roleDefinitionId' is missing",
            `grant: cannot judge the role: role '${GUID}' is neither built in nor defined in this stack, so what it allows is not known`,
        ],
    },
    {
        fact: "finds a misspelled role id, and says which role is near",
        stack: [grant({ roleDefinitionId: "7f951dff-4bc7-4680-a7ca-43fe172d538d" })],
        finds: [
            "grant: cannot judge the role: role '7f951dff-4bc7-4680-a7ca-43fe172d538d' is neither built in nor defined in this stack, so what it allows is not known; did you mean '7f951dda-4ed3-4680-a7ca-43fe172d538d', which is 'AcrPull'?",
        ],
    },
    {
        fact: "finds a role that is missing",
        stack: [grant({})],
        finds: ["grant: cannot judge the role: 'roleDefinitionId' is missing"],
    },
    {
        fact: "takes a role that is allowed on a single resource, there",
        stack: [grant({ roleDefinitionId: findRole("Managed Identity Operator").id, scope: IDENTITY_SCOPE })],
        config: { allowedOnResources: ["Managed Identity *"] },
    },
    {
        fact: "finds a role that is allowed on a single resource, on a group",
        stack: [grant({ roleDefinitionId: findRole("Managed Identity Operator").id, scope: GROUP_SCOPE })],
        config: { allowedOnResources: ["Managed Identity *"] },
        finds: [
            "grant: role 'Managed Identity Operator' takes on managed identities ('Microsoft.ManagedIdentity/userAssignedIdentities/{name}/assign/action')",
        ],
    },
    {
        fact: "takes a role that is allowed on a single resource, on one whose id is not known yet",
        stack: [operatorOn("azure-native:managedidentity:UserAssignedIdentity")],
        config: { allowedOnResources: ["Managed Identity *"] },
        findsOnResource: [],
    },
    ...[
        "azure-native:containerservice:ManagedCluster",
        "azure:containerservice/kubernetesCluster:KubernetesCluster",
        "azurerm:index/kubernetesCluster:KubernetesCluster",
        "azure-native:databricks/v20240501:Workspace",
        "azure:databricks/workspace:Workspace",
        "azure-native:solutions:Application",
        "azure:managedapplication/application:Application",
        "azure-native:app:ManagedEnvironment",
        "azure:containerapp/environment:Environment",
        "azurerm:index/containerAppEnvironment:ContainerAppEnvironment",
        "azure-native:synapse:Workspace",
        "azure-native:purview:Account",
        "azure:purview/account:Account",
        "azure-native:virtualmachineimages:VirtualMachineImageTemplate",
    ].map(type => ({
        fact: `finds a role that is allowed on a single resource, where it may be on the resource group of ${type}`,
        stack: [operatorOn(type)],
        config: { allowedOnResources: ["Managed Identity *"], unknown: "left" },
        finds: [OPERATOR],
        findsOnResource: [],
    })),
]);
