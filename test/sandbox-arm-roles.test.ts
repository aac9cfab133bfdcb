import assert from "node:assert/strict";
import { AuthorizationManagementClient } from "@azure/arm-authorization";
import type { Sandbox } from "../sandbox/server.ts";
import { startSandbox } from "../sandbox/server.ts";
import { armOf, clientOf, collect, groupId, makeGroup, refused } from "./sandbox-arm-support.ts";
import type { Arm } from "./sandbox-arm-support.ts";
import { trust, withSandbox } from "./sandbox-support.ts";

const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const NOBODY = "00000000-0000-4000-8000-00000000dead";
const IDENTITY = "providers/Microsoft.ManagedIdentity/userAssignedIdentities";
const ASSIGNMENTS = "providers/Microsoft.Authorization/roleAssignments";
const DEFINITIONS = "providers/Microsoft.Authorization/roleDefinitions";

let counter = 0;
const guid = (): string => `5e5e5e5e-0000-4000-8000-${String(++counter).padStart(12, "0")}`;

const roleId = (sandbox: Sandbox, role: string): string =>
    `/subscriptions/${sandbox.cloud.subscriptionId}/${DEFINITIONS}/${role}`;

const makeIdentity = async (
    sandbox: Sandbox,
    name: string,
): Promise<{ id: string; principalId: string; clientId: string }> => {
    const id = `${await makeGroup(sandbox)}/${IDENTITY}/${name}`;
    const { body } = await armOf(sandbox)("PUT", id, { location: "westeurope" });
    return { id, ...body.properties };
};

