import assert from "node:assert/strict";
import * as app from "@pulumi/azure-native/app/index.js";
import * as automation from "@pulumi/azure-native/automation/index.js";
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as compute from "@pulumi/azure-native/compute/index.js";
import * as keyvault from "@pulumi/azure-native/keyvault/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as storage from "@pulumi/azure-native/storage/index.js";
import * as web from "@pulumi/azure-native/web/index.js";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { startProviders } from "../sandbox/providers/index.ts";
import type { Providers } from "../sandbox/providers/index.ts";
import { startSandbox } from "../sandbox/server.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { openProviderStack } from "./setup/provider-stack.ts";
import type { ProviderStack } from "./setup/provider-stack.ts";

const GRAPH_APP = "00000003-0000-0000-c000-000000000000";
const DEPLOYER = [
    "AppRoleAssignment.ReadWrite.All",
    "Application.Read.All",
    "Application.ReadWrite.All",
    "Group.Read.All",
    "User.Read.All",
];
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const READER = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";

describe("the stand-in providers on the sandbox", function () {
    this.timeout(120_000);
    let sandbox: Sandbox;
    let providers: Providers;
    let stack: ProviderStack;

    before(async () => {
        sandbox = await startSandbox({ deployerPermissions: DEPLOYER });
        const { url, caFile, env } = sandbox;
        providers = await startProviders({ url, caFile, env, retryMs: 20, pollMs: 20 });
        stack = await openProviderStack(providers.debugProviders, { "azure-native:location": "westeurope" });
    });
    after(async () => {
        stack.close();
        await providers.close();
        await sandbox.close();
    });

    const sizes = () => {
        const {
            appRoleAssignments,
            applications,
            customRoles,
            resources: arm,
            roleAssignments,
            servicePrincipals,
        } = sandbox.cloud;
        const tables = { appRoleAssignments, applications, customRoles, arm, roleAssignments, servicePrincipals };
        return Object.fromEntries(Object.entries(tables).map(([name, { size }]) => [name, size])) as Record<
            keyof typeof tables,
            number
        >;
    };
    const everyType = async (): Promise<void> => {
        const graph = await azuread.getServicePrincipal({ clientId: GRAPH_APP });
        const deployer = await authorization.getClientConfig();
        const { name: resourceGroupName, id: scope } = new resources.ResourceGroup("rg");
        const identity = new managedidentity.UserAssignedIdentity("id", { resourceGroupName });
        new managedidentity.FederatedIdentityCredential("github", {
            resourceGroupName,
            resourceName: identity.name,
            issuer: "https://token.actions.githubusercontent.com",
            subject: "repo:contoso/app:ref:refs/heads/main",
            audiences: ["api://AzureADTokenExchange"],
        });
        const account = new automation.AutomationAccount("aa", {
            resourceGroupName,
            identity: { type: "SystemAssigned" },
            sku: { name: "Basic" },
        });
        const inAccount = { resourceGroupName, automationAccountName: account.name };
        const runtime = new automation.RuntimeEnvironment("ps74", {
            ...inAccount,
            language: "PowerShell",
            version: "7.4",
            defaultPackages: { Az: "12.3.0" },
        });
        new automation.Package("Az.Accounts", {
            ...inAccount,
            runtimeEnvironmentName: runtime.name,
            contentLink: { uri: "https://www.powershellgallery.com/api/v2/package/Az.Accounts/5.3.0" },
        });
        new automation.Module("Legacy", {
            ...inAccount,
            contentLink: { uri: "https://www.powershellgallery.com/api/v2/package/Az.Accounts/2.0.0" },
        });
        const runbook = new automation.Runbook("report", {
            ...inAccount,
            runbookType: "PowerShell",
            publishContentLink: { uri: "https://contoso.example/report.ps1" },
            runtimeEnvironment: runtime.name,
        });
        const schedule = new automation.Schedule("daily", {
            ...inAccount,
            name: "daily",
            frequency: "Day",
            interval: 1,
            startTime: TOMORROW,
            timeZone: "Europe/Zurich",
        });
        new automation.JobSchedule("link", {
            ...inAccount,
            runbook: { name: runbook.name },
            schedule: { name: schedule.name },
        });
        new automation.Variable("setting", { ...inAccount, name: "setting", value: pulumi.secret('"hush"') });
        new storage.StorageAccount("st", { resourceGroupName, kind: "StorageV2", sku: { name: "Standard_LRS" } });
        new keyvault.Vault("kv", {
            resourceGroupName,
            properties: {
                tenantId: deployer.tenantId,
                sku: { family: "A", name: "standard" },
                enableRbacAuthorization: true,
            },
        });
        const plan = new web.AppServicePlan("plan", { resourceGroupName, sku: { name: "Y1", tier: "Dynamic" } });
        const site = new web.WebApp("func", {
            resourceGroupName,
            serverFarmId: plan.id,
            kind: "functionapp",
            identity: { type: "SystemAssigned" },
        });
        const vnet = new network.VirtualNetwork("vnet", {
            resourceGroupName,
            addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
            subnets: [{ name: "default", addressPrefix: "10.0.0.0/24" }],
        });
        const nic = new network.NetworkInterface("nic", {
            resourceGroupName,
            ipConfigurations: [{ name: "ip", subnet: { id: pulumi.interpolate`${vnet.id}/subnets/default` } }],
        });
        new compute.VirtualMachine("vm", {
            resourceGroupName,
            hardwareProfile: { vmSize: "Standard_B1s" },
            networkProfile: { networkInterfaces: [{ id: nic.id, primary: true }] },
            identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
        });
        const environment = new app.ManagedEnvironment("env", { resourceGroupName });
        new app.ContainerApp("ca", {
            resourceGroupName,
            environmentId: environment.id,
            identity: { type: "SystemAssigned" },
            template: { containers: [{ name: "main", image: "mcr.microsoft.com/k8se/quickstart:latest" }] },
        });
        const accountPrincipal = account.identity.apply(value => value?.principalId ?? "");
        const sitePrincipal = site.identity.apply(value => value?.principalId ?? "");
        const principals = { account: accountPrincipal, site: sitePrincipal, identity: identity.principalId };
        for (const [name, principalId] of Object.entries(principals)) {
            new authorization.RoleAssignment(`reader-${name}`, {
                principalId,
                principalType: "ServicePrincipal",
                roleDefinitionId: READER,
                scope,
            });
            new azuread.AppRoleAssignment(`users-${name}`, {
                appRoleId: graph.appRoleIds["User.Read.All"] ?? "",
                principalObjectId: principalId,
                resourceObjectId: graph.objectId,
            });
        }
        new authorization.RoleDefinition("starter", {
            scope,
            roleName: "Machine starter",
            assignableScopes: [scope],
            permissions: [{ actions: ["Microsoft.Compute/virtualMachines/start/action"], notActions: [] }],
        });
        const api = new azuread.Application("orders", {
            displayName: "orders",
            appRoles: [
                {
                    id: "55555555-5555-5555-5555-555555555555",
                    value: "Orders.Read",
                    displayName: "Read orders",
                    description: "Read orders",
                    allowedMemberTypes: ["Application"],
                },
            ],
        });
        const apiPrincipal = new azuread.ServicePrincipal("orders", { clientId: api.clientId });
        new azuread.AppRoleAssignment("orders", {
            appRoleId: api.appRoleIds.apply(ids => ids["Orders.Read"] ?? ""),
            principalObjectId: identity.principalId,
            resourceObjectId: apiPrincipal.objectId,
        });
    };
    const RESOURCES = 31;

    it("previews, deploys, finds nothing to change, refreshes without drift and destroys every type", async () => {
        const before = sizes();
        stack.program = everyType;
        assert.deepEqual(await stack.preview(), { create: RESOURCES });
        assert.deepEqual(await stack.up(), { create: RESOURCES });
        assert.deepEqual(await stack.up(), { same: RESOURCES });
        assert.deepEqual(await stack.refresh(), { same: RESOURCES });
        assert.deepEqual(await stack.up(), { same: RESOURCES });
        assert.equal(sizes().appRoleAssignments - before.appRoleAssignments, 4);
        await stack.stack.destroy();
        assert.deepEqual(sizes(), before);
    });

    it("imports an app role assignment that someone else made, without a write", async () => {
        const graph = [...sandbox.cloud.servicePrincipals.values()].find(({ appId }) => appId === GRAPH_APP);
        const [existing] = sandbox.cloud.appRoleAssignments.values();
        assert.ok(graph && existing);
        const { appRoleId, principalId: principalObjectId, resourceId: resourceObjectId } = existing;
        const id = `/servicePrincipals/${resourceObjectId}/appRoleAssignedTo/${existing.id}`;
        const args = { appRoleId, principalObjectId, resourceObjectId };
        stack.program = () => {
            new azuread.AppRoleAssignment("taken-over", args, { import: id, retainOnDelete: true });
            return Promise.resolve();
        };
        const { writes } = sandbox.log;
        assert.deepEqual(await stack.up(), { create: 1, import: 1 });
        assert.deepEqual(await stack.up(), { same: 2 });
        assert.equal(sandbox.log.writes, writes);
    });
});

