import { grantUnjudged } from "../../policy-pack/rules/grant-unjudged.ts";
import { AZURE_ROLE_ASSIGNMENT, type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const resource = (type: string, props: Declared["props"]): Declared => ({ type, name: "it", props });
const DATABASE = "azure-native:cosmosdb:SqlResourceSqlRoleAssignment";
const DEPLOYMENT = "azure-native:resources:Deployment";
const template = { resources: [{ type: "Microsoft.Authorization/roleAssignments", properties: {} }] };
const OFFER: Declared = {
    type: "azure-native:managedservices/v20221001:RegistrationDefinition",
    name: "offer",
    props: { properties: { authorizations: [{ principalId: "x", roleDefinitionId: "y" }] } },
};
const harmless = { resources: [{ type: "Microsoft.Storage/storageAccounts", properties: {} }] };
const found = (type: string, property: string): string =>
    `it: '${type}' gives a right ('${property}') that no rule judges`;

const nested = (inner: unknown): unknown => ({
    template: { resources: [{ type: "Microsoft.Resources/deployments", properties: inner }] },
});

testRule(grantUnjudged, [
    {
        fact: "takes grants that other rules judge, and resources that give none",
        stack: [
            resource(AZURE_ROLE_ASSIGNMENT, { roleDefinitionId: "x" }),
            resource("azure-native:authorization:PimRoleEligibilitySchedule", { roleDefinitionId: "x" }),
            resource("azuread:index/directoryRoleMember:DirectoryRoleMember", { roleObjectId: "x" }),
            resource("azure-native:storage:StorageAccount", { accountName: "a", identity: { type: "SystemAssigned" } }),
            resource("aws:iam/role:Role", { roleDefinitionId: "x" }),
            resource(DEPLOYMENT, { properties: { mode: "Incremental", template: harmless, parameters: UNKNOWN } }),
        ],
    },
    {
        fact: "takes what only asks for access, or says how roles may be given",
        stack: [
            resource("azuread:index/applicationApiAccess:ApplicationApiAccess", { apiClientId: "x", roleIds: ["y"] }),
            resource("azure-native:authorization:RoleManagementPolicyAssignment", { roleDefinitionId: "x" }),
            resource("azure-native:authorization:PolicyDefinition", {
                policyRule: { then: { details: { roleDefinitionIds: ["x"] } } },
            }),
            resource("azure-native:cosmosdb:SqlResourceSqlRoleDefinition", { roleDefinitionId: "x", permissions: [] }),
            resource("azure:cosmosdb/sqlRoleDefinition:SqlRoleDefinition", { roleDefinitionId: "x" }),
        ],
    },
    {
        fact: "finds who is made the administrator of a service, or let at its data, by a resource of its own",
        stack: [
            resource("azure-native:sql:ServerAzureADAdministrator", { sid: UNKNOWN, administratorName: "dba" }),
            resource("azure-native:dbforpostgresql:Administrator", { principalName: "dba", objectId: "x" }),
            resource("azure-native:redis/v20240301:AccessPolicyAssignment", { objectId: UNKNOWN }),
            resource("azure-native:containerservice:TrustedAccessRoleBinding", { roles: ["x/reader"] }),
            resource("azure:postgresql/activeDirectoryAdministrator:ActiveDirectoryAdministrator", { objectId: "x" }),
            resource("azurerm:index/synapseWorkspaceAadAdmin:SynapseWorkspaceAadAdmin", { objectId: "x" }),
        ],
        finds: [
            found("azure-native:sql:ServerAzureADAdministrator", "sid"),
            found("azure-native:dbforpostgresql:Administrator", "objectId"),
            found("azure-native:redis:AccessPolicyAssignment", "objectId"),
            found("azure-native:containerservice:TrustedAccessRoleBinding", "roles"),
            found("azure:postgresql:ActiveDirectoryAdministrator", "objectId"),
            found("azurerm:SynapseWorkspaceAadAdmin", "objectId"),
        ],
    },
    {
        fact: "finds who is made the administrator of a service, or let at its data, within the service",
        stack: [
            resource("azure-native:containerservice:ManagedCluster", {
                aadProfile: { adminGroupObjectIDs: [UNKNOWN] },
            }),
            resource("azure-native:sql:Server", { administrators: { sid: UNKNOWN, login: "dba" } }),
            resource("azure-native:fabric:FabricCapacity", { administration: { members: ["x"] } }),
            resource("azure-native:healthcareapis:Service", { properties: { accessPolicies: [{ objectId: "x" }] } }),
            resource("azure-native:subscription:Alias", { properties: { subscriptionOwnerId: "x" } }),
            resource("azure:mssql/server:Server", { azureadAdministrator: { objectId: UNKNOWN } }),
            resource("azure:storage/dataLakeGen2Path:DataLakeGen2Path", { aces: [{ type: "user", id: "x" }] }),
        ],
        finds: [
            found("azure-native:containerservice:ManagedCluster", "aadProfile.adminGroupObjectIDs"),
            found("azure-native:sql:Server", "administrators"),
            found("azure-native:fabric:FabricCapacity", "administration"),
            found("azure-native:healthcareapis:Service", "properties.accessPolicies"),
            found("azure-native:subscription:Alias", "properties.subscriptionOwnerId"),
            found("azure:mssql:Server", "azureadAdministrator"),
            found("azure:storage:DataLakeGen2Path", "aces"),
        ],
    },
    {
        fact: "takes services whose administrators are none of the directory's, and lists that are empty",
        stack: [
            resource("azure-native:netapp:Account", { activeDirectories: [{ administrators: ["CONTOSO\\dba"] }] }),
            resource("azure-native:storagecache:Cache", {
                securitySettings: { accessPolicies: [{ name: "default" }] },
            }),
            resource("azure-native:containerservice:ManagedCluster", { aadProfile: { adminGroupObjectIDs: [] } }),
            resource("azure:storage/dataLakeGen2Path:DataLakeGen2Path", {
                aces: [{ type: "other", permissions: "---" }],
            }),
            resource("azure-native:redis:AccessPolicy", { permissions: "+get" }),
        ],
    },
    {
        fact: "finds any other resource of Azure's that names a role or a principal, known or not",
        stack: [
            resource(DATABASE, { roleDefinitionId: UNKNOWN }),
            resource("azure-native:kusto:DatabasePrincipalAssignment", { principalId: UNKNOWN, role: "Admin" }),
            resource("azure-native:devcenter:ProjectEnvironmentType", { creatorRoleAssignment: { roles: { x: {} } } }),
            resource("azure:synapse/roleAssignment:RoleAssignment", { principalId: "y", roleName: "Synapse User" }),
        ],
        finds: [
            found(DATABASE, "roleDefinitionId"),
            found("azure-native:kusto:DatabasePrincipalAssignment", "principalId"),
            found("azure-native:devcenter:ProjectEnvironmentType", "creatorRoleAssignment"),
            found("azure:synapse:RoleAssignment", "principalId"),
        ],
    },
    {
        fact: "finds a right that a provider within the program gives",
        stack: [
            resource("pulumi-nodejs:dynamic:Resource", { roleDefinitionId: "x", principalId: UNKNOWN }),
            resource("pulumi-nodejs:dynamic/grants:Grant", { grant: { appRoleId: UNKNOWN } }),
            resource("pulumi-python:dynamic:Resource", { role_definition_ids: ["x"] }),
        ],
        finds: [
            found("pulumi-nodejs:dynamic:Resource", "roleDefinitionId"),
            found("pulumi-nodejs:dynamic/grants:Grant", "grant.appRoleId"),
            found("pulumi-python:dynamic:Resource", "role_definition_ids"),
        ],
    },
    {
        fact: "finds a right that a script gives which a resource runs",
        stack: [
            resource("command:local:Command", { create: "az role  assignment create --role Owner --assignee $ID" }),
            resource("command:remote:Command", { environment: {}, update: "New-AzRoleAssignment -ObjectId $id" }),
            resource("azure-native:resources:AzurePowerShellScript", {
                scriptContent: "$p = Get-MgUser\nNew-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $id",
            }),
            resource("azure-native:compute:VirtualMachineRunCommandByVirtualMachine", {
                source: { script: "az keyvault set-policy --name kv --secret-permissions all" },
            }),
        ],
        finds: [
            found("command:local:Command", "create: az role assignment create"),
            found("command:remote:Command", "update: New-AzRoleAssignment"),
            found(
                "azure-native:resources:AzurePowerShellScript",
                "scriptContent: New-MgServicePrincipalAppRoleAssignment",
            ),
            found(
                "azure-native:compute:VirtualMachineRunCommandByVirtualMachine",
                "source.script: az keyvault set-policy",
            ),
        ],
    },
    {
        fact: "takes other code, other packages, and components, whose resources are judged themselves",
        stack: [
            resource("command:local:Command", { create: "az storage blob upload --file index.html" }),
            resource("azure-native:resources:AzureCliScript", { scriptContent: UNKNOWN }),
            resource("pulumi-nodejs:dynamic:Resource", { name: "x", role: "reader" }),
            resource("contoso:identity:Grant", { roleDefinitionId: "x", principalId: "y" }),
            resource("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", { roleRef: { name: "view" } }),
        ],
    },
    {
        fact: "finds a right that is given deep within a resource",
        stack: [
            resource("azure-native:solutions:ApplicationDefinition", {
                authorizations: [{ principalId: "x", roleDefinitionId: "y" }],
            }),
        ],
        finds: [found("azure-native:solutions:ApplicationDefinition", "authorizations.0.roleDefinitionId")],
    },
    {
        fact: "takes an offer of Azure Lighthouse, whose roles are judged, and its assignment",
        stack: [
            OFFER,
            {
                ...resource("azure-native:managedservices:RegistrationAssignment", {
                    properties: { registrationDefinitionId: UNKNOWN },
                }),
                links: { properties: [OFFER] },
            },
        ],
    },
    {
        fact: "finds an assignment of Azure Lighthouse whose definition is not of the stack, where the stack is seen",
        stack: [
            OFFER,
            resource("azure-native:managedservices:RegistrationAssignment", {
                properties: { registrationDefinitionId: "/providers/Microsoft.Example/of/another" },
            }),
            resource("azure:lighthouse/assignment:Assignment", { lighthouseDefinitionId: UNKNOWN }),
        ],
        finds: [
            found("azure-native:managedservices:RegistrationAssignment", "properties"),
            found("azure:lighthouse:Assignment", "lighthouseDefinitionId"),
        ],
        findsOnResource: [],
    },
    {
        fact: "finds role assignments in templates, be they objects or text, and templates that cannot be seen",
        stack: [
            resource(DEPLOYMENT, { properties: { template } }),
            resource(DEPLOYMENT, { properties: { template: JSON.stringify(template) } }),
            resource(DEPLOYMENT, { properties: { templateLink: { uri: "https://example.com/main.json" } } }),
            resource(DEPLOYMENT, { properties: UNKNOWN }),
            resource(DEPLOYMENT, { properties: { template: { resources: [{ type: UNKNOWN }] } } }),
            resource(DEPLOYMENT, { properties: { template: { resources: [UNKNOWN] } } }),
            resource("azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment", {
                templateContent: UNKNOWN,
            }),
        ],
        finds: [
            found(DEPLOYMENT, "properties.template.resources.0.type: Microsoft.Authorization/roleAssignments"),
            found(DEPLOYMENT, "properties.template.resources.0.type: Microsoft.Authorization/roleAssignments"),
            found(DEPLOYMENT, "properties.templateLink"),
            found(DEPLOYMENT, "properties"),
            found(DEPLOYMENT, "properties.template"),
            found(DEPLOYMENT, "properties.template"),
            found("azure:core:ResourceGroupTemplateDeployment", "templateContent"),
        ],
    },
    {
        fact: "finds a template with comments, and one that nests deep",
        stack: [
            resource(DEPLOYMENT, {
                properties: { template: `// roles\n${JSON.stringify(template)}` },
            }),
            resource(DEPLOYMENT, { properties: Array.from({ length: 6 }).reduce(nested, { template }) }),
        ],
        finds: [
            found(DEPLOYMENT, "properties.template"),
            found(
                DEPLOYMENT,
                `properties${".template.resources.0.properties".repeat(6)}.template.resources.0.type: Microsoft.Authorization/roleAssignments`,
            ),
        ],
    },
    {
        fact: "finds rights that resources of any kind give by what they name",
        stack: [
            resource("azapi:index/resource:Resource", { type: "Microsoft.Authorization/roleAssignments@2022-04-01" }),
            resource("azapi:index/resource:Resource", { type: "Microsoft.Web/sites@2023-12-01", body: {} }),
            resource("msgraph:index/resource:Resource", { url: "servicePrincipals/x/appRoleAssignedTo" }),
            resource("azure-native:resources:Resource", {
                resourceProviderNamespace: "Microsoft.Authorization",
                resourceType: "roleAssignments",
            }),
        ],
        finds: [
            found("azapi:Resource", "type: Microsoft.Authorization/roleAssignments@2022-04-01"),
            found("msgraph:Resource", "url: servicePrincipals/x/appRoleAssignedTo"),
            found("azure-native:resources:Resource", "resourceType: roleAssignments"),
        ],
    },
    {
        fact: "takes a type that is reviewed by hand",
        stack: [resource(DATABASE, { roleDefinitionId: "x" })],
        config: { allowed: [DATABASE] },
    },
]);
