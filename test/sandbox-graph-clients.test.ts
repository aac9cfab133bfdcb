import assert from "node:assert/strict";
import { ClientSecretCredential } from "@azure/identity";
import { Client } from "@microsoft/microsoft-graph-client";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { addIdentity, graphOf, withSandbox } from "./sandbox-support.ts";

describe("sandbox with official clients", () => {
    it("serves the Microsoft Graph JavaScript client, paging included", () =>
        withSandbox({}, async sandbox => {
            const { ARM_TENANT_ID, ARM_CLIENT_ID, ARM_CLIENT_SECRET } = sandbox.env as Record<string, string>;
            const credential = new ClientSecretCredential(
                String(ARM_TENANT_ID),
                String(ARM_CLIENT_ID),
                String(ARM_CLIENT_SECRET),
                {
                    authorityHost: sandbox.url,
                    disableInstanceDiscovery: true,
                },
            );
            const client = Client.initWithMiddleware({
                baseUrl: sandbox.url,
                customHosts: new Set(["localhost"]),
                authProvider: {
                    getAccessToken: async () =>
                        (await credential.getToken("https://graph.microsoft.com/.default")).token,
                },
            });
            const first = (await client.api("/users").top(20).select("displayName").get()) as Record<string, unknown>;
            const rest = (await client.api(String(first["@odata.nextLink"])).get()) as { value: unknown[] };
            assert.equal((first["value"] as unknown[]).length + rest.value.length, 25);
            await assert.rejects(client.api("/devices").get(), {
                statusCode: 403,
                code: "Authorization_RequestDenied",
            });
        }));

    it("serves the azuread provider's own sequence of requests", () =>
        withSandbox({}, async sandbox => {
            const { ARM_CLIENT_ID, ARM_CLIENT_SECRET } = sandbox.env as Record<string, string>;
            const endpoints = (await (
                await fetch(`${sandbox.url}/metadata/endpoints?api-version=2022-09-01`)
            ).json()) as {
                name: string;
                resourceManager: string;
                microsoftGraphResourceId: string;
                authentication: { loginEndpoint: string; audiences: string[]; tenant: string };
            };
            assert.ok(endpoints.name && endpoints.resourceManager && endpoints.authentication.audiences.length > 0);
            const signedIn = await fetch(
                `${endpoints.authentication.loginEndpoint}${sandbox.cloud.tenantId}/oauth2/v2.0/token`,
                {
                    method: "POST",
                    body: new URLSearchParams({
                        grant_type: "client_credentials",
                        client_id: String(ARM_CLIENT_ID),
                        client_secret: String(ARM_CLIENT_SECRET),
                        scope: `${endpoints.microsoftGraphResourceId}.default`,
                    }),
                },
            );
            const { access_token } = (await signedIn.json()) as { access_token: string };
            const graph = graphOf(sandbox, Promise.resolve(access_token));
            const identity = addIdentity(sandbox, "id-reports");
            const [api] = (await graph("GET", `/v1.0/servicePrincipals?$filter=appId eq '${MICROSOFT_GRAPH}'`)).body
                .value;
            const beta = await graph("GET", `/beta/servicePrincipals/${api.id}?$select=samlMetadataUrl`);
            assert.deepEqual([beta.status, beta.body.samlMetadataUrl], [200, null]);
            assert.equal((await graph("GET", `/v1.0/servicePrincipals/${api.id}`)).body.appId, MICROSOFT_GRAPH);
            const path = `/v1.0/servicePrincipals/${api.id}/appRoleAssignedTo`;
            const appRoleId = findAppRole(MICROSOFT_GRAPH, "User.Read.All").id;
            const created = await graph("POST", path, { appRoleId, principalId: identity.id, resourceId: api.id });
            assert.equal(created.status, 201);
            const grant = `${path}/${created.body.id}`;
            assert.equal((await graph("GET", grant)).body.principalId, identity.id);
            assert.equal((await graph("DELETE", grant)).status, 204);
            assert.equal((await graph("GET", grant)).status, 404);
        }));
});
