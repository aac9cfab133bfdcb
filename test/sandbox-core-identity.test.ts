import assert from "node:assert/strict";
import { decodeJwt } from "jose";
import type { Sandbox } from "../sandbox/server.ts";
import { graphOf, withSandbox } from "./sandbox-support.ts";

const GRAPH = "https://graph.microsoft.com";
const LOCATION = "westeurope";

type Json = Record<string, unknown>;

/** Writes to Resource Manager as the deployer. */
const armOf =
    (sandbox: Sandbox) =>
    async (method: string, id: string, apiVersion: string, body?: Json): Promise<Json> => {
        const response = await fetch(`${sandbox.url}${id}?api-version=${apiVersion}`, {
            method,
            headers: { authorization: `Bearer ${await sandbox.token()}`, "content-type": "application/json" },
            ...(body && { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        assert.ok(response.ok, `${method} ${id}: ${response.status} ${text}`);
        return text === "" ? {} : (JSON.parse(text) as Json);
    };

const makeGroup = async (sandbox: Sandbox): Promise<string> => {
    const id = `/subscriptions/${sandbox.cloud.subscriptionId}/resourceGroups/rg-reports`;
    await armOf(sandbox)("PUT", id, "2024-03-01", { location: LOCATION });
    return id;
};

const makeUserAssigned = async (sandbox: Sandbox, group: string, name: string) => {
    const id = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    const { properties } = await armOf(sandbox)("PUT", id, "2023-01-31", { location: LOCATION });
    return { id, ...(properties as { principalId: string; clientId: string }) };
};

const account = (group: string): string => `${group}/providers/Microsoft.Automation/automationAccounts/aa-reports`;

const makeAccount = (sandbox: Sandbox, group: string, identity: Json): Promise<Json> =>
    armOf(sandbox)("PUT", account(group), "2023-11-01", {
        location: LOCATION,
        identity,
        properties: { sku: { name: "Basic" } },
    });

/** Asks the managed identity endpoint as code in a resource does. */
const tokenInside = async (sandbox: Sandbox, resourceId: string, query: string): Promise<Response> => {
    const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = sandbox.identityEnvironment(resourceId);
    const url = `${IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=${GRAPH}${query}`;
    return fetch(url, { headers: { "x-identity-header": IDENTITY_HEADER } });
};

const oidOf = async (response: Response): Promise<unknown> => {
    assert.equal(response.status, 200);
    return decodeJwt(((await response.json()) as { access_token: string }).access_token)["oid"];
};

describe("sandbox identities made through Resource Manager", () => {
    it("get tokens for exactly the identities their resource has now", () =>
        withSandbox({}, async sandbox => {
            const group = await makeGroup(sandbox);
            const user = await makeUserAssigned(sandbox, group, "id-reports");
            const both = { type: "SystemAssigned, UserAssigned", userAssignedIdentities: { [user.id]: {} } };
            const { identity } = await makeAccount(sandbox, group, both);
            const own = (identity as { principalId: string }).principalId;
            const id = account(group);
            assert.equal(await oidOf(await tokenInside(sandbox, id, "")), own);
            assert.equal(await oidOf(await tokenInside(sandbox, id, `&client_id=${user.clientId}`)), user.principalId);
            assert.equal(await oidOf(await tokenInside(sandbox, id.toUpperCase(), "")), own);
            await makeAccount(sandbox, group, { type: "SystemAssigned" });
            assert.equal((await tokenInside(sandbox, id, `&client_id=${user.clientId}`)).status, 400);
            assert.equal(await oidOf(await tokenInside(sandbox, id, "")), own);
        }));

    it("are new principals when made again, and the old ones' tokens name nobody", () =>
        withSandbox({}, async sandbox => {
            const group = await makeGroup(sandbox);
            const first = await makeUserAssigned(sandbox, group, "id-reports");
            await armOf(sandbox)("DELETE", first.id, "2023-01-31");
            const second = await makeUserAssigned(sandbox, group, "id-reports");
            assert.notEqual(second.principalId, first.principalId);
            assert.notEqual(second.clientId, first.clientId);
            const graph = graphOf(sandbox);
            assert.equal((await graph("GET", `/v1.0/servicePrincipals/${first.principalId}`)).status, 404);
            assert.equal((await graph("GET", `/v1.0/servicePrincipals/${second.principalId}`)).status, 200);
        }));

    it("have the same ids in every new cloud, in whatever order they are made", async () => {
        const idsOf = async (names: readonly string[]): Promise<Record<string, string>> => {
            const ids: Record<string, string> = {};
            await withSandbox({}, async sandbox => {
                const group = await makeGroup(sandbox);
                for (const name of names) ids[name] = (await makeUserAssigned(sandbox, group, name)).principalId;
            });
            return ids;
        };
        assert.deepEqual(await idsOf(["id-one", "id-two", "id-three"]), await idsOf(["id-three", "id-one", "id-two"]));
    });

    it("sign in with a federated token once the credential is written, and no longer when it is deleted", () =>
        withSandbox({}, async sandbox => {
            const group = await makeGroup(sandbox);
            const identity = await makeUserAssigned(sandbox, group, "id-reports");
            const [issuer, subject] = [
                "https://token.actions.githubusercontent.com",
                "repo:contoso/reports:environment:prod",
            ];
            const credential = `${identity.id}/federatedIdentityCredentials/github`;
            const signIn = async (): Promise<number> => {
                const answer = await fetch(`${sandbox.url}/${sandbox.cloud.tenantId}/oauth2/v2.0/token`, {
                    method: "POST",
                    body: new URLSearchParams({
                        grant_type: "client_credentials",
                        client_id: identity.clientId,
                        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        client_assertion: await sandbox.federatedToken(issuer, subject),
                        scope: `${GRAPH}/.default`,
                    }),
                });
                return answer.status;
            };
            assert.equal(await signIn(), 401);
            const properties = { issuer, subject, audiences: ["api://AzureADTokenExchange"] };
            await armOf(sandbox)("PUT", credential, "2023-01-31", { properties });
            assert.equal(await signIn(), 200);
            await armOf(sandbox)("DELETE", credential, "2023-01-31");
            assert.equal(await signIn(), 401);
        }));
});
