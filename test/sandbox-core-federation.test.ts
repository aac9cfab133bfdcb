import assert from "node:assert/strict";
import { ClientAssertionCredential } from "@azure/identity";
import { decodeJwt } from "jose";
import type { Cloud } from "../sandbox/cloud.ts";
import type { ServicePrincipal } from "../sandbox/records.ts";
import { addIdentity, signIn, withSandbox } from "./sandbox-support.ts";

const GRAPH = "https://graph.microsoft.com";

const GITHUB = "https://token.actions.githubusercontent.com";

const SUBJECT = "repo:contoso/reports:ref:refs/heads/main";

const addFederatedCredential = (cloud: Cloud, identity: ServicePrincipal): void => {
    const id = `${identity.alternativeNames[1]}/federatedIdentityCredentials/github`;
    cloud.resources.set(id.toLowerCase(), {
        id,
        name: "github",
        type: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
        properties: { issuer: GITHUB, subject: SUBJECT, audiences: ["api://AzureADTokenExchange"] },
    });
};

describe("sandbox federated sign-in", () => {
    it("gives a token to a workload that its identity's federated credential trusts", () =>
        withSandbox({}, async sandbox => {
            const identity = addIdentity(sandbox, "id-reports");
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
            const identity = addIdentity(sandbox, "id-reports");
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
