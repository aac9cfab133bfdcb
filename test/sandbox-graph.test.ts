import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { ClientAssertionCredential, ClientSecretCredential } from "@azure/identity";
import { Client } from "@microsoft/microsoft-graph-client";
import { appRoles, apis, findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { createManagedIdentity } from "../sandbox/directory.ts";
import { DEPLOYER_APP_ID } from "../sandbox/deployer.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { graphOf, withSandbox } from "./sandbox-support.ts";

const GRAPH_BY_APP = `/v1.0/servicePrincipals(appId='${MICROSOFT_GRAPH}')`;
const DEFAULT_TOP = 100;
const API_AUTHOR = ["Application.Read.All", "Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All"];

const addIdentity = (sandbox: Sandbox, name: string) =>
    createManagedIdentity(
        sandbox.cloud,
        `/subscriptions/${sandbox.cloud.subscriptionId}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
        true,
    );

const graphId = async (sandbox: Sandbox): Promise<string> =>
    (await graphOf(sandbox)("GET", `${GRAPH_BY_APP}?$select=id`)).body.id;

const names = (value: readonly { displayName: string }[]): readonly string[] => value.map(entity => entity.displayName);

describe("sandbox Graph service principals", () => {
    it("has those of Microsoft's APIs, with the real app roles", () =>
        withSandbox({}, async sandbox => {
            const graph = graphOf(sandbox);
            for (const api of apis()) {
                const { value } = (await graph("GET", `/v1.0/servicePrincipals?$filter=appId eq '${api.appId}'`)).body;
                assert.equal(value.length, 1, api.name);
                assert.equal(value[0].displayName, api.name);
                const shown = value[0].appRoles.map((role: { id: string; value: string }) => [role.id, role.value]);
                assert.deepEqual(
                    shown,
                    appRoles(api.appId).map(role => [role.id, role.name]),
                );
            }
        }));

    it("shows a managed identity with its type and the id of its resource", () =>
        withSandbox({}, async sandbox => {
            const identity = addIdentity(sandbox, "id-reports");
            const { body } = await graphOf(sandbox)("GET", `/v1.0/servicePrincipals/${identity.id}`);
            assert.equal(body["@odata.context"], `${sandbox.url}/v1.0/$metadata#servicePrincipals/$entity`);
            assert.equal(body.servicePrincipalType, "ManagedIdentity");
            assert.deepEqual(body.alternativeNames, identity.alternativeNames);
            assert.deepEqual(body.servicePrincipalNames, [identity.appId]);
            assert.equal(body.appId, identity.appId);
        }));

    it("filters by every form in use, in any case of the value", () =>
        withSandbox({}, async sandbox => {
            const graph = graphOf(sandbox);
            for (const name of ["id-a", "id-b", "it's"]) addIdentity(sandbox, name);
            const search = async (filter: string, headers = {}): Promise<readonly string[]> => {
                const query = `$filter=${encodeURIComponent(filter)}&$select=displayName&$count=true`;
                const { body } = await graph("GET", `/v1.0/servicePrincipals?${query}`, undefined, headers);
                assert.equal(body["@odata.count"], body.value.length, JSON.stringify(body));
                return names(body.value);
            };
            assert.deepEqual(await search("displayName eq 'ID-A'"), ["id-a"]);
            assert.deepEqual(await search("displayName eq 'it''s'"), ["it's"]);
            assert.deepEqual(await search("startswith(displayName,'id-')"), ["id-a", "id-b"]);
            assert.deepEqual(
                await search("servicePrincipalType eq 'ManagedIdentity' and startsWith(displayName, 'id')"),
                ["id-a", "id-b"],
            );
            assert.deepEqual(await search("displayName eq 'id-a' or displayName eq 'id-b'"), ["id-a", "id-b"]);
            assert.deepEqual(
                await search("(displayName eq 'id-a' or displayName eq 'id-b') and displayName eq 'id-b'"),
                ["id-b"],
            );
            assert.deepEqual(await search("displayName in ('id-b', 'nobody')"), ["id-b"]);
            assert.deepEqual(
                await search("alternativeNames/any(n:startswith(n, 'isExplicit=True')) and displayName eq 'id-b'"),
                ["id-b"],
            );
            assert.deepEqual(await search(`servicePrincipalNames/any(n:n eq '${DEPLOYER_APP_ID}')`), [
                "leastwise-deployer",
            ]);
            const eventual = { consistencylevel: "eventual" };
            assert.deepEqual(
                await search("servicePrincipalType eq 'ManagedIdentity' and displayName ne 'id-a'", eventual),
                ["id-b", "it's"],
            );
            assert.deepEqual(
                await search(
                    "servicePrincipalType eq 'ManagedIdentity' and not(startswith(displayName,'id'))",
                    eventual,
                ),
                ["it's"],
            );
            assert.deepEqual(await search("endswith(displayName,'-deployer')", eventual), ["leastwise-deployer"]);
        }));

    it("answers a filter it cannot read, or an advanced one without its header, with 400", () =>
        withSandbox({}, async sandbox => {
            const graph = graphOf(sandbox);
            for (const query of [
                "$filter=displayName is 'x'",
                "$filter=displayName eq",
                "$filter=displayName eq 'x",
                "$filter=(displayName eq 'x'",
                "$filter=displayName eq 'x' extra",
                "$filter=displayName ne 'x'",
                "$filter=endswith(displayName,'x')",
                "$top=0",
                "$top=1000",
                "$skip=3",
            ]) {
                const answer = await graph("GET", `/v1.0/servicePrincipals?${query}`);
                assert.equal(answer.status, 400, query);
                assert.match(answer.body.error.code, /^Request_(UnsupportedQuery|BadRequest)$/);
            }
        }));

    it("pages by @odata.nextLink without losing or repeating any, although others come and go", () =>
        withSandbox({}, async sandbox => {
            const graph = graphOf(sandbox);
            const ids = Array.from({ length: 250 }, (_, i) => addIdentity(sandbox, `id-${i}`).id);
            const filter = "$filter=startswith(displayName,'id-')&$select=id";
            const seen: string[] = [];
            let next: string | undefined = `/v1.0/servicePrincipals?${filter}`;
            for (let page = 0; next !== undefined; page++) {
                const { body } = await graph("GET", next);
                assert.ok(body.value.length <= DEFAULT_TOP);
                seen.push(...body.value.map((entity: { id: string }) => entity.id));
                next = body["@odata.nextLink"]?.slice(sandbox.url.length);
                if (page === 0) sandbox.cloud.servicePrincipals.delete(String(ids[0]));
            }
            assert.deepEqual(seen, ids);
        }));
});

