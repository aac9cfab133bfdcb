import assert from "node:assert/strict";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";
import { presets } from "../policy-pack/presets.ts";
import { RULES } from "../policy-pack/rules/index.ts";
import {
    AZURE_ROLE_ASSIGNMENT,
    type Declared,
    GROUP,
    GROUP_SCOPE,
    resourceFindings,
    stackFindings,
    SUBSCRIPTION_SCOPE,
    UNKNOWN,
} from "./policy-support.ts";

const PRINCIPAL = "11111111-0000-4000-8000-000000000001";
const GRAPH_OBJECT = "99999999-0000-4000-8000-000000000009";
const inSubscription = (role: string): string =>
    `${SUBSCRIPTION_SCOPE}/providers/Microsoft.Authorization/roleDefinitions/${findRole(role).id}`;

const resource = (type: string, name: string, props: Declared["props"], links: Declared["links"] = {}): Declared => ({
    type,
    name,
    props,
    links,
});

const cluster = resource("azure:containerservice/kubernetesCluster:KubernetesCluster", "cluster", { name: "aks" });
const registry = resource("azure:containerservice/registry:Registry", "registry", { name: "acr", adminEnabled: false });
const storage = resource("azure-native:storage:StorageAccount", "storage", { accountName: UNKNOWN, kind: "StorageV2" });
const vault = resource("azure-native:keyvault/v20230701:Vault", "vault", {
    properties: { enableRbacAuthorization: true },
});
const app = resource("azure-native:web:WebApp", "app", { identity: { type: "SystemAssigned" } });
const application = resource("azuread:index/application:Application", "api", { displayName: "api" });
const principal = resource(
    "azuread:index/servicePrincipal:ServicePrincipal",
    "api-principal",
    { clientId: UNKNOWN },
    { clientId: [application] },
);

/** Programs as people write them, at their first preview, that give no more than they should. */
const SANE: Readonly<Record<string, readonly Declared[]>> = {
    "a cluster that pulls images, in classic azure": [
        cluster,
        registry,
        resource(
            "azure:authorization/assignment:Assignment",
            "pull",
            { principalId: UNKNOWN, roleDefinitionName: "AcrPull", scope: UNKNOWN, skipServicePrincipalAadCheck: true },
            { principalId: [cluster], scope: [registry] },
        ),
    ],
    "a web app that reads blobs and secrets": [
        storage,
        vault,
        app,
        resource(
            "azure-native:authorization/v20220401:RoleAssignment",
            "blobs",
            {
                principalId: UNKNOWN,
                principalType: "ServicePrincipal",
                roleDefinitionId: inSubscription("Storage Blob Data Reader"),
                scope: UNKNOWN,
            },
            { principalId: [app], scope: [storage] },
        ),
        resource(
            AZURE_ROLE_ASSIGNMENT,
            "secrets",
            {
                principalId: UNKNOWN,
                principalType: "ServicePrincipal",
                roleDefinitionId: inSubscription("Key Vault Secrets User"),
                scope: UNKNOWN,
            },
            { principalId: [app], scope: [vault] },
        ),
    ],
    "people who read a subscription": [
        resource(AZURE_ROLE_ASSIGNMENT, "readers", {
            principalId: PRINCIPAL,
            principalType: "Group",
            roleDefinitionId: inSubscription("Reader").toLowerCase(),
            scope: SUBSCRIPTION_SCOPE.slice(1),
        }),
    ],
    "an identity that reads users, and calls an API of the stack": [
        application,
        principal,
        resource("azuread:index/appRoleAssignment:AppRoleAssignment", "users", {
            appRoleId: findAppRole(MICROSOFT_GRAPH, "User.Read.All").id,
            principalObjectId: UNKNOWN,
            resourceObjectId: GRAPH_OBJECT,
        }),
        resource(
            "azuread:index/appRoleAssignment:AppRoleAssignment",
            "orders",
            { appRoleId: UNKNOWN, principalObjectId: UNKNOWN, resourceObjectId: UNKNOWN },
            { appRoleId: [principal], resourceObjectId: [principal] },
        ),
    ],
    "an Automation account with a schedule": [
        resource("azure-native:automation:AutomationAccount", "account", { sku: { name: "Basic" } }),
        resource("azure-native:automation:Runbook", "runbook", { runbookType: "PowerShell", runbookName: "Nightly" }),
        resource("azure-native:automation:Variable", "region", { variableName: "Region", value: '"westeurope"' }),
    ],
};

const grant = (role: string, scope: unknown, links: Declared["links"] = {}): Declared =>
    resource(
        AZURE_ROLE_ASSIGNMENT,
        "grant",
        { principalId: UNKNOWN, principalType: "ServicePrincipal", roleDefinitionId: inSubscription(role), scope },
        links,
    );

/** Programs that give too much, and the rules that say so. */
const OVER: Readonly<Record<string, readonly [readonly Declared[], readonly string[]]>> = {
    "a pipeline that owns the subscription": [
        [grant("Owner", SUBSCRIPTION_SCOPE)],
        ["azure-delegation-without-condition", "azure-role-privileged"],
    ],
    "a function that contributes to its group": [
        [grant("Contributor", UNKNOWN, { scope: [GROUP] })],
        ["azure-role-privileged"],
    ],
    "a reader of every subscription": [
        [grant("Reader", "/providers/Microsoft.Management/managementGroups/root")],
        ["azure-scope-too-wide"],
    ],
    "a custom role that does everything, assigned by its output": [
        [
            resource(
                "azure:authorization/assignment:Assignment",
                "grant",
                { principalId: UNKNOWN, roleDefinitionId: UNKNOWN, scope: GROUP_SCOPE },
                {
                    roleDefinitionId: [
                        resource("azure:authorization/roleDefinition:RoleDefinition", "custom", {
                            name: "ops",
                            permissions: [{ actions: ["*"] }],
                        }),
                    ],
                },
            ),
        ],
        ["azure-delegation-without-condition", "azure-role-privileged"],
    ],
    "an application with a password that writes the directory, through an owned service principal": [
        [
            resource("azuread:index/servicePrincipal:ServicePrincipal", "graph", {
                clientId: MICROSOFT_GRAPH,
                useExisting: true,
            }),
            resource("azuread:index/applicationPassword:ApplicationPassword", "password", { applicationId: UNKNOWN }),
            resource("azuread:index/appRoleAssignment:AppRoleAssignment", "directory", {
                appRoleId: findAppRole(MICROSOFT_GRAPH, "RoleManagement.ReadWrite.Directory").id,
                principalObjectId: UNKNOWN,
                resourceObjectId: UNKNOWN,
            }),
        ],
        ["graph-control-plane-permission", "graph-first-party-service-principal-owned", "stored-credential"],
    ],
};

/** The rules that stop a stack in the baseline preset. */
const stoppedBy = (stack: readonly Declared[]): string[] =>
    RULES.filter(rule => {
        const config = presets().baseline[rule.name];
        if (typeof config !== "object" || config.enforcementLevel !== "mandatory") return false;
        return [stackFindings, resourceFindings].some(find => find(rule, stack, config).length > 0);
    }).map(({ name }) => name);

describe("the baseline preset", () => {
    for (const [what, stack] of Object.entries(SANE))
        it(`lets ${what} pass`, () => assert.deepEqual(stoppedBy(stack), []));
    for (const [what, [stack, rules]] of Object.entries(OVER))
        it(`stops ${what}`, () => assert.deepEqual(stoppedBy(stack), rules));
});
