import { findAppRole, MICROSOFT_GRAPH } from "../../access/apis.ts";
import { findRole } from "../../access/roles.ts";
import { escalationPath } from "../../policy-pack/rules/escalation-path.ts";
import { AZURE_ROLE_ASSIGNMENT, type Declared, GROUP, GROUP_SCOPE, testRule, UNKNOWN } from "../policy-support.ts";

const IN_GROUP = { resourceGroupName: "rg-a" };
const SYSTEM = { identity: { type: "SystemAssigned" } };
const roleId = (name: string): string => `/providers/Microsoft.Authorization/roleDefinitions/${findRole(name).id}`;

const identity = (name: string): Declared => ({
    type: "azure-native:managedidentity:UserAssignedIdentity",
    name,
    props: { ...IN_GROUP, resourceName: name },
    links: { resourceGroupName: [GROUP] },
});
const DEPLOYER = identity("deployer");

const account: Declared = {
    type: "azure-native:automation:AutomationAccount",
    name: "nightly",
    props: { ...IN_GROUP, automationAccountName: "aa-nightly", ...SYSTEM },
    links: { resourceGroupName: [GROUP] },
};
const site: Declared = {
    type: "azure-native:web:WebApp",
    name: "shop",
    props: { ...IN_GROUP, name: "app-shop", ...SYSTEM },
    links: { resourceGroupName: [GROUP] },
};

const graph: Declared = {
    type: "azuread:index/servicePrincipal:ServicePrincipal",
    name: "graph",
    props: { clientId: MICROSOFT_GRAPH, useExisting: true },
};
const permission = (holder: Declared, name: string): Declared => ({
    type: "azuread:index/appRoleAssignment:AppRoleAssignment",
    name: `${holder.name}-permission`,
    props: { appRoleId: findAppRole(MICROSOFT_GRAPH, name).id, principalObjectId: UNKNOWN, resourceObjectId: UNKNOWN },
    links: { principalObjectId: [holder], resourceObjectId: [graph] },
});

const role = (holder: Declared, name: string, scope: Declared | string, more: Declared["props"] = {}): Declared => ({
    type: AZURE_ROLE_ASSIGNMENT,
    name: `${holder.name}-${name}`,
    props: {
        principalId: UNKNOWN,
        principalType: "ServicePrincipal",
        roleDefinitionId: roleId(name),
        scope: typeof scope === "string" ? scope : UNKNOWN,
        ...more,
    },
    links: { principalId: [holder], ...(typeof scope === "string" ? {} : { scope: [scope] }) },
});

const RULER = [account, graph, permission(account, "RoleManagement.ReadWrite.Directory")];

const RUNBOOKS = "change the runbooks of 'nightly' and act as its identity";
const RULES = "'nightly' holds permission 'RoleManagement.ReadWrite.Directory' on Microsoft Graph [AZMGGrantRole]";
const takeAway = (right: string): string => `take away ${right} of 'deployer' to cut it`;
const by = (right: string, can = "can"): string =>
    `it ${can} ${RUNBOOKS} (${right}) [AZAutomationContributor], then ${RULES}; ${takeAway(right)}`;
const ON_GROUP = "role 'Automation Contributor' on resource group 'rg-a'";
const FINDING = `deployer-Automation Contributor: 'deployer' has a path to the control plane: ${by(ON_GROUP)}`;
const NOT_KNOWN = "is not known before its resources exist)";

const WEAK = [GROUP, DEPLOYER, ...RULER, role(DEPLOYER, "Automation Contributor", GROUP)];

const ann: Declared = {
    type: "azuread:index/user:User",
    name: "ann",
    props: { userPrincipalName: "ann@contoso.example" },
};
const app: Declared = {
    type: "azuread:index/application:Application",
    name: "app",
    props: { displayName: "app", owners: [UNKNOWN] },
    links: { owners: [ann] },
};
const principal: Declared = {
    type: "azuread:index/servicePrincipal:ServicePrincipal",
    name: "principal",
    props: { clientId: UNKNOWN },
    links: { clientId: [app] },
};
const OWNED = [ann, app, principal, graph, permission(principal, "AuditLog.Read.All")];