describe("sandbox role assignments", () => {
    let sandbox: Sandbox;
    let arm: Arm;
    let rg: string;
    let principalId: string;

    const assign = (scope: string, name: string, properties: Record<string, unknown>) =>
        arm("PUT", `${scope}/${ASSIGNMENTS}/${name}`, { properties }, { version: "2022-04-01" });
    const reader = (principal: string = principalId) => ({
        principalId: principal,
        roleDefinitionId: roleId(sandbox, READER),
        principalType: "ServicePrincipal",
    });

    before(async () => {
        sandbox = await startSandbox();
        trust(sandbox);
        arm = armOf(sandbox);
        rg = await makeGroup(sandbox);
        ({ principalId } = await makeIdentity(sandbox, "id-roles"));
    });
    after(() => sandbox.close());

    it("are made once, and made again with the same content are the same", async () => {
        const name = guid();
        const first = await assign(rg, name, reader());
        const second = await assign(rg, name, { ...reader(), description: "why" });
        assert.deepEqual([first.status, second.status], [201, 200]);
        assert.equal(second.body.properties.description, "why");
        assert.equal(second.body.properties.scope, rg);
        assert.equal((await arm("DELETE", first.body.id)).status, 200);
        assert.equal((await arm("DELETE", first.body.id)).status, 204);
        await refused(arm("GET", first.body.id), 404, "RoleAssignmentNotFound");
    });

    it("of an unknown principal are PrincipalNotFound unless the principal's type is given", async () => {
        const untyped = { principalId: NOBODY, roleDefinitionId: roleId(sandbox, READER) };
        await refused(assign(rg, guid(), untyped), 400, "PrincipalNotFound", /does not exist in the directory/);
        assert.equal((await assign(rg, guid(), reader(NOBODY))).status, 201);
    });

    it("of a principal that is not replicated yet are PrincipalNotFound unless its type is given", () =>
        withSandbox({ faults: { replication: { ms: 600_000, of: ["principals"] } } }, async slow => {
            const fresh = await makeIdentity(slow, "id-fresh");
            const scope = groupId(slow);
            const properties = { principalId: fresh.principalId, roleDefinitionId: roleId(slow, READER) };
            const put = (body: Record<string, unknown>) =>
                armOf(slow)("PUT", `${scope}/${ASSIGNMENTS}/${guid()}`, { properties: body });
            await refused(put(properties), 400, "PrincipalNotFound");
            assert.equal((await put({ ...properties, principalType: "ServicePrincipal" })).status, 201);
        }));

    it("with another type than the principal has are UnmatchedPrincipalType", async () => {
        await refused(
            assign(rg, guid(), { ...reader(), principalType: "User" }),
            400,
            "UnmatchedPrincipalType",
            /different from specified/,
        );
        await refused(assign(rg, guid(), { ...reader(), principalType: "Robot" }), 400, "InvalidPrincipalType");
    });

    it("of the same principal, role and scope under another name are RoleAssignmentExists", async () => {
        const { principalId: other } = await makeIdentity(sandbox, "id-twice");
        const name = guid();
        await assign(rg, name, reader(other));
        const again = { ...reader(other), roleDefinitionId: `/${DEFINITIONS}/${READER.toUpperCase()}` };
        await refused(
            assign(rg.toUpperCase(), guid(), again),
            409,
            "RoleAssignmentExists",
            new RegExp(name.replaceAll("-", "")),
        );
    });

    it("keep principal, role and scope under one name", async () => {
        const { principalId: other } = await makeIdentity(sandbox, "id-kept");
        const name = guid();
        await assign(rg, name, reader(other));
        const code = "RoleAssignmentUpdateNotPermitted";
        await refused(assign(rg, name, reader(principalId)), 400, code);
        await refused(
            assign(rg, name, { ...reader(other), roleDefinitionId: roleId(sandbox, CONTRIBUTOR) }),
            400,
            code,
        );
        await refused(assign(await makeGroup(sandbox, "rg-elsewhere"), name, reader(other)), 400, code);
    });

    it("need a GUID as their name, a principal and a role that exists", async () => {
        await refused(assign(rg, "reader-of-rg", reader()), 400, "InvalidRoleAssignmentId", /must be a GUID/);
        await refused(assign(rg, guid(), { principalId }), 400, "InvalidCreateRoleAssignmentRequest");
        await refused(assign(rg, guid(), reader("me")), 400, "InvalidPrincipalId");
        await refused(
            assign(rg, guid(), { ...reader(), roleDefinitionId: roleId(sandbox, NOBODY) }),
            404,
            "RoleDefinitionDoesNotExist",
        );
    });

    it("are made at the subscription, a group, a resource and a nested resource that exist", async () => {
        const { principalId: other, id } = await makeIdentity(sandbox, "id-scopes");
        const account = `${rg}/providers/Microsoft.Automation/automationAccounts/aa-scopes`;
        await arm("PUT", account, { location: "westeurope" });
        await arm("PUT", `${account}/variables/v`, { properties: { value: "1" } });
        for (const scope of [`/subscriptions/${sandbox.cloud.subscriptionId}`, rg, id, `${account}/variables/v`]) {
            const { status, body } = await assign(scope, guid(), reader(other));
            assert.deepEqual([status, body.properties.scope], [201, scope]);
        }
        await refused(assign(`${rg}/${IDENTITY}/none`, guid(), reader(other)), 404, "ResourceNotFound");
        await refused(assign(groupId(sandbox, "none"), guid(), reader(other)), 404, "ResourceGroupNotFound");
    });

    it("are listed at a scope with those above and below, with atScope() without those below", async () => {
        const group = await makeGroup(sandbox, "rg-listed");
        const account = `${group}/providers/Microsoft.Automation/automationAccounts/aa-listed`;
        await arm("PUT", account, { location: "westeurope" });
        const { principalId: other } = await makeIdentity(sandbox, "id-listed");
        const names = { above: guid(), at: guid(), below: guid() };
        await assign(`/subscriptions/${sandbox.cloud.subscriptionId}`, names.above, reader(other));
        await assign(group, names.at, reader(other));
        await assign(account, names.below, reader(other));
        const list = async (filter: string): Promise<string[]> => {
            const query = filter === "" ? "" : `&$filter=${encodeURIComponent(filter)}`;
            const { body } = await arm("GET", `${group}/${ASSIGNMENTS}`, undefined, { query });
            const mine = body.value.filter(
                (one: { properties: { principalId: string } }) => one.properties.principalId === other,
            );
            return mine.map((one: { name: string }) => one.name).toSorted();
        };
        const all = Object.values(names).toSorted();
        assert.deepEqual(await list(""), all);
        assert.deepEqual(await list(`principalId eq '${other}'`), all);
        assert.deepEqual(await list("atScope()"), [names.above, names.at].toSorted());
        assert.deepEqual(await list(`atScope() and assignedTo('${other}')`), [names.above, names.at].toSorted());
        assert.deepEqual(await list(`principalId eq '${NOBODY}'`), []);
        const query = `&$filter=${encodeURIComponent("scope ne 'x'")}`;
        await refused(arm("GET", `${group}/${ASSIGNMENTS}`, undefined, { query }), 400, "InvalidFilter");
    });

    it("given to a group are found for its members with assignedTo()", async () => {
        const group = [...sandbox.cloud.groups.values()].find(({ members }) => members.length > 0);
        assert.ok(group);
        const name = guid();
        await assign(rg, name, { ...reader(group.id), principalType: "Group" });
        const query = `&$filter=${encodeURIComponent(`assignedTo('${group.members[0]}')`)}`;
        const { body } = await arm("GET", `${rg}/${ASSIGNMENTS}`, undefined, { query });
        assert.deepEqual(
            body.value.map((one: { name: string }) => one.name),
            [name],
        );
    });

    it("are listed for the caller with asTarget(), and filtered by nothing Azure cannot filter by", async () => {
        const list = (filter: string) =>
            arm("GET", `${rg}/${ASSIGNMENTS}`, undefined, { query: `&$filter=${encodeURIComponent(filter)}` });
        const { body } = await list("asTarget()");
        const principals = body.value.map((one: { properties: { scope?: string }; id: string }) => one.id);
        assert.equal(principals.length, 1);
        await refused(list("roleName eq 'Reader'"), 400, "UnsupportedQuery");
    });

    it("are 4000 in a subscription at most", () =>
        withSandbox({}, async full => {
            const scope = await makeGroup(full);
            const { principalId: other } = await makeIdentity(full, "id-full");
            const roleDefinitionId = roleId(full, READER);
            for (let n = full.cloud.roleAssignments.size; n < 4000; n++) {
                const name = guid();
                const id = `${scope}/${ASSIGNMENTS}/${name}`;
                const grant = { principalId: guid(), principalType: "ServicePrincipal", roleDefinitionId, scope };
                full.cloud.roleAssignments.set(id, { ...grant, id, name, properties: grant });
            }
            const properties = { principalId: other, principalType: "ServicePrincipal", roleDefinitionId };
            const put = armOf(full)("PUT", `${scope}/${ASSIGNMENTS}/${guid()}`, { properties });
            await refused(put, 400, "RoleAssignmentLimitExceeded");
        }));

    it("stay behind, as orphans, when their principal is deleted", async () => {
        const { principalId: other, id } = await makeIdentity(sandbox, "id-orphan");
        const { body } = await assign(rg, guid(), reader(other));
        await arm("DELETE", id);
        assert.equal((await arm("GET", body.id)).body.properties.principalId, other);
        const { principalId: reborn } = await makeIdentity(sandbox, "id-orphan");
        assert.notEqual(reborn, other);
    });
});

