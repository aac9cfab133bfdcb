import assert from "node:assert/strict";
import { ClientAssertionCredential } from "@azure/identity";
import { graphOf, withSandbox } from "./sandbox-support.ts";

const API_AUTHOR = ["Application.Read.All", "Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All"];

describe("sandbox Graph applications", () => {
    it("make a custom API whose app roles can be granted and reach tokens for its address", () =>
        withSandbox({ deployerPermissions: API_AUTHOR }, async sandbox => {
            const graph = graphOf(sandbox);
            const role = {
                id: "c0470c01-0000-4000-8000-00000000a001",
                value: "Orders.Read.All",
                displayName: "Read orders",
                description: "Read all orders",
                allowedMemberTypes: ["Application"],
                isEnabled: true,
            };
            const identifierUris = ["api://contoso-orders"];
            const app = await graph("POST", "/v1.0/applications", {
                displayName: "orders",
                identifierUris,
                appRoles: [role],
            });
            assert.equal(app.status, 201);
            const api = (await graph("POST", "/v1.0/servicePrincipals", { appId: app.body.appId })).body;
            assert.equal(api.appRoles[0].value, "Orders.Read.All");
            const own = (await graph("GET", "/v1.0/servicePrincipals?$filter=displayName eq 'leastwise-deployer'")).body
                .value[0];
            const grant = { principalId: own.id, resourceId: api.id, appRoleId: role.id };
            assert.equal(
                (await graph("POST", `/v1.0/servicePrincipals/${api.id}/appRoleAssignedTo`, grant)).status,
                201,
            );
            const token = await sandbox.token("api://contoso-orders");
            const claims = JSON.parse(Buffer.from(String(token.split(".")[1]), "base64url").toString()) as {
                roles: string[];
            };
            assert.deepEqual(claims.roles, ["Orders.Read.All"]);
            const kept = await graph("PATCH", `/v1.0/applications/${app.body.id}`, { appRoles: [] });
            assert.match(kept.body.error.message, /cannot be deleted or updated unless disabled first/);
            assert.equal((await graph("DELETE", `/v1.0/applications/${app.body.id}`)).status, 204);
            assert.equal((await graph("GET", `/v1.0/servicePrincipals/${api.id}`)).status, 404);
        }));
});

describe("sandbox Graph federated credentials", () => {
    it("let a workflow sign in as an app registration until they are deleted", () =>
        withSandbox({ deployerPermissions: ["Application.ReadWrite.All"] }, async sandbox => {
            const graph = graphOf(sandbox);
            const app = (await graph("POST", "/v1.0/applications", { displayName: "deploys" })).body;
            await graph("POST", "/v1.0/servicePrincipals", { appId: app.appId });
            const path = `/v1.0/applications/${app.id}/federatedIdentityCredentials`;
            const [issuer, subject] = [
                "https://token.actions.githubusercontent.com",
                "repo:contoso/infra:environment:prod",
            ];
            const credential = { name: "github", issuer, subject, audiences: ["api://AzureADTokenExchange"] };
            const signIn = async (): Promise<number> => {
                const signedIn = new ClientAssertionCredential(
                    sandbox.cloud.tenantId,
                    app.appId,
                    () => sandbox.federatedToken(issuer, subject),
                    { authorityHost: sandbox.url, disableInstanceDiscovery: true },
                );
                return signedIn.getToken("https://graph.microsoft.com/.default").then(
                    () => 200,
                    (error: { statusCode?: number }) => error.statusCode ?? 401,
                );
            };
            assert.notEqual(await signIn(), 200);
            const created = await graph("POST", path, credential);
            assert.equal(created.status, 201);
            assert.equal(await signIn(), 200);
            assert.equal((await graph("POST", path, credential)).status, 400);
            assert.equal((await graph("POST", path, { ...credential, name: "other" })).status, 400);
            assert.equal(
                (await graph("POST", path, { ...credential, name: "other", subject: "x", audiences: [] })).status,
                400,
            );
            assert.equal((await graph("GET", path)).body.value.length, 1);
            assert.equal((await graph("GET", `${path}/${created.body.id}`)).body.subject, subject);
            assert.equal((await graph("DELETE", `${path}/${created.body.id}`)).status, 204);
            assert.equal((await graph("GET", `${path}/${created.body.id}`)).status, 404);
            assert.notEqual(await signIn(), 200);
        }));
});
