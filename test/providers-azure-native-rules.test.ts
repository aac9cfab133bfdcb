import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { armRetries } from "../sandbox/providers/azure-native/arm-client.ts";
import { AzureNative } from "../sandbox/providers/azure-native/azure-native.ts";
import { resourceType } from "../sandbox/providers/azure-native/resource-type.ts";
import { ROWS } from "../sandbox/providers/azure-native/rows.ts";
import type { ChangeKind } from "../sandbox/providers/provider.ts";
import { PartialFailure } from "../sandbox/providers/provider.ts";
import { RestClient } from "../sandbox/providers/rest.ts";
import type { Properties } from "../sandbox/providers/values.ts";
import { UNKNOWN } from "../sandbox/providers/values.ts";
import { SUBSCRIPTION, startFakeAzure } from "./setup/fake-azure.ts";
import type { FakeAzure, Fault } from "./setup/fake-azure.ts";

const PRINCIPAL = "22222222-2222-2222-2222-222222222222";
const READER = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";
const CONTRIBUTOR = "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c";
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;
const AUTOMATION = `${GROUP}/providers/Microsoft.Automation/automationAccounts/aa`;
const ASSIGNMENT = { principalId: PRINCIPAL, roleDefinitionId: READER, scope: GROUP, roleAssignmentName: PRINCIPAL };
const inAccount = { resourceGroupName: "rg", automationAccountName: "aa" };