describe("sandbox Graph grants", () => {
    it("are one object seen from the principal and from the API, with one id", () =>
        withSandbox({}, async sandbox => {
            const graph = graphOf(sandbox);
            const identity = addIdentity(sandbox, "id-reports");
            const resourceId = await graphId(sandbox);
            const appRoleId = findAppRole(MICROSOFT_GRAPH, "User.Read.All").id;
            const body = { principalId: identity.id, resourceId, appRoleId };
            const created = await graph("POST", `/v1.0/servicePrincipals/${resourceId}/appRoleAssignedTo`, body);
            assert.equal(created.status, 201);
            assert.match(created.body.id, /^[A-Za-z0-9_-]{43}$/);
            assert.deepEqual(
                [created.body.principalDisplayName, created.body.principalType, created.body.resourceDisplayName],
                ["id-reports", "ServicePrincipal", "Microsoft Graph"],
            );
            const grant = Object.fromEntries(
                Object.entries(created.body).filter(([name]) => name !== "@odata.context"),
            );
            const held = (await graph("GET", `/v1.0/servicePrincipals/${identity.id}/appRoleAssignments`)).body.value;
            assert.deepEqual(held, [grant]);
            const given = (await graph("GET", `/v1.0/servicePrincipals/${resourceId}/appRoleAssignedTo?$top=999`)).body
                .value;
            assert.deepEqual(
                given.filter((one: { principalId: string }) => one.principalId === identity.id),
                [grant],
            );
            const byPrincipal = await graph(
                "GET",
                `/v1.0/servicePrincipals/${identity.id}/appRoleAssignments/${grant.id}`,
            );
            assert.equal(byPrincipal.body.appRoleId, appRoleId);
            const removed = await graph(
                "DELETE",
                `/v1.0/servicePrincipals/${identity.id}/appRoleAssignments/${grant.id}`,
            );
            assert.equal(removed.status, 204);
            const gone = await graph("DELETE", `/v1.0/servicePrincipals/${resourceId}/appRoleAssignedTo/${grant.id}`);
            assert.deepEqual([gone.status, gone.body.error.code], [404, "Request_ResourceNotFound"]);
            const again = await graph("POST", `/v1.0/servicePrincipals/${identity.id}/appRoleAssignments`, body);
            assert.equal(again.status, 201);
            assert.notEqual(again.body.id, grant.id);
        }));

    it("are refused as Graph refuses them", () =>
        withSandbox({}, async sandbox => {
            const graph = graphOf(sandbox);
            const identity = addIdentity(sandbox, "id-reports");
            const resourceId = await graphId(sandbox);
            const appRoleId = findAppRole(MICROSOFT_GRAPH, "User.Read.All").id;
            const good = { principalId: identity.id, resourceId, appRoleId };
            const nobody = "c0470c01-0000-4000-8000-00000000ffff";
            const path = `/v1.0/servicePrincipals/${resourceId}/appRoleAssignedTo`;
            assert.equal((await graph("POST", path, good)).status, 201);
            const cases: readonly [string, object, number, RegExp][] = [
                [path, good, 400, /^Permission being assigned already exists on the object$/],
                [path, { ...good, principalId: nobody }, 400, /^Not a valid reference update\.$/],
                [path, { ...good, appRoleId: nobody }, 400, /^Permission being assigned was not found on application/],
                [path, { ...good, appRoleId: "User.Read.All" }, 400, /Cannot convert the literal 'User\.Read\.All'/],
                [path, { principalId: identity.id, resourceId }, 400, /value is required for property 'appRoleId'/],
                [path, { ...good, resourceId: identity.id }, 400, /'resourceId' in the payload does not match/],
                [
                    `/v1.0/servicePrincipals/${nobody}/appRoleAssignedTo`,
                    good,
                    404,
                    new RegExp(`Resource '${nobody}' does not exist`),
                ],
            ];
            for (const [at, body, status, message] of cases) {
                const answer = await graph("POST", at, body);
                assert.equal(answer.status, status, JSON.stringify(answer.body));
                assert.match(answer.body.error.message, message);
                assert.equal(answer.body.error.innerError["request-id"], answer.headers.get("request-id"));
            }
            assert.equal(sandbox.cloud.appRoleAssignments.by("principal", identity.id).length, 1);
        }));

    it("go with their principal", () =>
        withSandbox({ deployerPermissions: ["Application.ReadWrite.All"] }, async sandbox => {
            const graph = graphOf(sandbox);
            const identity = addIdentity(sandbox, "id-reports");
            const resourceId = await graphId(sandbox);
            const body = {
                principalId: identity.id,
                resourceId,
                appRoleId: findAppRole(MICROSOFT_GRAPH, "Mail.Send").id,
            };
            const { id } = (await graph("POST", `/v1.0/servicePrincipals/${identity.id}/appRoleAssignments`, body))
                .body;
            assert.equal((await graph("DELETE", `/v1.0/servicePrincipals/${identity.id}`)).status, 204);
            assert.equal(
                (await graph("GET", `/v1.0/servicePrincipals/${resourceId}/appRoleAssignedTo/${id}`)).status,
                404,
            );
        }));
});

