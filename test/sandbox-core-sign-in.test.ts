import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { ClientAssertionCredential, ClientSecretCredential } from "@azure/identity";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { createManagedIdentity } from "../sandbox/directory.ts";
import type { Cloud } from "../sandbox/cloud.ts";
import type { ServicePrincipal } from "../sandbox/records.ts";
import { DEPLOYER_APP_ID, DEPLOYER_OBJECT_ID } from "../sandbox/deployer.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { graphOf, withSandbox } from "./sandbox-support.ts";

const GRAPH = "https://graph.microsoft.com";
const GITHUB = "https://token.actions.githubusercontent.com";
const SUBJECT = "repo:contoso/reports:ref:refs/heads/main";

const secretCredential = (sandbox: Sandbox, secret = sandbox.env["ARM_CLIENT_SECRET"]): ClientSecretCredential =>
    new ClientSecretCredential(sandbox.cloud.tenantId, DEPLOYER_APP_ID, String(secret), {
        authorityHost: sandbox.url,
        disableInstanceDiscovery: true,
    });

const groupId = (cloud: Cloud): string => `/subscriptions/${cloud.subscriptionId}/resourceGroups/rg-reports`;

/** A user-assigned identity, as Resource Manager writes one. */
const addIdentity = (cloud: Cloud, name: string): ServicePrincipal => {
    const id = `${groupId(cloud)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    cloud.resources.set(id.toLowerCase(), {
        id,
        name,
        type: "Microsoft.ManagedIdentity/userAssignedIdentities",
        properties: {},
    });
    return createManagedIdentity(cloud, id, true);
};

/** An Automation account with a system-assigned identity and perhaps user-assigned ones. */
const addAccount = (cloud: Cloud, userAssigned: readonly ServicePrincipal[] = [], system = true): string => {
    const id = `${groupId(cloud)}/providers/Microsoft.Automation/automationAccounts/aa-reports`;
    if (system) createManagedIdentity(cloud, id, false);
    const users = userAssigned.map(identity => [
        identity.alternativeNames[1],
        { principalId: identity.id, clientId: identity.appId },
    ]);
    cloud.resources.set(id.toLowerCase(), {
        id,
        name: "aa-reports",
        type: "Microsoft.Automation/automationAccounts",
        identity: {
            type: [system ? "SystemAssigned" : "", users.length > 0 ? "UserAssigned" : ""].filter(Boolean).join(", "),
            userAssignedIdentities: Object.fromEntries(users) as Record<
                string,
                { principalId: string; clientId: string }
            >,
        },
        properties: {},
    });
    return id;
};

const addFederatedCredential = (cloud: Cloud, identity: ServicePrincipal): void => {
    const id = `${identity.alternativeNames[1]}/federatedIdentityCredentials/github`;
    cloud.resources.set(id.toLowerCase(), {
        id,
        name: "github",
        type: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
        properties: { issuer: GITHUB, subject: SUBJECT, audiences: ["api://AzureADTokenExchange"] },
    });
};

const CLIENT = `
import { ManagedIdentityCredential } from "@azure/identity";
const answers = [];
for (const options of JSON.parse(process.argv[1])) {
    const credential = new ManagedIdentityCredential(options);
    answers.push(await credential.getToken("https://graph.microsoft.com/.default").then(t => t.token, e => e.name));
}
console.log(JSON.stringify(answers));
`;

/** Tokens, or names of errors, that @azure/identity gets in a process of its own, where code in a resource runs. */
const tokensInside = async (
    sandbox: Sandbox,
    environment: object,
    ...options: readonly object[]
): Promise<readonly string[]> => {
    const { PATH } = process.env;
    const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--input-type=module", "-e", CLIENT, JSON.stringify(options)],
        {
            cwd: join(import.meta.dirname, ".."),
            env: { PATH, NODE_EXTRA_CA_CERTS: sandbox.caFile, ...environment },
        },
    );
    return JSON.parse(stdout) as readonly string[];
};

const signIn = (sandbox: Sandbox, fields: Record<string, string>, path = "oauth2/v2.0/token"): Promise<Response> =>
    fetch(`${sandbox.url}/${sandbox.cloud.tenantId}/${path}`, { method: "POST", body: new URLSearchParams(fields) });

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

describe("sandbox federated sign-in", () => {
    it("gives a token to a workload that its identity's federated credential trusts", () =>
        withSandbox({}, async sandbox => {
            const identity = addIdentity(sandbox.cloud, "id-reports");
            addFederatedCredential(sandbox.cloud, identity);
            const assertion = (): Promise<string> => sandbox.federatedToken(GITHUB, SUBJECT);
            const credential = new ClientAssertionCredential(sandbox.cloud.tenantId, identity.appId, assertion, {
                authorityHost: sandbox.url,
                disableInstanceDiscovery: true,
            });
            const { token } = await credential.getToken(`${GRAPH}/.default`);
            assert.equal(decodeJwt(token)["oid"], identity.id);
        }));

    it("refuses another issuer, subject or audience, a late token and a forged one, each with its code", async () => {
        let now = Date.now();
        await withSandbox({ now: () => now }, async sandbox => {
            const identity = addIdentity(sandbox.cloud, "id-reports");
            addFederatedCredential(sandbox.cloud, identity);
            const codeOf = async (assertion: string): Promise<number | undefined> => {
                const answer = await signIn(sandbox, {
                    grant_type: "client_credentials",
                    client_id: identity.appId,
                    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    client_assertion: assertion,
                    scope: `${GRAPH}/.default`,
                });
                assert.equal(answer.status, 401);
                return ((await answer.json()) as { error_codes: number[] }).error_codes[0];
            };
            const late = await sandbox.federatedToken(GITHUB, SUBJECT);
            assert.equal(await codeOf(await sandbox.federatedToken("https://example.com", SUBJECT)), 700211);
            assert.equal(await codeOf(await sandbox.federatedToken(GITHUB, `${SUBJECT}2`)), 700213);
            assert.equal(await codeOf(await sandbox.federatedToken(GITHUB, SUBJECT, "api://other")), 700212);
            assert.equal(await codeOf(`${late.slice(0, -8)}AAAAAAAA`), 50013);
            now += 301_000;
            assert.equal(await codeOf(late), 700024);
        });
    });
});

describe("sandbox managed identity endpoint", () => {
    it("gives code in an Automation account the account's token, with the permissions granted to it", () =>
        withSandbox({}, async sandbox => {
            const account = addAccount(sandbox.cloud);
            const graph = graphOf(sandbox);
            const principal = (await graph("GET", "/v1.0/servicePrincipals?$filter=displayName eq 'aa-reports'")).body
                .value[0];
            const api = (await graph("GET", "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')"))
                .body;
            const role = api.appRoles.find((candidate: { value: string }) => candidate.value === "User.Read.All");
            const grant = { principalId: principal.id, resourceId: api.id, appRoleId: role.id };
            assert.equal(
                (await graph("POST", `/v1.0/servicePrincipals/${api.id}/appRoleAssignedTo`, grant)).status,
                201,
            );
            const [token = ""] = await tokensInside(sandbox, sandbox.identityEnvironment(account), {});
            const claims = decodeJwt(token);
            assert.deepEqual(claims["roles"], ["User.Read.All"]);
            assert.equal(claims["xms_mirid"], account);
            assert.equal(Number(claims.exp) - Number(claims.iat), 86_400);
            const asAccount = graphOf(sandbox, Promise.resolve(token));
            assert.equal((await asAccount("GET", "/v1.0/users")).status, 200);
            assert.equal((await asAccount("GET", "/v1.0/applications")).status, 403);
        }));

    it("lets code choose among its resource's identities by client id, object id or resource id", () =>
        withSandbox({}, async sandbox => {
            const [one, two] = [addIdentity(sandbox.cloud, "id-one"), addIdentity(sandbox.cloud, "id-two")];
            const account = addAccount(sandbox.cloud, [one, two]);
            const other = addIdentity(sandbox.cloud, "id-other");
            const own = sandbox.cloud.servicePrincipals.by("resource", account.toLowerCase())[0];
            const answers = await tokensInside(
                sandbox,
                sandbox.identityEnvironment(account),
                { clientId: one.appId },
                { objectId: two.id },
                { resourceId: two.alternativeNames[1] },
                {},
            );
            assert.deepEqual(
                answers.map(token => decodeJwt(token)["oid"]),
                [one.id, two.id, two.id, own?.id],
            );
            const refused = await tokensInside(sandbox, sandbox.identityEnvironment(account), {
                clientId: other.appId,
            });
            assert.match(String(refused[0]), /Error$/);
        }));

    it("gives code on a virtual machine its token through the instance metadata service", () =>
        withSandbox({}, async sandbox => {
            const one = addIdentity(sandbox.cloud, "id-one");
            const account = addAccount(sandbox.cloud, [one], false);
            const environment = { AZURE_POD_IDENTITY_AUTHORITY_HOST: sandbox.metadataServiceHost(account) };
            const [token = ""] = await tokensInside(sandbox, environment, {});
            assert.equal(decodeJwt(token)["oid"], one.id);
            const paths = sandbox.log.requests.map(request => request.path);
            assert.deepEqual(paths, ["/instance/{signed}/metadata/identity/oauth2/token/"]);
        }));

    it("refuses a missing or foreign header, a missing resource, and a resource without identity", () =>
        withSandbox({}, async sandbox => {
            const account = addAccount(sandbox.cloud, [], false);
            const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = sandbox.identityEnvironment(account);
            const statusOf = async (query: string, header: string): Promise<number> =>
                (await fetch(`${IDENTITY_ENDPOINT}?${query}`, { headers: { "x-identity-header": header } })).status;
            const resource = `resource=${GRAPH}&api-version=2019-08-01`;
            assert.equal(await statusOf(resource, ""), 401);
            assert.equal(await statusOf(resource, `${IDENTITY_HEADER.slice(0, -1)}!`), 401);
            assert.equal(await statusOf("api-version=2019-08-01", IDENTITY_HEADER), 400);
            assert.equal(await statusOf(resource, IDENTITY_HEADER), 400);
        }));
});
