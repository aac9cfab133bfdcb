import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as automation from "@pulumi/azure-native/automation/index.js";
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as azuread from "@pulumi/azuread";
import type { Input } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";
import { openSandbox, type SandboxSession } from "../cli/sandbox-session.ts";
import { RULES } from "../policy-pack/rules/index.ts";
import { packagedProgram } from "./policy-programs-code.ts";
import { BuiltPack, type Ran, runWithPack } from "./setup/pack-run.ts";
import { openProviderStack, type ProviderStack } from "./setup/provider-stack.ts";

const roleId = (name: string): string => `/providers/Microsoft.Authorization/roleDefinitions/${findRole(name).id}`;

/**
 * A deployer, and an account whose runbooks rule the tenant. All ids are unknown at first; what the deployer may do and
 * where is the one difference between the twins.
 */
const program =
    (role: string, on: "account" | "group"): PulumiFn =>
    async () => {
        const group = new resources.ResourceGroup("group", { resourceGroupName: "rg-a" });
        const inGroup = { resourceGroupName: group.name };
        const deployer = new managedidentity.UserAssignedIdentity("deployer", {
            ...inGroup,
            resourceName: "id-deployer",
        });
        const account = new automation.AutomationAccount("nightly", {
            ...inGroup,
            automationAccountName: "aa-nightly",
            sku: { name: "Basic" },
            identity: { type: "SystemAssigned" },
        });
        const graph = await azuread.getServicePrincipal({ clientId: MICROSOFT_GRAPH });
        new azuread.AppRoleAssignment("rules", {
            principalObjectId: account.identity.apply(made => made?.principalId ?? ""),
            resourceObjectId: graph.objectId,
            appRoleId: findAppRole(MICROSOFT_GRAPH, "RoleManagement.ReadWrite.Directory").id,
        });
        const scope: Input<string> = on === "account" ? account.id : group.id;
        new authorization.RoleAssignment("deploys", {
            principalId: deployer.principalId,
            principalType: "ServicePrincipal",
            roleDefinitionId: roleId(role),
            scope,
        });
    };

const breaking = program("Automation Contributor", "group");
const compliant = program("Website Contributor", "group");

describe("escalation paths on the engine", function () {
    this.timeout(120_000);
    const pack = new BuiltPack();
    const config = join(mkdtempSync(join(tmpdir(), "leastwise-escalation-")), "config.json");
    let session: SandboxSession;
    let stack: ProviderStack;

    before(async () => {
        await pack.build();
        const others = RULES.map(({ name }) => name).filter(name => name !== "escalation-path");
        const off = Object.fromEntries(others.map(name => [name, { enforcementLevel: "disabled" }]));
        writeFileSync(config, JSON.stringify(off));
        session = await openSandbox({});
        stack = await openProviderStack(session.env["PULUMI_DEBUG_PROVIDERS"] ?? "", {
            "azure-native:location": "westeurope",
        });
    });
    after(async () => {
        stack.close();
        await session.close();
        pack.close();
        rmSync(join(config, ".."), { recursive: true });
    });

    const run = (operation: "preview" | "up", of: PulumiFn): Promise<Ran> => {
        stack.program = of;
        return runWithPack(pack.folder, given => stack.stack[operation]({ ...given, policyPackConfigs: [config] }));
    };

    it("fail the first preview, when no id is known, and show each hop and what to take away", async () => {
        const { failed, stopped, said } = await run("preview", breaking);
        assert.deepEqual({ failed, stopped }, { failed: true, stopped: ["escalation-path deploys"] });
        assert.match(said, /'deployer' has a path to the control plane: it can change the runbooks of 'nightly'/);
        assert.match(
            said,
            /\[AZAutomationContributor\], then 'nightly' holds permission 'RoleManagement.ReadWrite.Directory'/,
        );
        assert.match(said, /take away role 'Automation Contributor' on resource group 'rg-a' of 'deployer' to cut it/);
    });

    it("pass the preview and the update of the twin whose deployer may change something else", async () => {
        for (const operation of ["preview", "up"] as const)
            assert.deepEqual(await run(operation, compliant), { failed: false, stopped: [], advised: [], said: "" });
    });

    it("fail a later preview, when ids are known, and an update that skips the preview, once it ends", async () => {
        for (const operation of ["preview", "up"] as const) {
            const { failed, stopped } = await run(operation, program("Automation Contributor", "account"));
            assert.deepEqual({ failed, stopped }, { failed: true, stopped: ["escalation-path deploys"] }, operation);
        }
    });

    it("are found in what is deployed, without its program", async () => {
        const { code, stdout } = await stack.run(
            "policy",
            "analyze",
            "--policy-pack",
            pack.folder,
            "--policy-pack-config",
            config,
        );
        assert.notEqual(code, 0);
        assert.match(stdout, /'deployer' has a path to the control plane/);
    });

    it("lead through the container that an app runs its package from, at the first preview and once it is deployed", async () => {
        const publishes = packagedProgram("Storage Blob Data Contributor", "releases");
        const said: Readonly<Record<string, RegExp>> = {
            preview: /'publisher' may have a path to the control plane: it may be able to change what is run by 'app'/,
            up: /'publisher' has a path to the control plane: it can replace the package of 'app'/,
        };
        for (const operation of ["preview", "up"] as const) {
            const ran = await run(operation, publishes);
            assert.deepEqual([ran.failed, ran.stopped], [true, ["escalation-path publishes"]], operation);
            assert.match(ran.said, said[operation] ?? /^$/);
        }
    });

    it("not through another container of the same account, nor by reading it", async () => {
        for (const twin of [
            packagedProgram("Storage Blob Data Contributor", "uploads"),
            packagedProgram("Storage Blob Data Reader", "releases"),
        ])
            assert.deepEqual(await run("preview", twin), { failed: false, stopped: [], advised: [], said: "" });
    });
});