describe("sandbox Graph authorisation", () => {
    it("refuses a call that the token's permissions do not allow, and allows it with the least that does", async () => {
        const cases: readonly [string, string, readonly string[]][] = [
            ["GET", "/v1.0/users", ["User.Read.All"]],
            ["GET", "/v1.0/groups", ["Group.Read.All"]],
            ["GET", "/v1.0/servicePrincipals", ["Application.Read.All"]],
            ["GET", "/beta/applications", ["Application.Read.All"]],
            ["GET", "/v1.0/organization", ["Organization.Read.All"]],
        ];
        for (const [method, path, least] of cases) {
            await withSandbox({ deployerPermissions: [] }, async sandbox => {
                const refused = await graphOf(sandbox)(method, path);
                assert.deepEqual([refused.status, refused.body.error.code], [403, "Authorization_RequestDenied"], path);
                assert.equal(refused.body.error.message, "Insufficient privileges to complete the operation.");
            });
            await withSandbox({ deployerPermissions: least }, async sandbox =>
                assert.equal((await graphOf(sandbox)(method, path)).status, 200, path),
            );
        }
    });

    it("shows a deployer without AppRoleAssignment.ReadWrite.All that it may not grant", () =>
        withSandbox({ deployerPermissions: ["Application.Read.All"] }, async sandbox => {
            const identity = addIdentity(sandbox, "id-reports");
            const resourceId = await graphId(sandbox);
            const body = {
                principalId: identity.id,
                resourceId,
                appRoleId: findAppRole(MICROSOFT_GRAPH, "Mail.Send").id,
            };
            const answer = await graphOf(sandbox)(
                "POST",
                `/v1.0/servicePrincipals/${resourceId}/appRoleAssignedTo`,
                body,
            );
            assert.deepEqual([answer.status, answer.body.error.code], [403, "Authorization_RequestDenied"]);
        }));

    it("keeps a permission in a token that was issued before it was taken away", () =>
        withSandbox(
            { deployerPermissions: ["User.Read.All", "Application.Read.All", "AppRoleAssignment.ReadWrite.All"] },
            async sandbox => {
                const token = sandbox.token("https://graph.microsoft.com");
                const graph = graphOf(sandbox, token);
                await token;
                const held = await graph("GET", "/v1.0/servicePrincipals?$filter=displayName eq 'leastwise-deployer'");
                const principal = held.body.value[0].id;
                const grants = (await graph("GET", `/v1.0/servicePrincipals/${principal}/appRoleAssignments`)).body
                    .value;
                const role = findAppRole(MICROSOFT_GRAPH, "User.Read.All").id;
                const grant = grants.find((one: { appRoleId: string }) => one.appRoleId === role);
                await graph("DELETE", `/v1.0/servicePrincipals/${principal}/appRoleAssignments/${grant.id}`);
                assert.equal((await graph("GET", "/v1.0/users")).status, 200);
                assert.equal((await graphOf(sandbox)("GET", "/v1.0/users")).status, 403);
            },
        ));

    it("has no /me for an application", () =>
        withSandbox({}, async sandbox => {
            const answer = await graphOf(sandbox)("GET", "/v1.0/me");
            assert.equal(answer.status, 400);
            assert.match(answer.body.error.message, /delegated authentication flow/);
        }));
});