describe("sandbox role definitions", () => {
    let sandbox: Sandbox;
    let arm: Arm;
    let rg: string;

    const define = (name: string, properties: Record<string, unknown>) =>
        arm("PUT", `${rg}/${DEFINITIONS}/${name}`, { properties });
    const stopper = (roleName: string) => ({
        roleName,
        description: "Stops virtual machines",
        assignableScopes: [rg],
        permissions: [{ actions: ["Microsoft.Compute/virtualMachines/deallocate/action"], notActions: [] }],
    });

    before(async () => {
        sandbox = await startSandbox();
        trust(sandbox);
        arm = armOf(sandbox);
        rg = await makeGroup(sandbox);
    });
    after(() => sandbox.close());

    it("of Azure are found by name and by id", async () => {
        const query = `&$filter=${encodeURIComponent("roleName eq 'reader'")}`;
        const { body } = await arm("GET", `${rg}/${DEFINITIONS}`, undefined, { query });
        assert.deepEqual(
            body.value.map((role: { name: string }) => role.name),
            [READER],
        );
        const one = await arm("GET", `/${DEFINITIONS}/${READER}`);
        assert.equal(one.body.properties.roleName, "Reader");
        assert.deepEqual(one.body.properties.permissions[0].actions, ["*/read"]);
        await refused(arm("GET", `/${DEFINITIONS}/${NOBODY}`), 404, "RoleDefinitionDoesNotExist");
        await refused(arm("DELETE", roleId(sandbox, READER)), 403, "RoleDefinitionCannotBeDeleted");
        await refused(define(READER, stopper("Mine now")), 403, "RoleDefinitionCannotBeUpdated");
        const unknown = `&$filter=${encodeURIComponent("tier eq '0'")}`;
        await refused(arm("GET", `${rg}/${DEFINITIONS}`, undefined, { query: unknown }), 400, "UnsupportedQuery");
    });

    it("of a tenant are made, changed, listed and deleted", async () => {
        const name = guid();
        const { status, body } = await define(name, stopper("VM Stopper"));
        assert.equal(status, 201);
        assert.equal(body.id, roleId(sandbox, name));
        assert.equal(body.properties.type, "CustomRole");
        await define(name, { ...stopper("VM Stopper"), description: "changed" });
        const query = `&$filter=${encodeURIComponent("type eq 'CustomRole'")}`;
        const listed = await arm("GET", `${rg}/${DEFINITIONS}`, undefined, { query });
        assert.deepEqual(
            listed.body.value.map((role: { properties: { description: string } }) => role.properties.description),
            ["changed"],
        );
        assert.equal((await arm("DELETE", body.id)).status, 200);
        assert.equal((await arm("DELETE", body.id)).status, 204);
    });

    it("name actions that a provider has, or patterns of such", async () => {
        const name = guid();
        const withActions = (permission: Record<string, unknown>) =>
            define(name, { ...stopper("Odd"), permissions: [permission] });
        const actions = ["Microsoft.Compute/virtualMachines/explode/action"];
        await refused(
            withActions({ actions }),
            400,
            "InvalidActionOrNotAction",
            /'Microsoft.Compute\/virtualMachines\/explode\/action' does not match any/,
        );
        await refused(
            withActions({ dataActions: ["Microsoft.Storage/nothing/read"] }),
            400,
            "InvalidDataActionOrNotDataAction",
        );
        await refused(withActions({ actions: ["Contoso.Nothing/*"] }), 400, "InvalidActionOrNotAction");
        assert.equal((await withActions({ actions: ["Microsoft.Compute/*/read"] })).status, 201);
    });

    it("have a name of their own in the whole tenant", async () => {
        await define(guid(), stopper("Unique"));
        await refused(define(guid(), stopper("unique")), 409, "RoleDefinitionWithSameNameExists");
        await refused(define(guid(), stopper("Reader")), 409, "RoleDefinitionWithSameNameExists");
    });

    it("need a GUID, a name, a permission and a scope that exists", async () => {
        await refused(define("stopper", stopper("S")), 400, "InvalidRoleDefinitionId");
        await refused(define(guid(), { ...stopper("S"), roleName: "" }), 400, "RoleDefinitionNameNullOrEmpty");
        await refused(define(guid(), { ...stopper("S"), permissions: [] }), 400, "InvalidRoleDefinitionPermissions");
        await refused(define(guid(), { ...stopper("S"), assignableScopes: [] }), 400, "MissingAssignableScopes");
        await refused(
            define(guid(), { ...stopper("S"), assignableScopes: [groupId(sandbox, "none")] }),
            400,
            "InvalidAssignableScope",
        );
    });

    it("are not deleted while assigned, and not assigned outside their scopes", async () => {
        const { principalId } = await makeIdentity(sandbox, "id-custom");
        const { body } = await define(guid(), stopper("Assigned"));
        const properties = { principalId, roleDefinitionId: body.id, principalType: "ServicePrincipal" };
        const elsewhere = await makeGroup(sandbox, "rg-elsewhere");
        await refused(
            arm("PUT", `${elsewhere}/${ASSIGNMENTS}/${guid()}`, { properties }),
            404,
            "RoleDefinitionDoesNotExist",
        );
        const assignment = await arm("PUT", `${rg}/${ASSIGNMENTS}/${guid()}`, { properties });
        assert.equal(assignment.status, 201);
        await refused(arm("DELETE", body.id), 400, "RoleDefinitionHasAssignments");
        await arm("DELETE", assignment.body.id);
        assert.equal((await arm("DELETE", body.id)).status, 200);
    });
});

