import assert from "node:assert/strict";
import { ClientSecretCredential } from "@azure/identity";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { DEPLOYER_APP_ID, DEPLOYER_OBJECT_ID } from "../sandbox/deployer.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { graphOf, signIn, withSandbox } from "./sandbox-support.ts";

const GRAPH = "https://graph.microsoft.com";

const secretCredential = (sandbox: Sandbox, secret = sandbox.env["ARM_CLIENT_SECRET"]): ClientSecretCredential =>
    new ClientSecretCredential(sandbox.cloud.tenantId, DEPLOYER_APP_ID, String(secret), {
        authorityHost: sandbox.url,
        disableInstanceDiscovery: true,
    });

describe("sandbox sign-in with a client secret", () => {
    it("gives @azure/identity a token with the permissions on the audience's API", () =>
        withSandbox({ deployerPermissions: ["User.Read.All", "Mail.Send"] }, async sandbox => {
            const { token } = await secretCredential(sandbox).getToken(`${GRAPH}/.default`);
            const claims = decodeJwt(token);
            assert.deepEqual(claims["roles"], ["Mail.Send", "User.Read.All"]);
            assert.equal(claims.aud, GRAPH);
            assert.equal(claims["oid"], DEPLOYER_OBJECT_ID);
            assert.equal(claims["appid"], DEPLOYER_APP_ID);
            assert.equal(claims["tid"], sandbox.cloud.tenantId);
            assert.equal(claims["idtyp"], "app");
            const arm = await secretCredential(sandbox).getToken("https://management.azure.com/.default");
            assert.equal(decodeJwt(arm.token)["roles"], undefined);
        }));

    it("signs tokens with the keys that OpenID metadata name", () =>
        withSandbox({}, async sandbox => {
            const metadata = await fetch(
                `${sandbox.url}/${sandbox.cloud.tenantId}/v2.0/.well-known/openid-configuration`,
            );
            const { jwks_uri, issuer } = (await metadata.json()) as Record<string, string>;
            const verified = await jwtVerify(await sandbox.token(), createRemoteJWKSet(new URL(String(jwks_uri))), {
                issuer: String(issuer),
                audience: "https://management.azure.com/",
            });
            assert.equal(verified.payload["oid"], DEPLOYER_OBJECT_ID);
        }));

    it("serves the older endpoint with `resource`, and HTTP Basic credentials", () =>
        withSandbox({}, async sandbox => {
            const secret = String(sandbox.env["ARM_CLIENT_SECRET"]);
            const answer = await fetch(`${sandbox.url}/${sandbox.cloud.tenantId}/oauth2/token`, {
                method: "POST",
                headers: { authorization: `Basic ${Buffer.from(`${DEPLOYER_APP_ID}:${secret}`).toString("base64")}` },
                body: new URLSearchParams({ grant_type: "client_credentials", resource: `${GRAPH}/` }),
            });
            const body = (await answer.json()) as Record<string, string>;
            assert.equal(body["expires_in"], "3599");
            assert.equal(decodeJwt(String(body["access_token"])).aud, `${GRAPH}/`);
        }));

    it("answers wrong requests with Entra's codes", () =>
        withSandbox({}, async sandbox => {
            const good = {
                grant_type: "client_credentials",
                client_id: DEPLOYER_APP_ID,
                client_secret: String(sandbox.env["ARM_CLIENT_SECRET"]),
                scope: `${GRAPH}/.default`,
            };
            const cases: readonly [Record<string, string>, number, string, number][] = [
                [{ client_secret: "wrong" }, 401, "invalid_client", 7000215],
                [{ client_secret: "" }, 401, "invalid_client", 7000218],
                [{ client_id: "" }, 400, "invalid_request", 900144],
                [{ client_id: "c0470c01-0000-4000-8000-00000000ffff" }, 400, "unauthorized_client", 700016],
                [{ scope: "https://nowhere.example/.default" }, 400, "invalid_resource", 500011],
                [{ scope: `${GRAPH}/User.Read.All` }, 400, "invalid_scope", 1002012],
                [{ grant_type: "password" }, 400, "unsupported_grant_type", 70003],
            ];
            for (const [change, status, error, number] of cases) {
                const answer = await signIn(sandbox, { ...good, ...change });
                const body = (await answer.json()) as { error: string; error_codes: number[] };
                assert.deepEqual([answer.status, body.error, body.error_codes], [status, error, [number]]);
            }
            const elsewhere = await fetch(`${sandbox.url}/fabrikam.onmicrosoft.com/oauth2/v2.0/token`, {
                method: "POST",
                body: new URLSearchParams(good),
            });
            assert.deepEqual(((await elsewhere.json()) as { error_codes: number[] }).error_codes, [90002]);
        }));

    it("accepts a secret added through Graph until it expires", async () => {
        let now = Date.now();
        await withSandbox({ now: () => now, deployerPermissions: ["Application.ReadWrite.All"] }, async sandbox => {
            const graph = graphOf(sandbox);
            const app = (await graph("POST", "/v1.0/applications", { displayName: "orders" })).body;
            await graph("POST", "/v1.0/servicePrincipals", { appId: app.appId });
            const endDateTime = new Date(now + 60_000).toISOString();
            const added = await graph("POST", `/v1.0/applications/${app.id}/addPassword`, {
                passwordCredential: { endDateTime },
            });
            const fields = {
                grant_type: "client_credentials",
                client_id: app.appId,
                client_secret: added.body.secretText,
                scope: `${GRAPH}/.default`,
            };
            assert.equal((await signIn(sandbox, fields)).status, 200);
            now += 61_000;
            const refused = (await (await signIn(sandbox, fields)).json()) as { error_codes: number[] };
            assert.deepEqual(refused.error_codes, [7000222]);
        });
    });
});

describe("sandbox access tokens", () => {
    it("are refused with 401 when missing, expired, forged, or for another API", async () => {
        let now = Date.now();
        await withSandbox({ now: () => now }, async sandbox => {
            const codeOf = async (token: string | undefined, path: string): Promise<[number, string]> => {
                const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
                const answer = await fetch(sandbox.url + path, { headers });
                return [answer.status, ((await answer.json()) as { error: { code: string } }).error.code];
            };
            const [graph, arm] = [await sandbox.token(GRAPH), await sandbox.token()];
            const [users, groups] = ["/v1.0/users", `/subscriptions/${sandbox.cloud.subscriptionId}/resourceGroups`];
            assert.deepEqual(await codeOf(undefined, users), [401, "InvalidAuthenticationToken"]);
            assert.deepEqual(await codeOf(arm, users), [401, "InvalidAuthenticationToken"]);
            const foreign = await sandbox.federatedToken("https://example.com", "anyone", GRAPH);
            assert.deepEqual(await codeOf(foreign, users), [401, "InvalidAuthenticationToken"]);
            assert.deepEqual(await codeOf("abc", users), [401, "InvalidAuthenticationToken"]);
            assert.deepEqual(await codeOf(`${graph.slice(0, -8)}AAAAAAAA`, users), [401, "InvalidAuthenticationToken"]);
            assert.deepEqual(await codeOf(undefined, groups), [401, "AuthenticationFailed"]);
            assert.deepEqual(await codeOf(graph, groups), [401, "InvalidAuthenticationTokenAudience"]);
            now += 3_600_000;
            assert.deepEqual(await codeOf(graph, users), [401, "InvalidAuthenticationToken"]);
            assert.deepEqual(await codeOf(arm, groups), [401, "ExpiredAuthenticationToken"]);
        });
    });
});