const lonely: Declared = {
    type: "azuread:index/application:Application",
    name: "lonely",
    props: { displayName: "lonely" },
};
const lonelyPrincipal: Declared = {
    type: "azuread:index/servicePrincipal:ServicePrincipal",
    name: "lonely-principal",
    props: { clientId: UNKNOWN },
    links: { clientId: [lonely] },
};
const password: Declared = {
    type: "azuread:index/applicationPassword:ApplicationPassword",
    name: "password",
    props: { applicationId: UNKNOWN },
    links: { applicationId: [lonely] },
};
const vault: Declared = {
    type: "azure-native:keyvault:Vault",
    name: "vault",
    props: { ...IN_GROUP, vaultName: "kv-shop", properties: { enableRbacAuthorization: true } },
    links: { resourceGroupName: [GROUP] },
};
const secret: Declared = {
    type: "azure-native:keyvault:Secret",
    name: "secret",
    props: { ...IN_GROUP, vaultName: "kv-shop", secretName: "password", properties: { value: UNKNOWN } },
    links: { resourceGroupName: [GROUP], vaultName: [vault], properties: [password] },
};
const cluster: Declared = {
    type: "azure-native:containerservice:ManagedCluster",
    name: "cluster",
    props: { ...IN_GROUP, resourceName: "aks-shop", ...SYSTEM },
    links: { resourceGroupName: [GROUP] },
};
const CLUSTER_ID = `${GROUP_SCOPE}/providers/Microsoft.ContainerService/managedClusters/aks-shop`;
const federation: Declared = {
    type: "azure-native:managedidentity:FederatedIdentityCredential",
    name: "federation",
    props: {
        ...{ ...IN_GROUP, resourceName: "worker", federatedIdentityCredentialResourceName: "worker" },
        ...{ issuer: UNKNOWN, subject: "system:serviceaccount:shop:worker", audiences: ["api://AzureADTokenExchange"] },
    },
    links: { resourceGroupName: [GROUP], resourceName: [identity("worker")], issuer: [cluster] },
};
const limitedTo = (name: string): string =>
    "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR " +
    `(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${findRole(name).id}}))`;

