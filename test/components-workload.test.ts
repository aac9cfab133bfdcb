import assert from "node:assert/strict";
import { FunctionApp, type WiredGrant, Workload, type WorkloadArgs } from "../components/index.ts";
import { listed, LOOK_UP, ofType, PRINCIPAL, record, UNKNOWN } from "./setup/mock-engine.ts";

const SUBSCRIPTION = "aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa";
const STORAGE = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stfuncmailer`;

const BASE = { subscription: SUBSCRIPTION, group: "rg", location: "westeurope" };
const NIGHTLY: WorkloadArgs = {
    ...BASE,
    identity: { kind: "system-assigned" },
    account: { name: "aa-nightly" },
    runbooks: [{ name: "report", content: "Write-Output 1" }],
    apis: [{ api: "Microsoft Graph", permissions: ["User.Read.All"] }],
    azure: [{ role: "Reader", scope: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-lab` }],
};

describe("FunctionApp", () => {
    it("makes storage without keys, a plan and an app that reads it by its identity, and nothing else", async () => {
        const made = await record(
            () => new FunctionApp("mailer", { ...BASE, resourceGroupName: "rg", appName: "func-mailer" }),
        );
        assert.deepEqual(listed(made), [
            "azure-native:storage:BlobContainer mailer-packages",
            "azure-native:storage:StorageAccount mailer-storage",
            "azure-native:web:AppServicePlan mailer-plan",
            "azure-native:web:WebApp mailer-app",
            "leastwise:index:FunctionApp mailer",
        ]);
        const [storage] = ofType(made, "StorageAccount");
        assert.equal(storage?.inputs["allowSharedKeyAccess"], false);
        assert.equal(storage.inputs["accountName"], "stfuncmailer");
        const defaults = { clientAffinityEnabled: false, hyperV: false, isXenon: false, scmSiteAlsoStopped: false };
        const siteDefaults = { http20Enabled: true, localMySqlEnabled: false, netFrameworkVersion: "v4.6" };
        assert.deepEqual(ofType(made, "WebApp")[0]?.inputs, {
            ...defaults,
            resourceGroupName: "rg",
            name: "func-mailer",
            location: "westeurope",
            kind: "functionapp,linux",
            reserved: true,
            httpsOnly: true,
            serverFarmId: "/id/of/mailer-plan",
            identity: { type: "SystemAssigned" },
            functionAppConfig: {
                deployment: {
                    storage: {
                        type: "blobContainer",
                        value: "https://stexample.blob.core.windows.net/packages",
                        authentication: { type: "SystemAssignedIdentity" },
                    },
                },
                scaleAndConcurrency: { maximumInstanceCount: 40, instanceMemoryMB: 2048 },
                runtime: { name: "powershell", version: "7.4" },
            },
            siteConfig: {
                ...siteDefaults,
                minTlsVersion: "1.2",
                ftpsState: "Disabled",
                appSettings: [{ name: "AzureWebJobsStorage__accountName", value: "stfuncmailer" }],
            },
        });
    });
});

describe("Workload", () => {
    it("makes what runs it, its identity and its grants, and nothing else", async () => {
        const made = await record(() => new Workload("nightly", NIGHTLY), { answers: LOOK_UP });
        assert.deepEqual(listed(made), [
            "azure-native:authorization:RoleAssignment nightly-Reader-rg-lab-c9803b",
            "azure-native:automation:AutomationAccount nightly-account",
            "azure-native:automation:Package nightly-package-Az.Accounts",
            "azure-native:automation:Runbook nightly-report-runbook",
            "azure-native:automation:RuntimeEnvironment nightly-runtime",
            "azuread:index/appRoleAssignment:AppRoleAssignment nightly-Microsoft-Graph-User.Read.All",
            "leastwise:index:AutomationAccount nightly",
            "leastwise:index:Runbook nightly-report",
            "leastwise:index:Workload nightly",
            "pulumi-nodejs:dynamic/leastwise:RunbookContent nightly-report-content",
        ]);
        assert.equal(ofType(made, "AppRoleAssignment")[0]?.inputs["principalObjectId"], PRINCIPAL);
        assert.equal(ofType(made, "RoleAssignment")[0]?.inputs["principalId"], PRINCIPAL);
    });

    it("gives no grant when none is declared", async () => {
        const made = await record(
            () => new Workload("release", { ...BASE, identity: { kind: "user-assigned", name: "id-release" } }),
        );
        assert.deepEqual(listed(made), [
            "azure-native:managedidentity:UserAssignedIdentity release-identity",
            "leastwise:index:Workload release",
        ]);
    });

    it("knows at preview what each grant gives and on what, and not to whom", async () => {
        const made = await record(() => new Workload("nightly", NIGHTLY), { preview: true, answers: LOOK_UP });
        const unknown = (end: string) =>
            Object.entries(ofType(made, end)[0]?.inputs ?? {})
                .filter(([, value]) => value === UNKNOWN)
                .map(([key]) => key);
        assert.deepEqual(unknown("RoleAssignment"), ["principalId"]);
        assert.deepEqual(unknown("AppRoleAssignment"), ["principalObjectId"]);
    });

    it("runs its account as the user-assigned identity that it makes", async () => {
        const made = await record(
            () =>
                new Workload("nightly", {
                    ...BASE,
                    identity: { kind: "user-assigned", name: "id-nightly" },
                    account: { name: "aa-nightly" },
                }),
        );
        assert.deepEqual(ofType(made, "AutomationAccount")[1]?.inputs["identity"], {
            type: "UserAssigned",
            userAssignedIdentities: [
                "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-nightly",
            ],
        });
    });

    it("waits for a resource that its grant names even when that is made later", async () => {
        const later = Promise.withResolvers<Workload>();
        const made = await record(
            () => {
                const scope = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Automation/automationAccounts/aa-nightly`;
                new Workload("release", {
                    ...BASE,
                    identity: { kind: "user-assigned", name: "id-release" },
                    azure: [{ role: "Reader", scope, scopeResource: later.promise }],
                });
                later.resolve(new Workload("nightly", { ...NIGHTLY, apis: [], azure: [] }));
            },
            { answers: LOOK_UP },
        );
        const order = made.asked.map(({ name }) => name);
        assert.ok(order.indexOf("nightly-account") < order.findIndex(name => name.startsWith("release-Reader")));
    });

    it("lists every grant, that of the Functions host on its storage too", async () => {
        let grants: readonly WiredGrant[] = [];
        await record(
            () => {
                const workload = new Workload("mailer", {
                    ...BASE,
                    identity: { kind: "system-assigned" },
                    functionApp: { name: "func-mailer" },
                    apis: [{ api: "Microsoft Graph", permissions: [{ permission: "Mail.Send", reason: "Sends" }] }],
                });
                grants = workload.grants;
            },
            { answers: LOOK_UP },
        );
        assert.deepEqual(
            grants.map(grant => [
                grant.identity,
                grant.kind === "api" ? grant.permission : `${grant.role} on ${grant.scope}`,
                grant.reason,
            ]),
            [
                ["mailer", "Mail.Send", "Sends"],
                [
                    "mailer",
                    `Storage Blob Data Owner on ${STORAGE}`,
                    "The Functions host keeps its locks and packages in its own storage account",
                ],
            ],
        );
    });

    it("refuses a system-assigned identity without a resource", async () => {
        await record(() =>
            assert.throws(() => new Workload("w", { ...BASE, identity: { kind: "system-assigned" } }), {
                message: "w: a system-assigned identity needs an account or a functionApp",
            }),
        );
    });
});
