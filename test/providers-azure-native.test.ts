import assert from "node:assert/strict";
import * as automation from "@pulumi/azure-native/automation/index.js";
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import { startProviders } from "../sandbox/providers/index.ts";
import type { Providers } from "../sandbox/providers/index.ts";
import { startFakeAzure } from "./setup/fake-azure.ts";
import type { FakeAzure } from "./setup/fake-azure.ts";
import { openProviderStack } from "./setup/provider-stack.ts";
import type { ProviderStack } from "./setup/provider-stack.ts";

describe("the stand-in azure-native provider on the real engine", () => {
    let azure: FakeAzure;
    let providers: Providers;
    let stack: ProviderStack;
    before(async () => {
        azure = await startFakeAzure();
        const { url, caFile, env, token } = azure;
        providers = await startProviders({ url, caFile, env, token, retryMs: 5, pollMs: 5 });
    });
    beforeEach(async () => {
        stack = await openProviderStack(providers.debugProviders, { "azure-native:location": "westeurope" });
    });
    afterEach(async () => {
        await stack.close();
        azure.objects.clear();
        azure.requests.length = 0;
        azure.faults.length = 0;
    });
    after(async () => {
        await providers.close();
        await azure.close();
    });

    it("creates what the program declares and then finds nothing to change", async () => {
        stack.program = async () => {
            const group = new resources.ResourceGroup("group");
            const account = new automation.AutomationAccount("account", {
                resourceGroupName: group.name,
                identity: { type: "SystemAssigned" },
                sku: { name: "Basic" },
            });
            new automation.Runbook("report", {
                resourceGroupName: group.name,
                automationAccountName: account.name,
                runbookType: "PowerShell",
                runtimeEnvironment: "ps74",
            });
            new authorization.RoleAssignment("reader", {
                principalId: "22222222-2222-2222-2222-222222222222",
                roleDefinitionId:
                    "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7",
                scope: group.id,
            });
        };
        assert.deepEqual(await stack.preview(), { create: 5 });
        assert.deepEqual(await stack.up(), { create: 5 });
        assert.deepEqual(await stack.up(), { same: 5 });
    });
});
