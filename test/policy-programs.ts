import * as automation from "@pulumi/azure-native/automation/index.js";
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as azuread from "@pulumi/azuread";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { accountIn, Declared, groupOfProgram, roleId, runtimeIn } from "./policy-programs-parts.ts";

const GRAPH_MODULE = {
    packageName: "Microsoft.Graph.Authentication",
    uri: "Microsoft.Graph.Authentication/2.30.0",
};
const permissionId = (name: string): string => findAppRole(MICROSOFT_GRAPH, name).id;

/** A program that breaks every rule once. Nothing of it exists and most of its ids are unknown. */
export const breaking: PulumiFn = async () => {
    const { subscriptionId } = await authorization.getClientConfig();
    const { group, inGroup } = groupOfProgram();
    const identity = new managedidentity.UserAssignedIdentity("identity", { ...inGroup, resourceName: "id-a" });
    const graph = new azuread.ServicePrincipal("owned-graph", { clientId: MICROSOFT_GRAPH, useExisting: true });
    const toIdentity = { principalObjectId: identity.principalId, resourceObjectId: graph.objectId };
    new azuread.AppRoleAssignment("takes-over", {
        ...toIdentity,
        appRoleId: permissionId("RoleManagement.ReadWrite.Directory"),
    });
    new azuread.AppRoleAssignment("no-such-role", { ...toIdentity, appRoleId: "12345678-1234-4234-8234-123456789012" });
    const application = new azuread.Application("application", { displayName: "job" });
    new Declared("azuread:index/applicationPassword:ApplicationPassword", "password", {
        applicationId: application.id,
    });
    new Declared("azure-native:automation/v20241023:Webhook", "webhook", { isEnabled: true, name: "hook" });
    new Declared("azure-native:cosmosdb:SqlResourceSqlRoleAssignment", "data-reader", {
        principalId: identity.principalId,
        roleDefinitionId: roleId("Reader"),
    });
    new Declared("azure:authorization/assignment:Assignment", "classic", {
        principalId: identity.principalId,
        roleDefinitionName: "Owner",
        scope: group.id,
        description: "deploys",
    });
    const custom = new authorization.RoleDefinition("wild-role", {
        roleName: "operators",
        permissions: [{ actions: ["Microsoft.Compute/*/read"] }],
        assignableScopes: [`/subscriptions/${subscriptionId}`],
        scope: `/subscriptions/${subscriptionId}`,
    });
    const assigned = {
        principalId: identity.principalId,
        principalType: "ServicePrincipal",
        description: "deploys",
    };
    new authorization.RoleAssignment("privileged", {
        roleAssignmentName: "11111111-0000-5000-8000-000000000001",
        ...assigned,
        roleDefinitionId: roleId("Contributor"),
        scope: group.id,
    });
    new authorization.RoleAssignment("wide", {
        roleAssignmentName: "11111111-0000-5000-8000-000000000002",
        ...assigned,
        roleDefinitionId: custom.id,
        scope: `/subscriptions/${subscriptionId}`,
    });
    new authorization.RoleAssignment("untyped", {
        roleAssignmentName: "11111111-0000-5000-8000-000000000003",
        principalId: identity.principalId,
        roleDefinitionId: roleId("Reader"),
        scope: group.id,
        description: "reads its group",
    });
    const account = accountIn(inGroup, {
        disableLocalAuth: undefined,
        identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
    });
    const inAccount = { ...inGroup, automationAccountName: account.name };
    new automation.Variable("variable", {
        ...inAccount,
        variableName: "ApiPassword",
        name: "ApiPassword",
        value: '"x"',
    });
    new automation.Runbook("old-runbook", { ...inAccount, runbookName: "Old", runbookType: "PowerShell72" });
    runtimeIn("old-runtime", { version: "7.2", ...GRAPH_MODULE }, inAccount);
};

/** Rule and resource of what is broken. */
export const BROKEN = [
    "automation-local-authentication account",
    "automation-module-incompatible module",
    "automation-runtime-retired old-runbook",
    "automation-runtime-retired old-runtime",
    "automation-variable-secret-unencrypted variable",
    "automation-webhook-without-expiry webhook",
    "azure-assignable-scopes-too-wide wild-role",
    "azure-delegation-without-condition classic",
    "azure-grant-redundant privileged",
    "azure-grant-redundant untyped",
    "azure-principal-type-missing untyped",
    "azure-role-privileged classic",
    "azure-role-privileged privileged",
    "azure-role-wildcard wild-role",
    "azure-scope-too-wide wide",
    "grant-unjudged data-reader",
    "graph-control-plane-permission takes-over",
    "graph-first-party-service-principal-owned owned-graph",
    "graph-permission-unknown no-such-role",
    "stored-credential password",
];

/** The same job, done as the rules want it; just as unknown. */
export const compliant: PulumiFn = async () => {
    const { group, inGroup } = groupOfProgram();
    const identity = new managedidentity.UserAssignedIdentity("identity", { ...inGroup, resourceName: "id-a" });
    const graph = await azuread.getServicePrincipal({ clientId: MICROSOFT_GRAPH });
    const toIdentity = { principalObjectId: identity.principalId, resourceObjectId: graph.objectId };
    new azuread.AppRoleAssignment("reads", { ...toIdentity, appRoleId: permissionId("User.Read.All") });
    const api = new azuread.Application("api", {
        displayName: "orders",
        appRoles: [
            {
                id: "77777777-aaaa-4aaa-8aaa-777777777777",
                value: "Orders.Read",
                displayName: "Read orders",
                description: "Reads orders",
                allowedMemberTypes: ["Application"],
            },
        ],
    });
    const apiPrincipal = new azuread.ServicePrincipal("api-principal", { clientId: api.clientId });
    new azuread.AppRoleAssignment("own", {
        principalObjectId: identity.principalId,
        resourceObjectId: apiPrincipal.objectId,
        appRoleId: apiPrincipal.appRoleIds.apply(ids => ids["Orders.Read"] ?? ""),
    });
    const custom = new authorization.RoleDefinition("role", {
        roleName: "operators",
        permissions: [{ actions: ["Microsoft.Compute/virtualMachines/start/action"] }],
        assignableScopes: [group.id],
        scope: group.id,
    });
    const assigned = {
        principalId: identity.principalId,
        principalType: "ServicePrincipal",
        scope: group.id,
        description: "reads its group",
    };
    new authorization.RoleAssignment("reader", {
        roleAssignmentName: "11111111-0000-5000-8000-000000000004",
        ...assigned,
        roleDefinitionId: roleId("Reader"),
    });
    new authorization.RoleAssignment("custom", {
        roleAssignmentName: "11111111-0000-5000-8000-000000000005",
        ...assigned,
        roleDefinitionId: custom.id,
    });
    const account = accountIn(inGroup, {
        identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
    });
    const inAccount = { ...inGroup, automationAccountName: account.name };
    new automation.Variable("variable", {
        ...inAccount,
        variableName: "ApiPassword",
        name: "ApiPassword",
        value: '"x"',
        isEncrypted: true,
    });
    runtimeIn("runtime", { version: "7.4", ...GRAPH_MODULE }, inAccount);
};
