import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as automation from "@pulumi/azure-native/automation/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { AccessModel } from "../access/model.ts";
import { openSandbox, type SandboxSession } from "../cli/sandbox-session.ts";
import { ApiGrants, AzureGrants } from "../components/index.ts";
import { accessModelOf } from "../policy-pack/adapter/access-model.ts";
import { resourcesOfState } from "../policy-pack/adapter/state.ts";
import { readAccessFile } from "../policy-pack/read-access-file.ts";
import { buildPolicyPack } from "../scripts/build-policy-pack.ts";
import { openProviderStack, type ProviderStack } from "./setup/provider-stack.ts";

const PACK = fileURLToPath(new URL("../policy-pack", import.meta.url));
const URN = "urn:pulumi:dev::providers::";

const program: PulumiFn = () => {
    const group = new resources.ResourceGroup("group", { resourceGroupName: "rg-a" });
    const inGroup = { resourceGroupName: group.name };
    const identity = new managedidentity.UserAssignedIdentity("identity", { ...inGroup, resourceName: "id-a" });
    const account = new automation.AutomationAccount("account", {
        ...inGroup,
        automationAccountName: "aa-nightly",
        disableLocalAuth: true,
        publicNetworkAccess: false,
        sku: { name: "Basic" },
        identity: { type: "SystemAssigned, UserAssigned", userAssignedIdentities: [identity.id] },
    });
    const about = { reason: "reads who left", owner: "people@contoso.example" };
    new ApiGrants("reads", {
        principalId: account.identity.apply(made => made?.principalId ?? ""),
        permissions: [{ permission: "User.Read.All", calls: ["GET /users"], ...about }],
    });
    new AzureGrants("stops", {
        principalId: identity.principalId,
        grants: [
            {
                role: "Reader",
                scope: "/subscriptions/c0470c01-0000-4000-8000-000000000002/resourceGroups/rg-a",
                scopeResource: group,
                actions: ["Microsoft.Compute/virtualMachines/read"],
                ...about,
            },
        ],
    });
    new managedidentity.FederatedIdentityCredential("federation", {
        ...inGroup,
        resourceName: identity.name,
        federatedIdentityCredentialResourceName: "github",
        issuer: "https://token.actions.githubusercontent.com",
        subject: "repo:contoso/reports:environment:production",
        audiences: ["api://AzureADTokenExchange"],
    });
    return Promise.resolve();
};

/** What a review compares two models by. */
const told = ({ principals, hosts, rights, entries }: AccessModel) => ({
    principals: principals.map(({ key, kind }) => [key, kind]),
    hosts: hosts.map(({ key, identities }) => [key, identities]),
    rights: rights.map(({ key, holder, tier, reason, owner }) => [key, holder, tier, reason, owner]),
    entries,
});

describe("an access model on the engine", function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), "leastwise-adapter-"));
    const file = join(folder, "access.json");
    const lenient = join(folder, "config.json");
    let session: SandboxSession;
    let stack: ProviderStack;

    before(async () => {
        await buildPolicyPack();
        writeFileSync(lenient, JSON.stringify({ all: "advisory" }));
        session = await openSandbox({});
        const providers = session.env["PULUMI_DEBUG_PROVIDERS"] ?? "";
        const env = { LEASTWISE_ACCESS_FILE: file };
        stack = await openProviderStack(providers, { "azure-native:location": "westeurope" }, env);
        stack.program = program;
    });
    after(async () => {
        stack.close();
        await session.close();
        rmSync(folder, { recursive: true });
    });

    const ofPreview = async (): Promise<AccessModel> => {
        await stack.stack.preview({ policyPacks: [PACK], policyPackConfigs: [lenient] });
        return readAccessFile(file).model;
    };

    it("is the same for the first preview, the state after the update, and a later preview", async () => {
        const first = await ofPreview();
        await stack.stack.up();
        const state = accessModelOf(resourcesOfState(await stack.stack.exportStack()));
        const later = await ofPreview();
        assert.deepEqual(told(first), told(state));
        assert.deepEqual(told(later), told(state));
        const account = `${URN}azure-native:automation:AutomationAccount::account`;
        const identity = `${URN}azure-native:managedidentity:UserAssignedIdentity::identity`;
        assert.deepEqual(
            first.rights.map(({ holder, reason, owner, ...right }) => [
                holder,
                reason,
                owner,
                right.kind === "permission" ? right.calls : right.kind === "role" ? right.actions : undefined,
            ]),
            [
                [account, "reads who left", "people@contoso.example", ["GET /users"]],
                [identity, "reads who left", "people@contoso.example", ["Microsoft.Compute/virtualMachines/read"]],
            ],
        );
    });

    it("knows where a role is assigned and an account is, before either exists", async () => {
        const { rights, hosts } = await ofPreview();
        const [role, host] = [rights.find(({ kind }) => kind === "role"), hosts[0]];
        assert.ok(role?.kind === "role" && !("undecided" in role.scope));
        assert.equal(role.scope.urn, host?.place.within?.urn);
        assert.equal(role.scope.urn, `${URN}azure-native:resources:ResourceGroup::group`);
    });

    it("has the keys of the plan for what the program has renamed", async () => {
        stack.program = () => {
            const group = new resources.ResourceGroup("group", { resourceGroupName: "rg-a" });
            new managedidentity.UserAssignedIdentity(
                "renamed",
                { resourceGroupName: group.name, resourceName: "id-a" },
                { aliases: [{ name: "identity" }] },
            );
            return Promise.resolve();
        };
        const { renamed, principals } = await ofPreview();
        const [was, now] = ["identity", "renamed"].map(
            name => `${URN}azure-native:managedidentity:UserAssignedIdentity::${name}`,
        );
        assert.deepEqual(renamed, { [was ?? ""]: now });
        const before = accessModelOf(resourcesOfState(await stack.stack.exportStack(), renamed));
        assert.deepEqual(
            before.principals.filter(({ kind }) => kind === "user-assigned").map(({ key }) => key),
            principals.map(({ key }) => key),
        );
        assert.ok(before.rights.some(({ holder }) => holder === now));
    });
});