describe("the stand-in providers on a sandbox that goes wrong", function () {
    this.timeout(120_000);

    it("wait until a fresh identity is replicated before they grant it an app role", async () => {
        const sandbox = await startSandbox({ faults: { replication: { requests: 2 } } });
        const { url, caFile, env } = sandbox;
        const providers = await startProviders({ url, caFile, env, retryMs: 20 });
        const stack = await openProviderStack(providers.debugProviders, { "azure-native:location": "westeurope" });
        stack.program = async () => {
            const graph = await azuread.getServicePrincipal({ clientId: GRAPH_APP });
            const { name: resourceGroupName } = new resources.ResourceGroup("rg");
            const identity = new managedidentity.UserAssignedIdentity("id", { resourceGroupName });
            new azuread.AppRoleAssignment("users", {
                appRoleId: graph.appRoleIds["User.Read.All"] ?? "",
                principalObjectId: identity.principalId,
                resourceObjectId: graph.objectId,
            });
        };
        assert.deepEqual(await stack.up(), { create: 4 });
        const posts = sandbox.log.requests.filter(
            ({ method, path }) => method === "POST" && path.endsWith("/appRoleAssignedTo"),
        );
        assert.deepEqual(
            posts.map(({ status }) => status),
            [400, 400, 201],
        );
        stack.close();
        await providers.close();
        await sandbox.close();
    });
});
