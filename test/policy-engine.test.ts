import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as automation from "@pulumi/azure-native/automation/index.js";
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as azuread from "@pulumi/azuread";
import { ComponentResource, type Inputs } from "@pulumi/pulumi";
import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";
import { openSandbox, type SandboxSession } from "../cli/sandbox-session.ts";
import { openStack } from "../cli/stack.ts";
import { presets } from "../policy-pack/presets.ts";
import { RULES } from "../policy-pack/rules/index.ts";
import { buildPolicyPack } from "../scripts/build-policy-pack.ts";
import { World } from "./end-to-end/world.ts";
import { openProviderStack, type ProviderStack } from "./setup/provider-stack.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PACK = join(ROOT, "policy-pack");
const DAY = 86_400_000;
const roleId = (name: string): string => `/providers/Microsoft.Authorization/roleDefinitions/${findRole(name).id}`;
const permissionId = (name: string): string => findAppRole(MICROSOFT_GRAPH, name).id;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

interface Ran {
    readonly failed: boolean;
    /** Rule and resource of each finding that stops a deployment. */
    readonly stopped: readonly string[];
    readonly advised: readonly string[];
    readonly said: string;
}

/** Runs an operation with the pack, and gathers what it found. */
const withPack = async (
    run: (given: { policyPacks: string[]; onEvent: (event: EngineEvent) => void }) => Promise<unknown>,
): Promise<Ran> => {
    const found = { mandatory: new Set<string>(), advisory: new Set<string>() };
    const onEvent = ({ policyEvent }: EngineEvent): void => {
        if (policyEvent === undefined) return;
        const resource = (policyEvent.resourceUrn ?? "").split("::").at(-1) ?? "";
        found[policyEvent.enforcementLevel === "mandatory" ? "mandatory" : "advisory"].add(
            `${policyEvent.policyName} ${resource}`,
        );
    };
    const sorted = (set: ReadonlySet<string>): string[] => [...set].sort();
    let said = "";
    try {
        await run({ policyPacks: [PACK], onEvent });
    } catch (error) {
        said = (error as Error).message;
    }
    return { failed: said !== "", stopped: sorted(found.mandatory), advised: sorted(found.advisory), said };
};

/** A resource of a type that no stand-in provider serves. The engine gives packs its type and inputs just the same. */
class Declared extends ComponentResource {
    constructor(type: string, name: string, props: Inputs) {
        super(type, name, props);
    }
}

/** A program that breaks every rule once. Nothing of it exists and most of its ids are unknown. */
const breaking: PulumiFn = async () => {
    const { subscriptionId } = await authorization.getClientConfig();
    const group = new resources.ResourceGroup("group", { resourceGroupName: "rg-a" });
    const inGroup = { resourceGroupName: group.name };
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
    new Declared("azure-native:authorization:PimRoleEligibilitySchedule", "eligible", {
        principalId: identity.principalId,
        roleDefinitionId: roleId("Reader"),
    });
    new Declared("azure:authorization/assignment:Assignment", "classic", {
        principalId: identity.principalId,
        roleDefinitionName: "Owner",
        scope: group.id,
    });
    const custom = new authorization.RoleDefinition("wild-role", {
        roleName: "operators",
        permissions: [{ actions: ["Microsoft.Compute/*/read"] }],
        assignableScopes: [`/subscriptions/${subscriptionId}`],
        scope: `/subscriptions/${subscriptionId}`,
    });
    const assigned = { principalId: identity.principalId, principalType: "ServicePrincipal" };
    new authorization.RoleAssignment("privileged", {
        ...assigned,
        roleDefinitionId: roleId("Contributor"),
        scope: group.id,
    });
    new authorization.RoleAssignment("wide", {
        ...assigned,
        roleDefinitionId: custom.id,
        scope: `/subscriptions/${subscriptionId}`,
    });
    new authorization.RoleAssignment("untyped", {
        principalId: identity.principalId,
        roleDefinitionId: roleId("Reader"),
        scope: group.id,
    });
    const account = new automation.AutomationAccount("account", {
        ...inGroup,
        automationAccountName: "aa-a",
        sku: { name: "Basic" },
    });
    const inAccount = { ...inGroup, automationAccountName: account.name };
    new automation.Variable("variable", {
        ...inAccount,
        variableName: "ApiPassword",
        name: "ApiPassword",
        value: '"x"',
    });
    new automation.Runbook("old-runbook", { ...inAccount, runbookName: "Old", runbookType: "PowerShell72" });
    const old = new automation.RuntimeEnvironment("old-runtime", {
        ...inAccount,
        runtimeEnvironmentName: "old",
        language: "PowerShell",
        version: "7.2",
    });
    new automation.Package("module", {
        ...inAccount,
        runtimeEnvironmentName: old.name,
        packageName: "Microsoft.Graph.Authentication",
        contentLink: { uri: "https://www.powershellgallery.com/api/v2/package/Microsoft.Graph.Authentication/2.30.0" },
    });
};