describe("the stand-in azure-native provider", () => {
    let azure: FakeAzure;
    let rest: RestClient;
    let provider: AzureNative;
    before(async () => {
        azure = await startFakeAzure();
    });
    beforeEach(() => {
        const { url, caFile, token } = azure;
        rest = new RestClient({ url, ca: readFileSync(caFile), retry: armRetries(5), token });
        provider = new AzureNative({ rest, pollMs: 5, subscriptionId: SUBSCRIPTION, token });
        provider.configure({ "azure-native:config:location": "westeurope" });
    });
    afterEach(() => {
        rest.close();
        azure.objects.clear();
        azure.requests.length = 0;
        azure.bodies.length = 0;
        azure.faults.length = 0;
    });
    after(() => azure.close());

    const type = (token: string): string => `azure-native:${token}`;
    const check = async (token: string, news: Properties, olds: Properties = {}) =>
        provider.check({ urn: "", type: type(token), name: "name", olds, news, randomSeed: new Uint8Array([1]) });
    const reasons = async (token: string, news: Properties): Promise<string[]> =>
        (await check(token, news)).failures.map(({ reason }) => reason);
    const create = async (token: string, news: Properties) => {
        const { inputs, failures } = await check(token, news);
        assert.deepEqual(failures, []);
        return provider.create({ urn: "", type: type(token), inputs, preview: false });
    };
    const preview = async (token: string, inputs: Properties): Promise<Properties> =>
        (await provider.create({ urn: "", type: type(token), inputs, preview: true })).outputs;
    const bodyOf = async (token: string, news: Properties): Promise<unknown> => {
        await create(token, news);
        return azure.bodies.at(-1)?.body;
    };
    const diff = (token: string, oldInputs: Properties, newInputs: Properties, oldOutputs: Properties = {}) => {
        const request = { type: type(token), oldInputs, newInputs, oldOutputs, ignoreChanges: [] };
        const { changes, deleteBeforeReplace } = provider.diff(request);
        return { changes: Object.fromEntries(changes), deleteBeforeReplace };
    };

    describe("checks inputs as the real plugin does:", () => {
        const cases: readonly (readonly [string, string, Properties, readonly string[]])[] = [
            ["takes good inputs", "automation:Runbook", { ...inAccount, runbookType: "PowerShell" }, []],
            [
                "names a required property that is missing",
                "automation:Runbook",
                { resourceGroupName: "rg", runbookType: "PowerShell" },
                ["missing required property 'automationAccountName'"],
            ],
            [
                "names a required property that is missing within another",
                "automation:AutomationAccount",
                { resourceGroupName: "rg", sku: { family: "x" } },
                ["missing required property 'sku.name'"],
            ],
            [
                "names a required property that is missing in an array",
                "compute:VirtualMachine",
                { resourceGroupName: "rg", storageProfile: { dataDisks: [{ lun: 0 }] } },
                ["missing required property 'storageProfile.dataDisks[0].createOption'"],
            ],
            [
                "says what kind a value should be",
                "automation:Runbook",
                { ...inAccount, runbookType: ["PowerShell"], logProgress: "yes", logActivityTrace: "2" },
                [
                    "'logActivityTrace' should be of type 'number' but got a string",
                    "'logProgress' should be of type 'boolean' but got a string",
                    "'runbookType' should be of type 'string' but got an array",
                ],
            ],
            ["takes what is not known yet for good", "automation:Runbook", { ...inAccount, runbookType: UNKNOWN }, []],
            [
                "passes over a property it does not know, as the plugin does",
                "automation:Runbook",
                { ...inAccount, runbookType: "PowerShell", colour: "red" },
                [],
            ],
            [
                "leaves the values of an enumeration to Azure, as the plugin does",
                "automation:Runbook",
                { ...inAccount, runbookType: "Basic" },
                [],
            ],
            [
                "holds names to their length",
                "storage:StorageAccount",
                { resourceGroupName: "rg", accountName: "x", kind: "StorageV2", sku: { name: "Standard_LRS" } },
                ["'accountName' is too short (1): at least 3 characters required"],
            ],
            [
                "holds names to their pattern",
                "keyvault:Vault",
                {
                    resourceGroupName: "rg",
                    vaultName: "kv_x",
                    properties: { tenantId: "t", sku: { family: "A", name: "standard" } },
                },
                ["'vaultName' does not match expression '^[a-zA-Z0-9-]{3,24}$'"],
            ],
        ];
        for (const [fact, token, inputs, expected] of cases)
            it(fact, async () => {
                assert.deepEqual(await reasons(token, inputs), expected);
            });

        it("names a type it does not serve, and the nearest one", async () => {
            await assert.rejects(
                check("automation:Runbok", {}),
                /^Error: Resource type azure-native:automation:Runbok not found; did you mean 'automation:Runbook'\?$/,
            );
        });
    });

    describe("finds what changes:", () => {
        const changes: readonly (readonly [string, string, Properties, Properties, Record<string, ChangeKind>])[] = [
            ["nothing", "resources:ResourceGroup", { location: "westeurope" }, { location: "westeurope" }, {}],
            [
                "nothing in another spelling",
                "resources:ResourceGroup",
                { location: "westeurope" },
                { location: "West Europe" },
                {},
            ],
            [
                "a tag",
                "resources:ResourceGroup",
                { tags: { a: "1", b: "1" } },
                { tags: { a: "2", c: "1" } },
                { "tags.a": "update", "tags.b": "delete", "tags.c": "add" },
            ],
            [
                "a location of a group, which replaces it",
                "resources:ResourceGroup",
                { location: "westeurope" },
                { location: "norwayeast" },
                { location: "update-replace" },
            ],
            [
                "a location of an account, which does not",
                "automation:AutomationAccount",
                { location: "westeurope" },
                { location: "norwayeast" },
                { location: "update" },
            ],
            [
                "a name in the path, which replaces",
                "automation:Runbook",
                inAccount,
                { ...inAccount, automationAccountName: "ab" },
                { automationAccountName: "update-replace" },
            ],
            [
                "a principal, which replaces",
                "authorization:RoleAssignment",
                ASSIGNMENT,
                { ...ASSIGNMENT, principalId: "x" },
                { principalId: "update-replace" },
            ],
            [
                "a principal that is not known yet, which replaces",
                "authorization:RoleAssignment",
                ASSIGNMENT,
                { ...ASSIGNMENT, principalId: UNKNOWN },
                { principalId: "update-replace" },
            ],
            [
                "a role, in place, which Azure refuses",
                "authorization:RoleAssignment",
                ASSIGNMENT,
                { ...ASSIGNMENT, roleDefinitionId: CONTRIBUTOR },
                { roleDefinitionId: "update" },
            ],
            [
                "a job schedule's parameters, which replace it",
                "automation:JobSchedule",
                { parameters: { a: "1" } },
                { parameters: { a: "2" } },
                { "parameters.a": "update-replace" },
            ],
            [
                "a job schedule's runbook, in place, which Azure refuses",
                "automation:JobSchedule",
                { runbook: { name: "a" } },
                { runbook: { name: "b" } },
                { "runbook.name": "update" },
            ],
            [
                "an element of an array",
                "automation:Runbook",
                { tags: {}, outputTypes: ["a"] },
                { tags: {}, outputTypes: ["b", "c"] },
                { "outputTypes[0]": "update", "outputTypes[1]": "add" },
            ],
        ];
        for (const [fact, token, old, now, expected] of changes)
            it(fact, () => {
                assert.deepEqual(diff(token, old, now).changes, expected);
            });

        it("deletes before it replaces, unless the name is a random one", () => {
            const now = { ...ASSIGNMENT, principalId: "x" };
            assert.equal(diff("authorization:RoleAssignment", ASSIGNMENT, now).deleteBeforeReplace, true);
            const random = { ...ASSIGNMENT, __createBeforeDelete: true };
            assert.equal(diff("authorization:RoleAssignment", random, now).deleteBeforeReplace, false);
        });

        it("does not replace for a first value that Azure already has", () => {
            const { changes: found } = diff(
                "resources:ResourceGroup",
                {},
                { location: "westeurope" },
                { location: "westeurope" },
            );
            assert.deepEqual(found, { location: "add" });
        });
    });

    describe("shows at preview", () => {
        it("inputs as outputs, and the rest as unknown", async () => {
            const outputs = await preview("managedidentity:UserAssignedIdentity", {
                resourceGroupName: "rg",
                location: "westeurope",
                tags: { a: "1" },
            });
            assert.deepEqual(outputs, {
                azureApiVersion: UNKNOWN,
                clientId: UNKNOWN,
                location: "westeurope",
                name: UNKNOWN,
                principalId: UNKNOWN,
                systemData: UNKNOWN,
                tags: { a: "1" },
                tenantId: UNKNOWN,
                type: UNKNOWN,
            });
        });

        it("what Azure adds to an object that the program sets as unknown", async () => {
            const outputs = await preview("automation:AutomationAccount", {
                ...inAccount,
                identity: { type: "SystemAssigned" },
            });
            assert.deepEqual(outputs["identity"], {
                principalId: UNKNOWN,
                tenantId: UNKNOWN,
                type: "SystemAssigned",
                userAssignedIdentities: UNKNOWN,
            });
        });
    });

    describe("writes", () => {
        it("a role assignment's properties under its scope", async () => {
            await create("authorization:RoleAssignment", { ...ASSIGNMENT, principalType: "ServicePrincipal" });
            assert.deepEqual(azure.bodies, [
                {
                    request: `PUT ${GROUP}/providers/Microsoft.Authorization/roleAssignments/${PRINCIPAL}`,
                    query: "api-version=2022-04-01",
                    body: {
                        properties: {
                            principalId: PRINCIPAL,
                            principalType: "ServicePrincipal",
                            roleDefinitionId: READER,
                        },
                    },
                },
            ]);
        });

        const bodies: readonly (readonly [string, string, Properties, unknown])[] = [
            [
                "a list of user-assigned identities as the map Azure wants",
                "automation:AutomationAccount",
                {
                    ...inAccount,
                    name: "aa",
                    sku: { name: "Basic" },
                    identity: { type: "UserAssigned", userAssignedIdentities: ["/id"] },
                },
                {
                    location: "westeurope",
                    name: "aa",
                    identity: { type: "UserAssigned", userAssignedIdentities: { "/id": {} } },
                    properties: { sku: { name: "Basic" } },
                },
            ],
            [
                "a runtime environment's language where Azure wants it",
                "automation:RuntimeEnvironment",
                { ...inAccount, language: "PowerShell", version: "7.4", defaultPackages: { Az: "12.3.0" } },
                {
                    location: "westeurope",
                    properties: {
                        defaultPackages: { Az: "12.3.0" },
                        runtime: { language: "PowerShell", version: "7.4" },
                    },
                },
            ],
            [
                "properties whose name differs on the wire",
                "storage:StorageAccount",
                {
                    resourceGroupName: "rg",
                    kind: "StorageV2",
                    sku: { name: "Standard_LRS" },
                    enableHttpsTrafficOnly: true,
                },
                {
                    kind: "StorageV2",
                    location: "westeurope",
                    sku: { name: "Standard_LRS" },
                    properties: { supportsHttpsTrafficOnly: true },
                },
            ],
            [
                "a network's subnets with what the SDK flattens nested again",
                "network:VirtualNetwork",
                { resourceGroupName: "rg", subnets: [{ name: "default", addressPrefix: "10.0.0.0/24" }] },
                {
                    location: "westeurope",
                    properties: {
                        subnets: [{ name: "default", properties: { addressPrefix: "10.0.0.0/24" } }],
                        virtualNetworkPeerings: [],
                    },
                },
            ],
            [
                "a network interface's addresses likewise",
                "network:NetworkInterface",
                { resourceGroupName: "rg", ipConfigurations: [{ name: "ip", subnet: { id: "/subnet" } }] },
                {
                    location: "westeurope",
                    properties: { ipConfigurations: [{ name: "ip", properties: { subnet: { id: "/subnet" } } }] },
                },
            ],
            [
                "a virtual machine's network interfaces likewise",
                "compute:VirtualMachine",
                { resourceGroupName: "rg", networkProfile: { networkInterfaces: [{ id: "/nic", primary: true }] } },
                {
                    location: "westeurope",
                    properties: {
                        networkProfile: { networkInterfaces: [{ id: "/nic", properties: { primary: true } }] },
                    },
                },
            ],
            [
                "a vault's properties as they are, with no access policies",
                "keyvault:Vault",
                {
                    resourceGroupName: "rg",
                    vaultName: "kv-data",
                    properties: { tenantId: "t", sku: { family: "A", name: "standard" } },
                },
                {
                    location: "westeurope",
                    properties: { tenantId: "t", sku: { family: "A", name: "standard" }, accessPolicies: [] },
                },
            ],
        ];
        for (const [fact, token, inputs, body] of bodies)
            it(fact, async () => {
                assert.deepEqual(await bodyOf(token, inputs), body);
            });

        it("without reading back when configured to skip that", async () => {
            provider.configure({ "azure-native:config:skipReadOnUpdate": "true" });
            const { outputs } = await create("resources:ResourceGroup", {
                resourceGroupName: "rg",
                location: "westeurope",
            });
            assert.deepEqual(azure.requests, [`GET ${GROUP}`, `PUT ${GROUP}`]);
            assert.equal(outputs["location"], "westeurope");
        });

        it("an update of a vault with the access policies it has", async () => {
            const vault = {
                resourceGroupName: "rg",
                vaultName: "kv-data",
                properties: { tenantId: "t", sku: { family: "A", name: "standard" } },
            };
            const { id } = await create("keyvault:Vault", vault);
            const policies = [{ objectId: PRINCIPAL }];
            const stored = azure.objects.get(id.toLowerCase()) as { properties: Properties };
            stored.properties["accessPolicies"] = policies;
            const request = {
                urn: "",
                type: type("keyvault:Vault"),
                id,
                inputs: vault,
                oldInputs: vault,
                oldOutputs: {},
                preview: false,
            };
            await provider.update(request);
            const { properties } = azure.bodies.at(-1)?.body as { properties: Properties };
            assert.deepEqual(properties["accessPolicies"], policies);
        });

        it("a web site's deletion without its plan's", async () => {
            const { id, outputs } = await create("web:WebApp", { resourceGroupName: "rg", name: "site" });
            await provider.delete({ urn: "", type: type("web:WebApp"), id, inputs: {}, outputs });
            assert.equal(azure.bodies.at(-1)?.query, "api-version=2025-05-01&deleteEmptyServerFarm=false");
        });
    });

    describe("reads back", () => {
        it("inputs from a resource that it is given to import", async () => {
            azure.objects.set(AUTOMATION.toLowerCase(), {
                id: AUTOMATION,
                name: "aa",
                location: "westeurope",
                identity: {
                    type: "UserAssigned",
                    principalId: PRINCIPAL,
                    userAssignedIdentities: { "/id": { clientId: "c" } },
                },
                properties: { sku: { name: "Basic" }, state: "Ok" },
            });
            const found = await provider.read({
                urn: "",
                type: type("automation:AutomationAccount"),
                id: AUTOMATION,
                outputs: {},
            });
            assert.deepEqual(found?.inputs, {
                ...inAccount,
                name: "aa",
                location: "westeurope",
                identity: { type: "UserAssigned", userAssignedIdentities: ["/id"] },
                sku: { name: "Basic" },
            });
            assert.equal(found.outputs["state"], "Ok");
        });

        it("no drift in access policies that the program leaves to others", async () => {
            const inputs = {
                resourceGroupName: "rg",
                vaultName: "kv-data",
                properties: { tenantId: "t", sku: { family: "A", name: "standard" } },
            };
            const { id, outputs } = await create("keyvault:Vault", inputs);
            const stored = azure.objects.get(id.toLowerCase()) as { properties: Properties };
            stored.properties["accessPolicies"] = [{ objectId: PRINCIPAL }];
            stored.properties["enabledForDeployment"] = true;
            const found = await provider.read({ urn: "", type: type("keyvault:Vault"), id, inputs, outputs });
            assert.deepEqual(found?.inputs, {
                ...inputs,
                properties: { ...inputs.properties, enabledForDeployment: true },
            });
        });

        it("nothing where Azure has nothing", async () => {
            assert.equal(
                await provider.read({
                    urn: "",
                    type: type("automation:Runbook"),
                    id: `${AUTOMATION}/runbooks/r`,
                    outputs: {},
                }),
                undefined,
            );
        });
    });

    describe("meets a fault", () => {
        const fail = (...faults: Fault[]): number => azure.faults.push(...faults);
        const group = { resourceGroupName: "rg" };
        const throttled: Fault = {
            method: "PUT",
            path: /rg$/,
            answer: { status: 429, headers: { "retry-after": "0" } },
        };

        it("tries three times more when Azure throttles, fails or hangs up", async () => {
            fail(throttled, { ...throttled, answer: { status: 503 } }, { ...throttled, answer: "reset" });
            await create("resources:ResourceGroup", group);
            assert.equal(azure.bodies.length, 4);
        });

        it("gives up after that, with the error in Azure's words", async () => {
            const answer = { status: 500, body: { error: { code: "InternalServerError", message: "try later" } } };
            fail(...Array.from({ length: 4 }, () => ({ ...throttled, answer })));
            await assert.rejects(
                create("resources:ResourceGroup", group),
                /Status=500 Code="InternalServerError" Message="try later"$/,
            );
        });

        it("writes once more when the answer to a write that landed was lost", async () => {
            fail({ ...throttled, answer: "reset", after: true });
            const { outputs } = await create("resources:ResourceGroup", group);
            assert.equal(outputs["name"], "rg");
            assert.equal(azure.bodies.length, 2);
        });

        it("does not repeat what Azure refuses", async () => {
            fail({
                ...throttled,
                answer: {
                    status: 409,
                    body: { error: { code: "RoleAssignmentExists", message: "The role assignment already exists." } },
                },
            });
            await assert.rejects(create("resources:ResourceGroup", group), /Status=409 Code="RoleAssignmentExists"/);
            assert.equal(azure.bodies.length, 1);
        });

        it("waits Retry-After out", async () => {
            fail({ ...throttled, answer: { status: 429, headers: { "retry-after": "1" } } });
            const start = performance.now();
            await create("resources:ResourceGroup", group);
            assert.ok(performance.now() - start >= 990);
        });

        it("deletes what is gone already without complaint", async () => {
            await provider.delete({
                urn: "",
                type: type("resources:ResourceGroup"),
                id: GROUP,
                inputs: {},
                outputs: {},
            });
        });

        it("says of an answer that is no JSON which call it was to", async () => {
            fail(...Array.from({ length: 4 }, () => ({ ...throttled, answer: { status: 200, text: "<html>" } })));
            await assert.rejects(
                create("resources:ResourceGroup", group),
                /^Error: the answer to PUT .*rg.* is not the JSON it claims to be$/,
            );
        });

        it("stops at once when the engine is told to", async () => {
            fail(
                ...Array.from({ length: 4 }, () => ({
                    ...throttled,
                    answer: { status: 429, headers: { "retry-after": "60" } },
                })),
            );
            const creating = create("resources:ResourceGroup", group);
            setTimeout(() => provider.cancel(), 50);
            await assert.rejects(creating, /abort/i);
        });
    });

    describe("follows a long-running operation", () => {
        const operation = `${GROUP}/operations/1`;
        const accepted = (header: string): Fault => ({
            method: "PUT",
            path: /rg$/,
            answer: { status: 202, headers: { [header]: azure.url + operation } },
            after: true,
        });
        const poll = (status: number, body?: unknown): Fault => ({
            method: "GET",
            path: /operations\/1$/,
            answer: { status, body },
        });

        it("at its operation address until it succeeds", async () => {
            azure.faults.push(
                accepted("azure-asyncoperation"),
                poll(200, { status: "InProgress" }),
                poll(200, { status: "Succeeded" }),
            );
            const { outputs } = await create("resources:ResourceGroup", { resourceGroupName: "rg" });
            assert.equal(outputs["name"], "rg");
            assert.equal(azure.requests.filter(request => request.endsWith(operation)).length, 2);
        });

        it("at its location until that is no longer pending", async () => {
            azure.faults.push(accepted("location"), poll(202), poll(200, {}));
            const { outputs } = await create("resources:ResourceGroup", { resourceGroupName: "rg" });
            assert.equal(outputs["location"], "westeurope");
        });

        it("to its failure, and keeps the resource that Azure has made", async () => {
            const error = { code: "Conflict", message: "no quota" };
            azure.faults.push(accepted("azure-asyncoperation"), poll(200, { status: "Failed", error }));
            await assert.rejects(
                create("resources:ResourceGroup", { resourceGroupName: "rg" }),
                (failure: PartialFailure) => {
                    assert.ok(failure instanceof PartialFailure);
                    assert.match(failure.message, /Code="Conflict" Message="no quota"/);
                    assert.equal(failure.resource.id, GROUP);
                    assert.equal(failure.resource.outputs["location"], "westeurope");
                    return true;
                },
            );
        });
    });

    describe("answers functions", () => {
        it("says who deploys", async () => {
            assert.deepEqual(await provider.invoke("azure-native:authorization:getClientConfig", {}), {
                clientId: "client",
                objectId: "object",
                subscriptionId: SUBSCRIPTION,
                tenantId: "tenant",
            });
        });

        it("gives the deployer's token", async () => {
            const { token } = await provider.invoke("azure-native:authorization:getClientToken", {});
            assert.equal(token, await azure.token());
        });

        it("reads a resource of every type it serves", async () => {
            for (const token of Object.keys(ROWS)) {
                const { pathInputs, row } = resourceType(type(token));
                const args = Object.fromEntries(pathInputs.map(name => [name, `x-${name}`]));
                const id = row.path.replace("{subscriptionId}", SUBSCRIPTION).replace(/\{(\w+)\}/g, "x-$1");
                azure.objects.set(id.toLowerCase(), { id, name: "found" });
                const got = await provider.invoke(type(token).replace(/:(\w+)$/, ":get$1"), args);
                assert.equal(got["id"], id);
            }
        });

        it("says which resource it did not find", async () => {
            const args = { resourceGroupName: "none" };
            await assert.rejects(
                provider.invoke("azure-native:resources:getResourceGroup", args),
                /^Error: request failed .*none: Status=404/,
            );
        });
    });
});
