import assert from "node:assert/strict";
import * as azureNative from "@pulumi/azure-native/provider.js";
import * as automation from "@pulumi/azure-native/automation/index.js";
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import { startProviders } from "../sandbox/providers/index.ts";
import type { Providers } from "../sandbox/providers/index.ts";
import { SUBSCRIPTION, startFakeAzure } from "./setup/fake-azure.ts";
import type { FakeAzure } from "./setup/fake-azure.ts";
import { openProviderStack } from "./setup/provider-stack.ts";
import type { ProviderStack } from "./setup/provider-stack.ts";

const PRINCIPAL = "22222222-2222-2222-2222-222222222222";
const OTHER_PRINCIPAL = "33333333-3333-3333-3333-333333333333";
const READER = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const GROUP_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;
const AUTOMATION = `${GROUP_ID}/providers/Microsoft.Automation/automationAccounts/aa`;

const group = (tags?: Record<string, string>): resources.ResourceGroup =>
    new resources.ResourceGroup("group", { resourceGroupName: "rg", ...(tags && { tags }) });

const inAccount = { resourceGroupName: "rg", automationAccountName: "aa" };

describe("the stand-in azure-native provider on the real engine", function () {
    this.timeout(60_000);
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
    afterEach(() => {
        stack.close();
        azure.objects.clear();
        azure.requests.length = 0;
        azure.bodies.length = 0;
        azure.faults.length = 0;
    });
    after(async () => {
        await providers.close();
        await azure.close();
    });

    const declare = (...parts: (() => unknown)[]): void => {
        stack.program = () => {
            for (const part of parts) part();
            return Promise.resolve();
        };
    };
    const find = async (type: string) => {
        const found = (await stack.resources()).filter(resource => resource.type.endsWith(`:${type}`));
        assert.equal(found.length, 1);
        return found[0] as NonNullable<(typeof found)[0]>;
    };
    const lastBody = (request: string): unknown => azure.bodies.findLast(write => write.request === request)?.body;

    describe("through a resource's life", () => {
        it("creates what the program declares, then finds nothing to change, then deletes it all", async () => {
            declare(() => {
                const { name } = group();
                const account = new automation.AutomationAccount("account", {
                    resourceGroupName: name,
                    automationAccountName: "aa",
                    identity: { type: "SystemAssigned" },
                    sku: { name: "Basic" },
                });
                new automation.Runbook("report", {
                    resourceGroupName: name,
                    automationAccountName: account.name,
                    runbookType: "PowerShell",
                    runtimeEnvironment: "ps74",
                    draft: {},
                });
            });
            assert.deepEqual(await stack.preview(), { create: 4 });
            assert.deepEqual(azure.requests, []);
            assert.deepEqual(await stack.up(), { create: 4 });
            assert.deepEqual(await stack.up(), { same: 4 });
            await stack.stack.destroy();
            assert.equal(azure.objects.size, 0);
        });

        it("asks whether a resource exists, writes it and reads it back", async () => {
            declare(group);
            await stack.up();
            assert.deepEqual(azure.requests, [`GET ${GROUP_ID}`, `PUT ${GROUP_ID}`, `GET ${GROUP_ID}`]);
            assert.equal(azure.bodies[0]?.query, "api-version=2024-03-01");
        });

        it("refuses to create over a resource that exists", async () => {
            azure.objects.set(GROUP_ID.toLowerCase(), { id: GROUP_ID, location: "westeurope" });
            declare(group);
            await assert.rejects(stack.up(), /cannot create already existing resource '\/subscriptions\/.*\/rg'/);
        });

        it("updates in place what Azure can change", async () => {
            declare(() => group({ team: "a" }));
            await stack.up();
            declare(() => group({ team: "b" }));
            assert.deepEqual(await stack.up(), { update: 1, same: 1 });
            assert.deepEqual(lastBody(`PUT ${GROUP_ID}`), { location: "westeurope", tags: { team: "b" } });
        });

        it("replaces, deleting first, what a path parameter or a listed property changes", async () => {
            declare(group);
            await stack.up();
            declare(() => new resources.ResourceGroup("group", { resourceGroupName: "rg", location: "northeurope" }));
            azure.requests.length = 0;
            assert.deepEqual(await stack.up(), { replace: 1, same: 1 });
            assert.deepEqual(azure.requests.slice(0, 2), [`DELETE ${GROUP_ID}`, `GET ${GROUP_ID}`]);
        });

        it("takes the location of the resource group where neither program nor configuration says one", async () => {
            await stack.stack.removeConfig("azure-native:location");
            azure.objects.set(GROUP_ID.toLowerCase(), { id: GROUP_ID, location: "norwayeast" });
            declare(() => new managedidentity.UserAssignedIdentity("id", { resourceGroupName: "rg" }));
            await stack.up();
            assert.equal((await find("UserAssignedIdentity")).inputs?.["location"], "norwayeast");
        });
    });

    describe("when Azure accepts a write and then fails", () => {
        it("keeps the resource in state, and the next run finishes it", async () => {
            const operation = `${GROUP_ID}/operations/1`;
            const headers = { "azure-asyncoperation": azure.url + operation };
            const error = { code: "Conflict", message: "no quota" };
            azure.faults.push(
                { method: "PUT", path: /rg$/, answer: { status: 202, headers }, after: true },
                { method: "GET", path: /operations/, answer: { status: 200, body: { status: "Failed", error } } },
            );
            declare(group);
            await assert.rejects(stack.up(), /Code="Conflict" Message="no quota"/);
            assert.equal((await find("ResourceGroup")).id, GROUP_ID);
            assert.deepEqual(await stack.up(), { update: 1, same: 1 });
            assert.deepEqual(await stack.up(), { same: 2 });
        });
    });

    describe("with drift", () => {
        it("finds it by refresh and repairs it", async () => {
            declare(() => group({ team: "a" }));
            await stack.up();
            azure.objects.set(GROUP_ID.toLowerCase(), {
                id: GROUP_ID,
                name: "rg",
                location: "westeurope",
                tags: { team: "x" },
            });
            assert.deepEqual(await stack.refresh(), { update: 1, same: 1 });
            assert.deepEqual((await find("ResourceGroup")).inputs?.["tags"], { team: "x" });
            assert.deepEqual(await stack.up(), { update: 1, same: 1 });
            assert.deepEqual(lastBody(`PUT ${GROUP_ID}`), { location: "westeurope", tags: { team: "a" } });
        });

        it("does not take for drift what Azure fills in by itself", async () => {
            declare(group);
            await stack.up();
            azure.objects.set(GROUP_ID.toLowerCase(), {
                id: GROUP_ID,
                name: "rg",
                location: "westeurope",
                properties: { provisioningState: "Succeeded" },
            });
            await stack.refresh();
            assert.deepEqual(await stack.up(), { same: 2 });
        });

        it("drops from state what Azure no longer has, and creates it again", async () => {
            declare(group);
            await stack.up();
            azure.objects.clear();
            await stack.refresh();
            assert.deepEqual(await stack.resources(), []);
            assert.deepEqual(await stack.up(), { create: 1, same: 1 });
        });
    });

    describe("importing", () => {
        it("takes a resource over without a write when the program says what Azure has", async () => {
            azure.objects.set(AUTOMATION.toLowerCase(), {
                id: AUTOMATION,
                name: "aa",
                location: "westeurope",
                identity: { type: "SystemAssigned", principalId: PRINCIPAL },
                properties: { sku: { name: "Basic" }, state: "Ok" },
            });
            const args = {
                ...inAccount,
                location: "westeurope",
                name: "aa",
                identity: { type: "SystemAssigned" as const },
                sku: { name: "Basic" },
            };
            declare(() => new automation.AutomationAccount("account", args, { import: AUTOMATION }));
            assert.deepEqual(await stack.up(), { create: 1, import: 1 });
            assert.deepEqual(azure.bodies, []);
            declare(() => new automation.AutomationAccount("account", args));
            assert.deepEqual(await stack.up(), { same: 2 });
        });

        it("says of an id of another type that it cannot be parsed", async () => {
            const id = `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/x`;
            azure.objects.set(id.toLowerCase(), { id });
            const args = { ...inAccount, runbookType: "PowerShell" };
            declare(() => new automation.Runbook("report", args, { import: id }));
            await assert.rejects(stack.up(), /failed to parse '.*storageAccounts\/x' against the path/);
        });
    });

    describe("at preview", () => {
        it("leaves unknown what only Azure can say, and shows what the program said", async () => {
            const seen: Record<string, unknown> = {};
            declare(() => {
                const account = new automation.AutomationAccount("account", {
                    ...inAccount,
                    identity: { type: "SystemAssigned" },
                });
                account.identity.apply(identity => (seen["identity"] = identity));
                account.name.apply(name => (seen["name"] = name));
                const assignment = new authorization.RoleAssignment("reader", {
                    principalId: account.identity.apply(identity => identity?.principalId ?? "none"),
                    roleDefinitionId: READER,
                    scope: GROUP_ID,
                });
                assignment.scope.apply(scope => (seen["scope"] = scope));
                assignment.principalId.apply(principalId => (seen["principalId"] = principalId));
            });
            assert.deepEqual(await stack.preview(), { create: 3 });
            assert.deepEqual(seen, { scope: GROUP_ID });
        });
    });

    describe("with secrets", () => {
        it("keeps a secret input secret in state, as input and as output, and sends its plain value", async () => {
            declare(() => new automation.Variable("v", { ...inAccount, name: "v", value: pulumi.secret("hush") }));
            await stack.up();
            const { stdout } = await stack.run("stack", "export");
            assert.ok(!stdout.includes("hush"));
            const variable = await find("Variable");
            for (const side of [variable.inputs, variable.outputs])
                assert.equal(
                    (side?.["value"] as Record<string, string>)["4dabf18193072939515e22adb298388d"],
                    "1b47061264138c4ac30d75fd1eb44270",
                );
            assert.deepEqual(lastBody(`PUT ${AUTOMATION}/variables/v`), { name: "v", properties: { value: "hush" } });
            assert.deepEqual(await stack.up(), { same: 2 });
        });
    });

    describe("naming what the program does not name", () => {
        it("gives random digits at the top of a provider, a copy of the name below, and a GUID to a role assignment", async () => {
            declare(
                () => new managedidentity.UserAssignedIdentity("reader", { resourceGroupName: "rg" }),
                () => new automation.Runbook("report", { ...inAccount, runbookType: "PowerShell" }),
                () =>
                    new authorization.RoleAssignment("grant", {
                        principalId: PRINCIPAL,
                        roleDefinitionId: READER,
                        scope: GROUP_ID,
                    }),
            );
            await stack.up();
            assert.match(String((await find("UserAssignedIdentity")).inputs?.["resourceName"]), /^reader[0-9a-f]{8}$/);
            assert.equal((await find("Runbook")).inputs?.["runbookName"], "report");
            assert.match(String((await find("RoleAssignment")).inputs?.["roleAssignmentName"]), GUID);
            assert.deepEqual(await stack.up(), { same: 4 });
        });

        it("creates a randomly named role assignment's replacement before it deletes the old one", async () => {
            const assign = (principalId: string) => () =>
                new authorization.RoleAssignment("grant", { principalId, roleDefinitionId: READER, scope: GROUP_ID });
            declare(assign(PRINCIPAL));
            await stack.up();
            declare(assign(OTHER_PRINCIPAL));
            azure.requests.length = 0;
            assert.deepEqual(await stack.up(), { replace: 1, same: 1 });
            const writes = azure.requests.map(request => request.split(" ")[0]).filter(method => method !== "GET");
            assert.deepEqual(writes, ["PUT", "DELETE"]);
        });

        it("deletes a named role assignment before its replacement", async () => {
            const assign = (principalId: string) => () =>
                new authorization.RoleAssignment("grant", {
                    principalId,
                    roleDefinitionId: READER,
                    scope: GROUP_ID,
                    roleAssignmentName: "44444444-4444-4444-4444-444444444444",
                });
            declare(assign(PRINCIPAL));
            await stack.up();
            declare(assign(OTHER_PRINCIPAL));
            azure.requests.length = 0;
            await stack.up();
            const writes = azure.requests.map(request => request.split(" ")[0]).filter(method => method !== "GET");
            assert.deepEqual(writes, ["DELETE", "PUT"]);
        });
    });

    describe("with an explicit provider", () => {
        it("keeps its configuration apart from the default provider's", async () => {
            const other = "99999999-9999-9999-9999-999999999999";
            declare(() => {
                group();
                const provider = new azureNative.Provider("other", { subscriptionId: other, location: "norwayeast" });
                new resources.ResourceGroup("there", { resourceGroupName: "rg" }, { provider });
            });
            await stack.up();
            const written = azure.bodies.map(({ request, body }) => `${request} ${String(body["location"])}`).sort();
            assert.deepEqual(
                written,
                [`PUT ${GROUP_ID} westeurope`, `PUT /subscriptions/${other}/resourceGroups/rg norwayeast`].sort(),
            );
        });
    });

    describe("with a versioned token", () => {
        it("sends its API version and finds its resource again", async () => {
            class Versioned extends pulumi.CustomResource {
                constructor(name: string, args: Record<string, unknown>) {
                    super("azure-native:authorization/v20200801preview:RoleAssignment", name, args);
                }
            }
            declare(
                () => new Versioned("grant", { principalId: PRINCIPAL, roleDefinitionId: READER, scope: GROUP_ID }),
            );
            await stack.up();
            assert.equal(azure.bodies[0]?.query, "api-version=2020-08-01-preview");
            assert.equal((await find("RoleAssignment")).outputs?.["azureApiVersion"], "2020-08-01-preview");
        });
    });
});
