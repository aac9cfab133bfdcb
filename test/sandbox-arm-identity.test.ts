import assert from "node:assert/strict";
import { ManagedServiceIdentityClient } from "@azure/arm-msi";
import type { Sandbox } from "../sandbox/server.ts";
import { startSandbox } from "../sandbox/server.ts";
import { armOf, clientOf, collect, makeGroup, refused } from "./sandbox-arm-support.ts";
import type { Arm } from "./sandbox-arm-support.ts";
import { graphOf, trust, withSandbox } from "./sandbox-support.ts";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("sandbox managed identities", () => {
    let sandbox: Sandbox;
    let arm: Arm;
    let rg: string;

    const accountId = (name: string): string => `${rg}/providers/Microsoft.Automation/automationAccounts/${name}`;
    const account = (name: string, identity?: unknown, method = "PUT") =>
        arm(method, accountId(name), { location: "westeurope", identity });
    const userId = (name: string): string => `${rg}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    const user = async (name: string) => (await arm("PUT", userId(name), { location: "westeurope" })).body.properties;
    const principal = (id: string) => graphOf(sandbox)("GET", `/v1.0/servicePrincipals/${id}`);

    before(async () => {
        sandbox = await startSandbox();
        trust(sandbox);
        arm = armOf(sandbox);
        rg = await makeGroup(sandbox);
    });
    after(() => sandbox.close());

    it("of a resource are service principals named after it, with its id among their alternative names", async () => {
        const { body } = await account("aa-system", { type: "SystemAssigned" });
        assert.match(body.identity.principalId, GUID);
        assert.equal(body.identity.tenantId, sandbox.cloud.tenantId);
        const { body: found } = await principal(body.identity.principalId);
        assert.deepEqual([found.displayName, found.servicePrincipalType], ["aa-system", "ManagedIdentity"]);
        assert.deepEqual(found.alternativeNames, ["isExplicit=False", accountId("aa-system")]);
        const read = await arm(
            "GET",
            `${accountId("aa-system")}/providers/Microsoft.ManagedIdentity/identities/default`,
        );
        assert.deepEqual([read.body.properties.principalId, read.body.properties.clientId], [found.id, found.appId]);
    });

    it("of a resource stay while it is written, and a new one comes after turning off and on", async () => {
        const first = (await account("aa-onoff", { type: "SystemAssigned" })).body.identity.principalId;
        assert.equal((await account("aa-onoff", { type: "SystemAssigned" })).body.identity.principalId, first);
        assert.equal((await account("aa-onoff")).body.identity.principalId, first);
        assert.deepEqual((await account("aa-onoff", { type: "None" })).body.identity, { type: "None" });
        assert.equal((await principal(first)).status, 404);
        assert.notEqual((await account("aa-onoff", { type: "SystemAssigned" })).body.identity.principalId, first);
    });

    it("go with their resource, and their app role assignments with them", async () => {
        const { principalId } = (await account("aa-going", { type: "SystemAssigned" })).body.identity;
        const graph = graphOf(sandbox);
        const api = (
            await graph("GET", "/v1.0/servicePrincipals?$filter=appId eq '00000003-0000-0000-c000-000000000000'")
        ).body.value[0];
        const role = api.appRoles.find((one: { value: string }) => one.value === "User.Read.All");
        const grant = { principalId, resourceId: api.id, appRoleId: role.id };
        assert.equal((await graph("POST", `/v1.0/servicePrincipals/${api.id}/appRoleAssignedTo`, grant)).status, 201);
        assert.equal((await arm("DELETE", accountId("aa-going"))).status, 200);
        assert.equal((await principal(principalId)).status, 404);
        assert.deepEqual(sandbox.cloud.appRoleAssignments.by("principal", principalId), []);
    });

    it("of their own are filled into the resources that use them", async () => {
        const { principalId, clientId } = await user("id-used");
        const identity = { type: "UserAssigned", userAssignedIdentities: { [userId("id-used")]: {} } };
        const { body } = await account("aa-user", identity);
        assert.deepEqual(body.identity, {
            type: "UserAssigned",
            userAssignedIdentities: { [userId("id-used")]: { principalId, clientId } },
        });
        const both = await account("aa-user", { ...identity, type: "SystemAssigned,UserAssigned" });
        assert.equal(both.body.identity.type, "SystemAssigned, UserAssigned");
        assert.deepEqual(Object.keys(both.body.identity.userAssignedIdentities), [userId("id-used")]);
        assert.match(both.body.identity.principalId, GUID);
    });

    it("are added and removed one by one with PATCH", async () => {
        await user("id-one");
        await user("id-two");
        await account("aa-patch", { type: "UserAssigned", userAssignedIdentities: { [userId("id-one")]: {} } });
        const names = async (userAssignedIdentities: unknown): Promise<string[]> => {
            const { body } = await account("aa-patch", { type: "UserAssigned", userAssignedIdentities }, "PATCH");
            return Object.keys(body.identity.userAssignedIdentities).toSorted();
        };
        assert.deepEqual(await names({ [userId("id-two")]: {} }), [userId("id-one"), userId("id-two")]);
        assert.deepEqual(await names({ [userId("id-one").toUpperCase()]: null }), [userId("id-two")]);
    });

    it("keep their ids over writes and get new ones when made again", async () => {
        const first = await user("id-ids");
        assert.deepEqual(await user("id-ids"), first);
        await arm("DELETE", userId("id-ids"));
        const second = await user("id-ids");
        assert.notEqual(second.principalId, first.principalId);
        assert.notEqual(second.clientId, first.clientId);
    });

    it("that are wrong are refused before anything changes", async () => {
        await refused(account("aa-wrong", { type: "Robot" }), 400, "InvalidIdentityType", /'Robot' is not valid/);
        await refused(account("aa-wrong", { type: "UserAssigned" }), 400, "MissingIdentityIds");
        const odd = { type: "UserAssigned", userAssignedIdentities: { "id-odd": {} } };
        await refused(account("aa-wrong", odd), 400, "LinkedInvalidPropertyId");
        const missing = { type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [userId("id-missing")]: {} } };
        await refused(account("aa-wrong", missing), 400, "FailedIdentityOperation");
        assert.equal(sandbox.cloud.resources.has(accountId("aa-wrong").toLowerCase()), false);
        assert.equal(sandbox.cloud.servicePrincipals.by("displayName", "aa-wrong").length, 0);
        await refused(arm("PUT", userId("x"), { location: "westeurope" }), 400, "InvalidResourceName");
    });

    describe("federated credentials", () => {
        const credential = (owner: string, name: string): string =>
            `${userId(owner)}/federatedIdentityCredentials/${name}`;
        const body = (subject: string, more = {}) => ({
            properties: {
                issuer: "https://issuer.example",
                subject,
                audiences: ["api://AzureADTokenExchange"],
                ...more,
            },
        });

        it("of one identity are twenty at most", async () => {
            await user("id-twenty");
            for (let n = 0; n < 20; n++)
                assert.equal((await arm("PUT", credential("id-twenty", `credential-${n}`), body(`s${n}`))).status, 201);
            await refused(
                arm("PUT", credential("id-twenty", "credential-20"), body("s20")),
                409,
                "FederatedIdentityCredentialsLimitExceeded",
            );
            assert.equal((await arm("PUT", credential("id-twenty", "credential-3"), body("other"))).status, 200);
        });

        it("have issuer and subject for themselves, per identity", async () => {
            await user("id-first");
            await user("id-second");
            await arm("PUT", credential("id-first", "github"), body("repo"));
            await refused(
                arm("PUT", credential("id-first", "github-2"), body("repo")),
                409,
                "FederatedIdentityCredentialAlreadyExists",
            );
            assert.equal((await arm("PUT", credential("id-second", "github"), body("repo"))).status, 201);
        });

        it("need an https issuer, a subject and one audience", async () => {
            await user("id-valid");
            const put = (more: Record<string, unknown>) =>
                arm("PUT", credential("id-valid", "github"), body("repo", more));
            await refused(put({ issuer: "http://issuer.example" }), 400, "InvalidFederatedIdentityCredentialIssuer");
            await refused(put({ subject: "" }), 400, "InvalidFederatedIdentityCredentialSubject");
            await refused(put({ audiences: [] }), 400, "InvalidFederatedIdentityCredentialAudiences");
            await refused(arm("PUT", credential("id-none", "github"), body("repo")), 404, "ParentResourceNotFound");
        });

        it("of one identity are not written at the same time", async () => {
            await user("id-concurrent");
            const names = Array.from({ length: 10 }, (_, n) => `credential-${n}`);
            const answers = await Promise.all(
                names.map(name => arm("PUT", credential("id-concurrent", name), body(name))),
            );
            const refusals = answers.filter(({ status }) => status === 409).map(answer => answer.body.error.code);
            const made = answers.filter(({ status }) => status === 201);
            assert.ok(made.length > 0 && refusals.length > 0 && made.length + refusals.length === names.length);
            const code = "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity";
            assert.deepEqual(new Set(refusals), new Set([code]));
        });
    });
});

describe("@azure/arm-msi against the sandbox", () => {
    it("makes, reads, lists and deletes identities and federated credentials", () =>
        withSandbox({}, async sandbox => {
            await makeGroup(sandbox);
            const { credential, options } = clientOf(sandbox);
            const client = new ManagedServiceIdentityClient(credential, sandbox.cloud.subscriptionId, options);
            const made = await client.userAssignedIdentities.createOrUpdate("rg", "id-sdk", {
                location: "westeurope",
                tags: { owner: "me" },
            });
            assert.match(made.principalId ?? "", GUID);
            const read = await client.userAssignedIdentities.get("rg", "id-sdk");
            assert.deepEqual([read.clientId, read.tags], [made.clientId, { owner: "me" }]);
            const properties = {
                issuer: "https://token.actions.githubusercontent.com",
                subject: "repo:a/b:ref:refs/heads/main",
                audiences: ["api://AzureADTokenExchange"],
            };
            const added = await client.federatedIdentityCredentials.createOrUpdate(
                "rg",
                "id-sdk",
                "github",
                properties,
            );
            assert.equal(added.subject, properties.subject);
            const listed = await collect(client.federatedIdentityCredentials.list("rg", "id-sdk"));
            assert.deepEqual(
                listed.map(one => one.name),
                ["github"],
            );
            const all = await collect(client.userAssignedIdentities.listBySubscription());
            assert.deepEqual(
                all.map(one => one.id),
                [made.id],
            );
            await client.federatedIdentityCredentials.delete("rg", "id-sdk", "github");
            await client.userAssignedIdentities.delete("rg", "id-sdk");
            await assert.rejects(client.userAssignedIdentities.get("rg", "id-sdk"), {
                code: "ResourceNotFound",
                statusCode: 404,
            });
        }));
});