describe("sandbox Graph people", () => {
    it("has 25 users and 6 groups to read, by id, by name and by page", () =>
        withSandbox({}, async sandbox => {
            const graph = graphOf(sandbox);
            const all = (await graph("GET", "/v1.0/users?$select=id,displayName,accountEnabled")).body.value;
            assert.equal(all.length, 25);
            assert.deepEqual(Object.keys(all[0]), ["id", "displayName", "accountEnabled"]);
            const one = await graph("GET", "/v1.0/users/Ada.Brenner@contoso.onmicrosoft.com");
            assert.equal(one.body.id, all[0].id);
            assert.equal((await graph("GET", `/v1.0/users('${all[0].id}')`)).body.displayName, "Ada Brenner");
            const disabled = await graph("GET", "/v1.0/users?$filter=accountEnabled eq false&$select=displayName");
            assert.deepEqual(names(disabled.body.value), ["Sami Koskinen", "Wim Peeters", "Yann Morel"]);
            const count = await graph("GET", "/v1.0/users/$count", undefined, { consistencylevel: "eventual" });
            assert.equal(count.body, "25");
            const found = await graph("GET", '/v1.0/users?$search="displayName:brenn"', undefined, {
                consistencylevel: "eventual",
            });
            assert.deepEqual(names(found.body.value), ["Ada Brenner"]);
            const ordered = (await graph("GET", "/v1.0/users?$orderby=displayName desc&$top=2")).body.value;
            assert.deepEqual(names(ordered), ["Yann Morel", "Xenia Palla"]);
            assert.equal((await graph("GET", "/v1.0/groups")).body.value.length, 6);
        }));

    it("lets groups and users be written, and refuses the same name or member twice", () =>
        withSandbox({ deployerPermissions: ["User.ReadWrite.All", "Group.ReadWrite.All"] }, async sandbox => {
            const graph = graphOf(sandbox);
            const person = {
                displayName: "Zoe",
                userPrincipalName: "zoe@contoso.onmicrosoft.com",
                passwordProfile: { password: "x" },
            };
            const created = await graph("POST", "/v1.0/users", person);
            assert.equal(created.status, 201);
            assert.equal(created.body.passwordProfile, undefined);
            assert.equal((await graph("POST", "/v1.0/users", person)).status, 400);
            const path = `/v1.0/users/${created.body.id}`;
            assert.equal((await graph("PATCH", path, { jobTitle: "Pilot" })).status, 204);
            assert.equal((await graph("GET", path)).body.jobTitle, "Pilot");
            const group = (await graph("POST", "/v1.0/groups", { displayName: "Pilots" })).body;
            const reference = { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${created.body.id}` };
            assert.equal((await graph("POST", `/v1.0/groups/${group.id}/members/$ref`, reference)).status, 204);
            assert.equal((await graph("POST", `/v1.0/groups/${group.id}/members/$ref`, reference)).status, 400);
            const members = (await graph("GET", `/v1.0/groups/${group.id}/members?$select=id`)).body.value;
            assert.deepEqual(
                members.map((member: { id: string }) => member.id),
                [created.body.id],
            );
            assert.equal((await graph("DELETE", path)).status, 204);
            assert.equal((await graph("GET", path)).status, 404);
        }));
});

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

describe("sandbox Graph batch", () => {
    it("answers each request by itself, and 424 to what depends on a failed one", () =>
        withSandbox({}, async sandbox => {
            const answer = await graphOf(sandbox)("POST", "/v1.0/$batch", {
                requests: [
                    { id: "1", method: "GET", url: "/users?$top=1&$select=displayName" },
                    { id: "2", method: "GET", url: "/devices" },
                    { id: "3", method: "GET", url: "/users", dependsOn: ["2"] },
                ],
            });
            assert.equal(answer.status, 200);
            const [first, second, third] = answer.body.responses;
            assert.deepEqual([first.status, second.status, third.status], [200, 403, 424]);
            assert.deepEqual(names(first.body.value), ["Ada Brenner"]);
            assert.equal(second.body.error.code, "Authorization_RequestDenied");
        }));

    it("counts and hits with faults each request in it", () =>
        withSandbox(
            {
                faults: { faults: [{ kind: "lost", path: "groups$", first: 1 }] },
                deployerPermissions: ["Group.ReadWrite.All"],
            },
            async sandbox => {
                const post = (id: string, displayName: string) => ({
                    id,
                    method: "POST",
                    url: "/groups",
                    body: { displayName },
                });
                const requests = [post("1", "new one"), post("2", "new two")];
                await assert.rejects(graphOf(sandbox)("POST", "/v1.0/$batch", { requests }), /fetch failed/);
                while (sandbox.log.writes < 2) await setTimeout(5);
                const made = [...sandbox.cloud.groups.values()]
                    .map(group => group.displayName)
                    .filter(n => n.startsWith("new"));
                assert.deepEqual(made, ["new one", "new two"]);
                assert.deepEqual(sandbox.log.byFault, { lost: 1 });
            },
        ));

    it("takes at most 20 requests", () =>
        withSandbox({}, async sandbox => {
            const requests = Array.from({ length: 21 }, (_, i) => ({ id: String(i), method: "GET", url: "/users" }));
            assert.equal((await graphOf(sandbox)("POST", "/v1.0/$batch", { requests })).status, 400);
        }));
});

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
