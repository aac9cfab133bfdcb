import assert from "node:assert/strict";
import { join } from "node:path";
import type { Sandbox } from "../sandbox/server.ts";
import { startSandbox } from "../sandbox/server.ts";
import { armOf, groupId, makeGroup, refused } from "./sandbox-arm-support.ts";
import type { Arm } from "./sandbox-arm-support.ts";
import { trust, withFolder, withSandbox } from "./sandbox-support.ts";

const IDENTITY = "providers/Microsoft.ManagedIdentity/userAssignedIdentities";
const ACCOUNT = "providers/Microsoft.Automation/automationAccounts";
const STORAGE = "providers/Microsoft.Storage/storageAccounts";

describe("sandbox Resource Manager", () => {
    let sandbox: Sandbox;
    let arm: Arm;
    let rg: string;

    before(async () => {
        sandbox = await startSandbox();
        trust(sandbox);
        arm = armOf(sandbox);
        rg = await makeGroup(sandbox);
    });
    after(() => sandbox.close());

    describe("requests", () => {
        it("need an api-version", async () => {
            const headers = { authorization: `Bearer ${await sandbox.token()}` };
            const response = await fetch(`${sandbox.url}${rg}`, { headers });
            assert.equal(response.status, 400);
            const { error } = (await response.json()) as { error: { code: string } };
            assert.equal(error.code, "MissingApiVersionParameter");
            await refused(arm("GET", rg, undefined, { version: "latest" }), 400, "InvalidApiVersionParameter");
        });

        it("need a token for Resource Manager", async () => {
            const url = `${sandbox.url}${rg}?api-version=2024-03-01`;
            const none = await fetch(url);
            assert.equal(none.status, 401);
            assert.match(none.headers.get("www-authenticate") ?? "", /^Bearer authorization_uri=/);
            const graph = sandbox.token("https://graph.microsoft.com");
            await refused(armOf(sandbox, graph)("GET", rg), 401, "InvalidAuthenticationTokenAudience");
        });

        it("to namespaces and types that Azure does not have are refused", async () => {
            await refused(arm("PUT", `${rg}/providers/Contoso.Nothing/things/a`, {}), 404, "InvalidResourceNamespace");
            await refused(arm("PUT", `${rg}/providers/Microsoft.Storage/accounts/a`, {}), 404, "InvalidResourceType");
        });

        it("to types the sandbox does not know more of are stored as they are", async () => {
            const id = `${rg}/providers/Microsoft.EventGrid/topics/news`;
            const put = await arm("PUT", id, {
                location: "westeurope",
                properties: { inputSchema: "EventGridSchema" },
            });
            assert.equal(put.status, 201);
            const { body } = await arm("GET", id);
            assert.equal(body.properties.inputSchema, "EventGridSchema");
            assert.equal(body.type, "Microsoft.EventGrid/topics");
        });

        it("with a body that is no JSON object are refused", async () => {
            const id = `${rg}/${IDENTITY}/broken`;
            await refused(arm("PUT", id, undefined, { text: "{" }), 400, "InvalidRequestContent");
            await refused(arm("PUT", id, []), 400, "InvalidRequestContent");
            await refused(arm("PUT", id), 400, "InvalidRequestContent");
        });

        it("find a resource whatever the case of its id", async () => {
            await arm("PUT", `${rg}/${IDENTITY}/id-Case`, { location: "westeurope" });
            const { status, body } = await arm("GET", `${rg}/${IDENTITY}/id-Case`.toUpperCase());
            assert.equal(status, 200);
            assert.equal(body.id, `${rg}/${IDENTITY}/id-Case`);
            const again = await arm("PUT", `${rg.toLowerCase()}/${IDENTITY.toLowerCase()}/ID-CASE`, {
                location: "westeurope",
            });
            assert.deepEqual([again.status, again.body.id], [200, `${rg}/${IDENTITY}/id-Case`]);
        });

        it("to what does not exist name what is missing", async () => {
            const other = "/subscriptions/00000000-0000-0000-0000-00000000dead";
            await refused(
                arm("GET", `${other}/resourceGroups/rg`),
                403,
                "AuthorizationFailed",
                /over scope '\/subscriptions\/0{8}/,
            );
            const missing = groupId(sandbox, "none");
            await refused(arm("GET", missing), 404, "ResourceGroupNotFound", /'none' could not be found/);
            await refused(arm("PUT", `${missing}/${IDENTITY}/a`, {}), 404, "ResourceGroupNotFound");
            await refused(
                arm("GET", `${rg}/${IDENTITY}/none`),
                404,
                "ResourceNotFound",
                /under resource group 'rg' was not found/,
            );
            await refused(
                arm("PUT", `${rg}/${ACCOUNT}/none/variables/v`, {}),
                404,
                "ParentResourceNotFound",
                /'write'.*automationAccounts\/variables/,
            );
        });

        it("to subscriptions and paths that are none are told so", async () => {
            await refused(
                arm("GET", "/subscriptions/00000000-0000-0000-0000-00000000dead"),
                404,
                "SubscriptionNotFound",
            );
            await refused(arm("GET", "/subscriptions/mine"), 400, "InvalidSubscriptionId", /'mine' is malformed/);
            await refused(arm("GET", "/providers"), 404, "InvalidResourceId");
            await refused(arm("GET", `${rg}/%`), 404, "InvalidResourceId");
        });

        it("of a method a type does not serve are 405", async () => {
            await refused(arm("POST", `${rg}/${IDENTITY}/id-Case/dance`), 405, "MethodNotAllowed");
        });
    });

    describe("a write", () => {
        it("answers 201 when it creates and 200 when it changes", async () => {
            const id = `${rg}/${IDENTITY}/id-twice`;
            const first = await arm("PUT", id, { location: "West Europe", tags: { a: "1" } });
            const second = await arm("PUT", id, { location: "westeurope" });
            assert.deepEqual([first.status, second.status], [201, 200]);
            assert.deepEqual(first.body.tags, { a: "1" });
            assert.equal(first.body.location, "westeurope");
            assert.equal(second.body.tags, undefined);
        });

        it("needs a location, a known one, and keeps it", async () => {
            const id = `${rg}/${STORAGE}/stplaces`;
            const body = { kind: "StorageV2", sku: { name: "Standard_LRS" } };
            await refused(arm("PUT", id, body), 400, "LocationRequired");
            await refused(
                arm("PUT", id, { ...body, location: "atlantis" }),
                400,
                "LocationNotAvailableForResourceType",
            );
            assert.equal((await arm("PUT", id, { ...body, location: "westeurope" })).status, 201);
            await refused(arm("PUT", id, { ...body, location: "northeurope" }), 409, "InvalidResourceLocation");
        });

        it("of tags follows Azure's limits", async () => {
            const id = `${rg}/${IDENTITY}/id-tags`;
            const put = (tags: unknown) => arm("PUT", id, { location: "westeurope", tags });
            await refused(put({ "a<b": "1" }), 400, "InvalidTagNameCharacters");
            await refused(put({ a: 1 }), 400, "InvalidTags");
            await refused(put({ a: "x".repeat(257) }), 400, "InvalidTags");
            await refused(
                put(Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`t${n}`, ""]))),
                400,
                "TooManyTags",
            );
        });

        it("by PATCH keeps what it does not name", async () => {
            const id = `${rg}/${STORAGE}/stpatched`;
            const sku = { name: "Standard_LRS" };
            await arm("PUT", id, { location: "westeurope", kind: "StorageV2", sku, tags: { a: "1" } });
            const { body } = await arm("PATCH", id, { properties: { minimumTlsVersion: "TLS1_1" } });
            assert.deepEqual([body.kind, body.sku, body.tags], ["StorageV2", sku, { a: "1" }]);
            assert.equal(body.properties.minimumTlsVersion, "TLS1_1");
            await refused(arm("PATCH", `${rg}/${STORAGE}/stnone`, {}), 404, "ResourceNotFound");
        });

        it("records who made a resource and when", async () => {
            const { body } = await arm("PUT", `${rg}/${ACCOUNT}/aa-system`, { location: "westeurope" });
            assert.equal(body.systemData.createdBy, sandbox.env["ARM_CLIENT_ID"]);
            assert.equal(body.systemData.createdByType, "Application");
        });
    });

    describe("a list", () => {
        it("comes in pages that link to the next", async () => {
            const account = `${rg}/${ACCOUNT}/aa-pages`;
            await arm("PUT", account, { location: "westeurope" });
            for (let n = 0; n < 105; n++)
                await arm("PUT", `${account}/variables/v${n}`, { properties: { value: "1" } });
            const first = await arm("GET", `${account}/variables`);
            assert.equal(first.body.value.length, 100);
            const headers = { authorization: `Bearer ${await sandbox.token()}` };
            const rest = (await (await fetch(first.body.nextLink, { headers })).json()) as {
                value: unknown[];
                nextLink?: string;
            };
            assert.equal(rest.value.length, 5);
            assert.equal(rest.nextLink, undefined);
        });

        it("of a subscription has the resources of all its groups", async () => {
            const second = await makeGroup(sandbox, "rg-second");
            await arm("PUT", `${rg}/${IDENTITY}/id-here`, { location: "westeurope" });
            await arm("PUT", `${second}/${IDENTITY}/id-there`, { location: "westeurope" });
            const { body } = await arm("GET", `/subscriptions/${sandbox.cloud.subscriptionId}/${IDENTITY}`);
            const names = body.value.map((identity: { name: string }) => identity.name);
            assert.ok(names.includes("id-here") && names.includes("id-there"));
            const inSecond = await arm("GET", `${second}/${IDENTITY}`);
            assert.deepEqual(
                inSecond.body.value.map((identity: { name: string }) => identity.name),
                ["id-there"],
            );
            const all = await arm("GET", `${second}/resources`);
            assert.deepEqual(
                all.body.value.map((resource: { id: string }) => resource.id),
                [`${second}/${IDENTITY}/id-there`],
            );
        });
    });

    describe("resource groups", () => {
        it("keep their location and follow the name rules", async () => {
            await refused(
                arm("PUT", groupId(sandbox, "rg"), { location: "northeurope" }),
                409,
                "InvalidResourceGroupLocation",
            );
            await refused(
                arm("PUT", groupId(sandbox, "dot."), { location: "westeurope" }),
                400,
                "InvalidResourceGroup",
            );
            const long = arm("PUT", groupId(sandbox, "x".repeat(107)), { location: "westeurope" });
            await refused(
                long,
                400,
                "InvalidResourceGroup",
                /length of '107' which exceeds the maximum length of '90'/,
            );
            await refused(
                arm("PUT", groupId(sandbox, "rg-x"), { location: "atlantis" }),
                400,
                "LocationNotAvailableForResourceGroup",
            );
            await refused(arm("PUT", groupId(sandbox, "rg-x"), {}), 400, "LocationRequired");
        });

        it("answer HEAD with 204 or 404", async () => {
            assert.equal((await arm("HEAD", rg)).status, 204);
            assert.equal((await arm("HEAD", groupId(sandbox, "none"))).status, 404);
        });

        it("take all that is in them along when they are deleted", async () => {
            const group = await makeGroup(sandbox, "rg-doomed");
            const account = `${group}/${ACCOUNT}/aa-doomed`;
            const made = await arm("PUT", account, { location: "westeurope", identity: { type: "SystemAssigned" } });
            await arm("PUT", `${account}/variables/v`, { properties: { value: "1" } });
            const { principalId } = made.body.identity;
            const reader = `/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
            const assignment = `${account}/providers/Microsoft.Authorization/roleAssignments/11111111-1111-4111-8111-111111111111`;
            const properties = { principalId, roleDefinitionId: reader, principalType: "ServicePrincipal" };
            assert.equal((await arm("PUT", assignment, { properties })).status, 201);
            const deleted = await arm("DELETE", group);
            assert.equal(deleted.status, 202);
            await waitFor(sandbox, deleted.headers.get("location") ?? "");
            await refused(arm("GET", account), 404, "ResourceGroupNotFound");
            assert.equal(sandbox.cloud.servicePrincipals.has(principalId), false);
            const left = [...sandbox.cloud.resources.values(), ...sandbox.cloud.roleAssignments.values()];
            assert.deepEqual(
                left.filter(({ id }) => id.includes("doomed")),
                [],
            );
            await refused(arm("DELETE", group), 404, "ResourceGroupNotFound");
        });
    });

    it("deletes what is there with 200 and what is not with 204", async () => {
        const id = `${rg}/${IDENTITY}/id-gone`;
        await arm("PUT", id, { location: "westeurope" });
        assert.deepEqual([(await arm("DELETE", id)).status, (await arm("DELETE", id)).status], [200, 204]);
    });

    it("keeps its resources over a restart, and finishes the operations that were under way", () =>
        withFolder(async folder => {
            const stateFile = join(folder, "state");
            let watched = "";
            await withSandbox({ stateFile }, async first => {
                await makeGroup(first, "rg-kept");
                const doomed = await makeGroup(first, "rg-doomed");
                watched = (await armOf(first)("DELETE", doomed)).headers.get("location") ?? "";
            });
            await withSandbox({ stateFile }, async second => {
                assert.equal((await armOf(second)("GET", groupId(second, "rg-kept"))).status, 200);
                const { pathname, search } = new URL(watched);
                await waitFor(second, `${second.url}${pathname}${search}`);
            });
        }));
});

const waitFor = async (sandbox: Sandbox, location: string): Promise<void> => {
    const headers = { authorization: `Bearer ${await sandbox.token()}` };
    for (;;) {
        const { status } = await fetch(location, { headers });
        if (status !== 202) return assert.equal(status, 200);
        await new Promise(done => setTimeout(done, 5));
    }
};