testRule(escalationPath, [
    {
        fact: "takes an identity that may change nothing that acts as a stronger one",
        stack: [GROUP, DEPLOYER, site, ...RULER, role(DEPLOYER, "Website Contributor", GROUP)],
    },
    {
        fact: "takes roles on the group of a stronger identity that change nothing",
        stack: [
            GROUP,
            DEPLOYER,
            ...RULER,
            role(DEPLOYER, "Reader", GROUP),
            role(DEPLOYER, "Automation Operator", GROUP),
        ],
    },
    {
        fact: "takes a change of what acts as an identity that may do no more",
        stack: [
            ...[GROUP, DEPLOYER, site, role(DEPLOYER, "Website Contributor", GROUP)],
            role(site, "Storage Blob Data Contributor", GROUP),
        ],
    },
    {
        fact: "finds who may change the runbooks of an identity that rules the tenant, with nothing deployed yet",
        stack: WEAK,
        finds: [FINDING],
        findsOnResource: [],
    },
    {
        fact: "finds it as well where the scope is a text",
        stack: [GROUP, DEPLOYER, ...RULER, role(DEPLOYER, "Automation Contributor", GROUP_SCOPE)],
        finds: [FINDING],
        findsOnResource: [],
    },
    {
        fact: "says that there may be a path where the scope or the role is not known",
        stack: [
            ...[GROUP, DEPLOYER, ...RULER, role(DEPLOYER, "Automation Contributor", UNKNOWN)],
            role(identity("builder"), "Reader", GROUP, { roleDefinitionId: UNKNOWN }),
        ],
        finds: [
            "builder-Reader: 'builder' may have a path to the control plane: " +
                by(
                    `role that is not known ('roleDefinitionId' ${NOT_KNOWN} on resource group 'rg-a'`,
                    "may be able to",
                ).replace("of 'deployer' to cut", "of 'builder' to cut"),
            "deployer-Automation Contributor: 'deployer' may have a path to the control plane: " +
                by(
                    `role 'Automation Contributor' on a scope that is not known ('scope' ${NOT_KNOWN}`,
                    "may be able to",
                ),
        ],
        findsOnResource: [],
    },
    {
        fact: "tells of the one right that cuts the paths of two",
        stack: [
            ...[GROUP, DEPLOYER, identity("builder"), site, role(site, "Owner", GROUP)],
            ...[role(DEPLOYER, "Website Contributor", GROUP), role(identity("builder"), "Website Contributor", GROUP)],
        ],
        finds: ["builder", "deployer"].map(
            name =>
                `${name}-Website Contributor: '${name}' has a path to the control plane: ` +
                "it can change the code of 'shop' and act as its identity (role 'Website Contributor' on resource group 'rg-a') [AZWebsiteContributor], " +
                "then 'shop' holds role 'Owner' on resource group 'rg-a' [AZOwner]; " +
                "take away role 'Owner' on resource group 'rg-a' of 'shop' to cut it",
        ),
        findsOnResource: [],
    },
    {
        fact: "takes paths of principals that are allowed them, by name and pattern",
        stack: WEAK,
        config: { allowedPrincipals: ["deploy*"] },
    },
    { fact: "takes paths to targets that may be reached", stack: WEAK, config: { allowedTargets: ["Nightly"] } },
    {
        fact: "finds that the owner of an application may do what its service principal may",
        stack: OWNED,
        finds: [
            "app: 'ann' has a path to the management plane: " +
                "it can add a secret to 'app' (ownership of 'app') [AZOwns], then 'app' signs in as 'principal' [AZRunsAs], " +
                "then 'principal' holds permission 'AuditLog.Read.All' on Microsoft Graph [HoldsPermission]; " +
                "take away ownership of 'app' of 'ann' to cut it",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds who may read the key vault that keeps the password of an application",
        stack: [
            ...[GROUP, DEPLOYER, lonely, lonelyPrincipal, graph, password, vault, secret],
            ...[
                permission(lonelyPrincipal, "Application.ReadWrite.All"),
                role(DEPLOYER, "Key Vault Secrets User", vault),
            ],
        ],
        finds: [
            "deployer-Key Vault Secrets User: 'deployer' has a path to the control plane: " +
                "it can read what is kept in 'kv-shop' and so act as 'lonely-principal' (role 'Key Vault Secrets User' on resource 'kv-shop') [AZGetSecrets], " +
                "then 'lonely-principal' holds permission 'Application.ReadWrite.All' on Microsoft Graph [AZMGAddSecret]; " +
                "take away role 'Key Vault Secrets User' on resource 'kv-shop' of 'deployer' to cut it",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds who may run workloads in the cluster whose tokens sign in as an identity",
        stack: [
            ...[GROUP, DEPLOYER, cluster, identity("worker"), federation, role(identity("worker"), "Owner", GROUP)],
            role(DEPLOYER, "Azure Kubernetes Service Contributor Role", CLUSTER_ID),
        ],
        finds: [
            "deployer-Azure Kubernetes Service Contributor Role: 'deployer' has a path to the control plane: " +
                "it can run workloads in 'cluster' and so act as 'worker' (role 'Azure Kubernetes Service Contributor Role' on resource 'aks-shop') [AZAKSContributor], " +
                "then 'worker' holds role 'Owner' on resource group 'rg-a' [AZOwner]; " +
                "take away role 'Azure Kubernetes Service Contributor Role' on resource 'aks-shop' of 'deployer' to cut it",
        ],
        findsOnResource: [],
    },
    {
        fact: "says that there may be a path where the scope is a cluster or the resource group that it manages",
        stack: [
            ...[GROUP, DEPLOYER, cluster, identity("worker"), federation, role(identity("worker"), "Owner", GROUP)],
            role(DEPLOYER, "Azure Kubernetes Service Contributor Role", cluster),
        ],
        finds: [
            "deployer-Azure Kubernetes Service Contributor Role: 'deployer' may have a path to the control plane: " +
                "it may be able to run workloads in 'cluster' and so act as 'worker' (role 'Azure Kubernetes Service Contributor Role' on resource 'aks-shop' or its managed resource group) [AZAKSContributor], " +
                "then 'worker' holds role 'Owner' on resource group 'rg-a' [AZOwner]; " +
                "take away role 'Azure Kubernetes Service Contributor Role' on resource 'aks-shop' or its managed resource group of 'deployer' to cut it",
        ],
        findsOnResource: [],
    },
    {
        fact: "takes a delegation whose condition lets nothing through that changes what acts as a stronger one",
        stack: [
            GROUP,
            DEPLOYER,
            ...RULER,
            role(DEPLOYER, "Role Based Access Control Administrator", GROUP, { condition: limitedTo("AcrPull") }),
        ],
    },
    {
        fact: "finds one whose condition does",
        stack: [
            ...[GROUP, DEPLOYER, ...RULER],
            role(DEPLOYER, "Role Based Access Control Administrator", GROUP, {
                condition: limitedTo("Automation Contributor"),
            }),
        ],
        finds: [
            "deployer-Role Based Access Control Administrator: 'deployer' has a path to the control plane: " +
                "it can give itself a role and change the runbooks of 'nightly' and act as its identity " +
                "(role 'Role Based Access Control Administrator' on resource group 'rg-a') [AZUserAccessAdministrator], " +
                `then ${RULES}; take away role 'Role Based Access Control Administrator' on resource group 'rg-a' of 'deployer' to cut it`,
        ],
        findsOnResource: [],
    },
    {
        fact: "takes paths to less than the tier that is asked for",
        stack: OWNED,
        config: { leastTier: "controlPlane" },
    },
]);