const BROKEN = [
    "automation-local-authentication account",
    "automation-module-incompatible module",
    "automation-runtime-retired old-runbook",
    "automation-runtime-retired old-runtime",
    "automation-variable-secret-unencrypted variable",
    "automation-webhook-without-expiry webhook",
    "azure-assignable-scopes-too-wide wild-role",
    "azure-principal-type-missing untyped",
    "azure-role-privileged classic",
    "azure-role-privileged privileged",
    "azure-role-wildcard wild-role",
    "azure-scope-too-wide wide",
    "grant-unjudged eligible",
    "graph-control-plane-permission takes-over",
    "graph-first-party-service-principal-owned owned-graph",
    "graph-permission-unknown no-such-role",
    "stored-credential password",
];

/** The same job, done as the rules want it; just as unknown. */
const compliant: PulumiFn = async () => {
    const group = new resources.ResourceGroup("group", { resourceGroupName: "rg-a" });
    const inGroup = { resourceGroupName: group.name };
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
        permissions: [{ actions: ["Microsoft.Compute/virtualMachines/read"] }],
        assignableScopes: [group.id],
        scope: group.id,
    });
    const assigned = { principalId: identity.principalId, principalType: "ServicePrincipal", scope: group.id };
    new authorization.RoleAssignment("reader", { ...assigned, roleDefinitionId: roleId("Reader") });
    new authorization.RoleAssignment("custom", { ...assigned, roleDefinitionId: custom.id });
    const account = new automation.AutomationAccount("account", {
        ...inGroup,
        automationAccountName: "aa-a",
        disableLocalAuth: true,
        sku: { name: "Basic" },
    });
    const inAccount = { ...inGroup, automationAccountName: account.name };
    new automation.Variable("variable", {
        ...inAccount,
        variableName: "ApiPassword",
        name: "ApiPassword",
        value: '"x"',
        isEncrypted: true,
    });
    const runtime = new automation.RuntimeEnvironment("runtime", {
        ...inAccount,
        runtimeEnvironmentName: "new",
        language: "PowerShell",
        version: "7.4",
    });
    new automation.Package("module", {
        ...inAccount,
        runtimeEnvironmentName: runtime.name,
        packageName: "Microsoft.Graph.Authentication",
        contentLink: { uri: "https://www.powershellgallery.com/api/v2/package/Microsoft.Graph.Authentication/2.30.0" },
    });
};

describe("the policy pack on the engine", function () {
    this.timeout(60_000);
    let session: SandboxSession;
    let stack: ProviderStack;

    before(async () => {
        await buildPolicyPack();
        session = await openSandbox({});
        stack = await openProviderStack(session.env["PULUMI_DEBUG_PROVIDERS"] ?? "", {
            "azure-native:location": "westeurope",
        });
    });
    after(async () => {
        stack.close();
        await session.close();
    });

    const preview = (program: PulumiFn): Promise<Ran> => {
        stack.program = program;
        return withPack(given => stack.stack.preview(given));
    };

    it("fails the first preview of a stack that breaks the rules, and names each rule and resource", async () => {
        const { failed, stopped, advised, said } = await preview(breaking);
        if (process.env.DBG) console.log(said, stopped, advised);
        assert.deepEqual({ failed, stopped, advised }, { failed: true, stopped: BROKEN, advised: [] });
        for (const rule of new Set(BROKEN.map(line => line.split(" ")[0] ?? ""))) assert.match(said, new RegExp(rule));
    });

    it("creates nothing that breaks a rule when an update skips the preview", async () => {
        const { roleAssignments, appRoleAssignments, customRoles, resources: made } = session.sandbox.cloud;
        const before = [roleAssignments.size, appRoleAssignments.size];
        stack.program = breaking;
        const { failed, stopped } = await withPack(given => stack.stack.up(given));
        assert.deepEqual([roleAssignments.size, appRoleAssignments.size, customRoles.size], [...before, 0]);
        assert.deepEqual(
            [...made.values()].filter(({ type }) => /automation/i.test(type)),
            [],
        );
        assert.ok(failed && stopped.includes("azure-role-wildcard wild-role"), stopped.join());
    });

    it("passes the preview and the update of the compliant twin", async () => {
        const passed = { failed: false, stopped: [], advised: [], said: "" };
        assert.deepEqual(await preview(compliant), passed);
        assert.deepEqual(await withPack(given => stack.stack.up(given)), passed);
    });

    it("lets the example stack pass the baseline preset", async () => {
        const world = new World();
        try {
            const example = readFileSync(join(ROOT, "Pulumi.example.yaml"), "utf8");
            world.write("Pulumi.test.yaml", example);
            for (const file of readdirSync(join(ROOT, "runbooks")).filter(name => name.endsWith(".ps1")))
                cpSync(join(ROOT, "runbooks", file), join(world.project.folder, "runbooks", file), { recursive: true });
            const config = join(world.project.folder, "baseline.json");
            writeFileSync(config, JSON.stringify(presets().baseline));
            await world.reopen();
            const open = await openStack({ project: world.project, stack: "test", session: world.session });
            const ran = await withPack(given => open.stack.preview({ ...given, policyPackConfigs: [config] }));
            assert.deepEqual(ran, { failed: false, stopped: [], advised: [], said: "" });
        } finally {
            await world.close();
        }
    });
});
