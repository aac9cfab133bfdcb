import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { decodeJwt } from "jose";
import { createManagedIdentity } from "../sandbox/directory.ts";
import type { ServicePrincipal } from "../sandbox/records.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { addIdentity, graphOf, groupId, withSandbox } from "./sandbox-support.ts";

const GRAPH = "https://graph.microsoft.com";

/** An Automation account with a system-assigned identity and perhaps user-assigned ones. */
const addAccount = (sandbox: Sandbox, userAssigned: readonly ServicePrincipal[] = [], system = true): string => {
    const { cloud } = sandbox;
    const id = `${groupId(sandbox)}/providers/Microsoft.Automation/automationAccounts/aa-reports`;
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

describe("sandbox managed identity endpoint", () => {
    it("gives code in an Automation account the account's token, with the permissions granted to it", () =>
        withSandbox({}, async sandbox => {
            const account = addAccount(sandbox);
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
            const [one, two] = [addIdentity(sandbox, "id-one"), addIdentity(sandbox, "id-two")];
            const account = addAccount(sandbox, [one, two]);
            const other = addIdentity(sandbox, "id-other");
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
            const one = addIdentity(sandbox, "id-one");
            const account = addAccount(sandbox, [one], false);
            const environment = { AZURE_POD_IDENTITY_AUTHORITY_HOST: sandbox.metadataServiceHost(account) };
            const [token = ""] = await tokensInside(sandbox, environment, {});
            assert.equal(decodeJwt(token)["oid"], one.id);
            const paths = sandbox.log.requests.map(request => request.path);
            assert.deepEqual(paths, ["/instance/{signed}/metadata/identity/oauth2/token/"]);
        }));

    it("refuses a missing or foreign header, a missing resource, and a resource without identity", () =>
        withSandbox({}, async sandbox => {
            const account = addAccount(sandbox, [], false);
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