describe("sandbox authorisation", () => {
    let sandbox: Sandbox;
    let arm: Arm;
    let rg: string;

    /** A user-assigned identity that signs in with a token of an outside issuer. */
    const signIn = async (name: string): Promise<{ principalId: string; clientId: string; as: Arm }> => {
        const { id, principalId, clientId } = await makeIdentity(sandbox, name);
        const [issuer, subject] = ["https://issuer.example", `subject-${name}`];
        const properties = { issuer, subject, audiences: ["api://AzureADTokenExchange"] };
        await arm("PUT", `${id}/federatedIdentityCredentials/outside`, { properties });
        const assertion = await sandbox.federatedToken(issuer, subject);
        const response = await fetch(`${sandbox.url}/${sandbox.cloud.tenantId}/oauth2/v2.0/token`, {
            method: "POST",
            body: new URLSearchParams({
                grant_type: "client_credentials",
                client_id: clientId,
                scope: "https://management.azure.com/.default",
                client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                client_assertion: assertion,
            }),
        });
        const { access_token } = (await response.json()) as { access_token: string };
        return { principalId, clientId, as: armOf(sandbox, Promise.resolve(access_token)) };
    };
    const grant = (principalId: string, scope: string, role: string) =>
        arm("PUT", `${scope}/${ASSIGNMENTS}/${guid()}`, {
            properties: { principalId, roleDefinitionId: roleId(sandbox, role), principalType: "ServicePrincipal" },
        });

    before(async () => {
        sandbox = await startSandbox();
        trust(sandbox);
        arm = armOf(sandbox);
        rg = await makeGroup(sandbox);
    });
    after(() => sandbox.close());

    it("refuses a caller without a role, and says which action on which scope", async () => {
        const { as, clientId, principalId } = await signIn("id-nobody");
        const id = `${rg}/${IDENTITY}/id-nobody`;
        const message = `The client '${clientId}' with object id '${principalId}' does not have authorization to perform action 'Microsoft.ManagedIdentity/userAssignedIdentities/read' over scope '${id}'`;
        await refused(as("GET", id), 403, "AuthorizationFailed", new RegExp(message.replaceAll(/[.()]/g, "\\$&")));
        assert.deepEqual((await as("GET", "/subscriptions")).body.value, []);
    });

    it("lets a role on a group do there what it allows, no more and nowhere else", async () => {
        const { as, principalId } = await signIn("id-reader");
        const elsewhere = await makeGroup(sandbox, "rg-elsewhere");
        await grant(principalId, rg, READER);
        const id = `${rg}/${IDENTITY}/id-reader`;
        assert.equal((await as("GET", id)).status, 200);
        await refused(as("DELETE", id), 403, "AuthorizationFailed");
        await refused(as("GET", elsewhere), 403, "AuthorizationFailed");
        const groups = await as("GET", `/subscriptions/${sandbox.cloud.subscriptionId}/resourceGroups`);
        assert.deepEqual(
            groups.body.value?.map((group: { name: string }) => group.name),
            ["rg"],
        );
        assert.equal((await as("GET", "/subscriptions")).body.value.length, 1);
    });

    it("keeps a contributor from giving roles", async () => {
        const { as, principalId } = await signIn("id-contributor");
        await grant(principalId, rg, CONTRIBUTOR);
        assert.equal((await as("PUT", `${rg}/${IDENTITY}/id-made`, { location: "westeurope" })).status, 201);
        const properties = {
            principalId,
            roleDefinitionId: roleId(sandbox, READER),
            principalType: "ServicePrincipal",
        };
        await refused(
            as("PUT", `${rg}/${ASSIGNMENTS}/${guid()}`, { properties }),
            403,
            "AuthorizationFailed",
            /Microsoft.Authorization\/roleAssignments\/write/,
        );
    });

    it("follows a custom role to the action", async () => {
        const { as, principalId } = await signIn("id-custom-role");
        const name = guid();
        await arm("PUT", `${rg}/${DEFINITIONS}/${name}`, {
            properties: {
                roleName: "Key lister",
                assignableScopes: [rg],
                permissions: [{ actions: ["Microsoft.Storage/storageAccounts/listKeys/action"] }],
            },
        });
        await grant(principalId, rg, name);
        const account = `${rg}/providers/Microsoft.Storage/storageAccounts/stcustom`;
        await arm("PUT", account, { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } });
        assert.equal((await as("POST", `${account}/listKeys`)).body.keys.length, 2);
        await refused(as("GET", account), 403, "AuthorizationFailed");
        await refused(as("POST", `${account}/regenerateKey`), 403, "AuthorizationFailed");
    });

    it("wants the assign action on a user-assigned identity that is put on a resource", async () => {
        const { as, principalId } = await signIn("id-linker");
        const group = await makeGroup(sandbox, "rg-linker");
        await grant(principalId, group, CONTRIBUTOR);
        const identity = { type: "UserAssigned", userAssignedIdentities: { [`${rg}/${IDENTITY}/id-linker`]: {} } };
        const account = `${group}/providers/Microsoft.Automation/automationAccounts/aa-linker`;
        await refused(
            as("PUT", account, { location: "westeurope", identity }),
            403,
            "LinkedAuthorizationFailed",
            /userAssignedIdentities\/assign\/action/,
        );
    });
});

describe("@azure/arm-authorization against the sandbox", () => {
    it("makes, reads, lists and deletes assignments and definitions", () =>
        withSandbox({}, async sandbox => {
            const { credential, options } = clientOf(sandbox);
            const client = new AuthorizationManagementClient(credential, sandbox.cloud.subscriptionId, options);
            const { principalId } = await makeIdentity(sandbox, "id-sdk");
            const scope = groupId(sandbox);
            const roleDefinitionId = roleId(sandbox, READER);
            const name = guid();
            const made = await client.roleAssignments.create(scope, name, {
                principalId,
                roleDefinitionId,
                principalType: "ServicePrincipal",
            });
            assert.equal(made.scope, scope);
            assert.equal((await client.roleAssignments.getById(made.id ?? "")).principalId, principalId);
            const found = await collect(
                client.roleAssignments.listForScope(scope, { filter: `principalId eq '${principalId}'` }),
            );
            assert.deepEqual(
                found.map(one => one.name),
                [name],
            );
            const twin = client.roleAssignments.create(scope, guid(), {
                principalId,
                roleDefinitionId,
                principalType: "ServicePrincipal",
            });
            await assert.rejects(twin, { code: "RoleAssignmentExists", statusCode: 409 });
            await client.roleAssignments.delete(scope, name);
            const custom = await client.roleDefinitions.createOrUpdate(scope, guid(), {
                roleName: "From the SDK",
                assignableScopes: [scope],
                permissions: [{ actions: ["Microsoft.Compute/virtualMachines/read"] }],
            });
            assert.equal(custom.roleType, "CustomRole");
            const listed = await collect(client.roleDefinitions.list(scope, { filter: "roleName eq 'From the SDK'" }));
            assert.deepEqual(
                listed.map(role => role.id),
                [custom.id],
            );
            await client.roleDefinitions.delete(scope, custom.name ?? "");
            await assert.rejects(client.roleDefinitions.getById(custom.id ?? ""), {
                code: "RoleDefinitionDoesNotExist",
            });
        }));
});
