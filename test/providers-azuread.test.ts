import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { AzureAd } from "../sandbox/providers/azuread/azuread.ts";
import { graphRetries } from "../sandbox/providers/azuread/graph-client.ts";
import type { ChangeKind } from "../sandbox/providers/provider.ts";
import { RestClient } from "../sandbox/providers/rest.ts";
import type { Properties } from "../sandbox/providers/values.ts";
import { UNKNOWN } from "../sandbox/providers/values.ts";
import { startFakeAzure } from "./setup/fake-azure.ts";
import type { FakeAzure, Fault } from "./setup/fake-azure.ts";

const GRAPH = "aaaaaaaa-0000-0000-0000-000000000001";
const GRAPH_APP = "00000003-0000-0000-c000-000000000000";
const PRINCIPAL = "bbbbbbbb-0000-0000-0000-000000000002";
const ROLE = "df021288-bdef-4463-88db-98f22de89214";
const OLD_GRANT = "T2xkIGdyYW50";
const GRANT = { appRoleId: ROLE, principalObjectId: PRINCIPAL, resourceObjectId: GRAPH };
const COLLECTION = `/servicePrincipals/${GRAPH}/appRoleAssignedTo`;
const graphPrincipal = {
    id: GRAPH,
    appId: GRAPH_APP,
    displayName: "Microsoft Graph",
    appRoles: [{ id: ROLE, value: "User.Read.All", isEnabled: true, allowedMemberTypes: ["Application"] }],
    servicePrincipalNames: [GRAPH_APP, "https://graph.microsoft.com"],
};
const tokenOf = (name: string): string => `azuread:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
const badRequest = (message: string) => ({ status: 400, body: { error: { code: "Request_BadRequest", message } } });

describe("the stand-in azuread provider", () => {
    let azure: FakeAzure;
    let rest: RestClient;
    let provider: AzureAd;
    before(async () => {
        azure = await startFakeAzure();
    });
    beforeEach(() => {
        const { url, caFile, token } = azure;
        rest = new RestClient({ url, ca: readFileSync(caFile), retry: graphRetries(2), token });
        provider = new AzureAd({ rest, retryMs: 2, token });
        azure.objects.set(`/graph/serviceprincipals/${GRAPH}`, graphPrincipal);
    });
    afterEach(() => {
        rest.close();
        azure.objects.clear();
        azure.requests.length = 0;
        azure.bodies.length = 0;
        azure.faults.length = 0;
    });
    after(() => azure.close());

    const type = tokenOf("AppRoleAssignment");
    const create = (inputs: Properties = GRANT, token = type) =>
        provider.create({ urn: "urn:grant", type: token, inputs, preview: false });
    const post = (answer: Fault["answer"], more: Partial<Fault> = {}): Fault => ({
        method: "POST",
        path: /appRoleAssignedTo$/,
        answer,
        ...more,
    });
    const posts = (): number => azure.requests.filter(request => request.startsWith("POST")).length;
    const fail = (...faults: Fault[]): number => azure.faults.push(...faults);

    describe("granting an app role", () => {
        it("asks for the API, posts the grant and reads it back", async () => {
            const { id, outputs } = await create();
            const grantId = id.split("/").at(-1) ?? "";
            assert.equal(id, `${COLLECTION}/${grantId}`);
            assert.deepEqual(azure.requests, [
                `GET /v1.0/servicePrincipals/${GRAPH}`,
                `POST /v1.0${COLLECTION}`,
                `GET /v1.0${COLLECTION}/${grantId}`,
            ]);
            assert.deepEqual(azure.bodies[0]?.body, { appRoleId: ROLE, principalId: PRINCIPAL, resourceId: GRAPH });
            assert.deepEqual(outputs, GRANT);
        });

        it("is refused when the API has no service principal", async () => {
            azure.objects.clear();
            await assert.rejects(
                create(),
                new RegExp(`Service principal not found for resource \\(Object ID: "${GRAPH}"\\)`),
            );
        });

        it("posts again while the principal is not replicated", async () => {
            fail(post({ status: 404 }), post(badRequest("Not a valid reference update.")));
            await create();
            assert.equal(posts(), 3);
        });

        it("gives up after four retries", async () => {
            fail(...Array.from({ length: 5 }, () => post(badRequest("Not a valid reference update."))));
            await assert.rejects(
                create(),
                /^Error: 1 error occurred:\n\t\* Could not create app role assignment: unexpected status 400 \(400 Bad Request\) with error: Request_BadRequest: Not a valid reference update\.\n\n$/,
            );
            assert.equal(posts(), 5);
        });

        it("fails on a repeated post whose first one had landed, and leaves the grant behind", async () => {
            const exists = "Permission being assigned already exists on the object";
            fail(post({ status: 404 }, { after: true }), post(badRequest(exists)));
            await assert.rejects(create(), new RegExp(`Request_BadRequest: ${exists}`));
            assert.equal([...azure.objects.keys()].filter(key => key.includes("approleassignedto")).length, 1);
        });

        it("does not post again when the answer was lost, and leaves the grant behind", async () => {
            fail(post("reset", { after: true }));
            await assert.rejects(
                create(),
                /Could not create app role assignment: Post "https:.*appRoleAssignedTo": HTTP response was nil; connection may have been reset$/m,
            );
            assert.equal(posts(), 1);
            assert.equal([...azure.objects.keys()].filter(key => key.includes("approleassignedto")).length, 1);
        });

        it("fails when it cannot read the grant it has just made", async () => {
            fail({ method: "GET", path: /appRoleAssignedTo\//, answer: { status: 404 } });
            await assert.rejects(create(), /^Error: expected non-nil error with nil state during Create of urn:grant$/);
        });

        it("waits Retry-After out when Graph throttles", async () => {
            fail(post({ status: 429, headers: { "retry-after": "1" } }));
            const start = performance.now();
            await create();
            assert.ok(performance.now() - start >= 990);
        });
    });

    describe("reading a grant", () => {
        const store = (id: string): void => {
            const body = {
                id,
                appRoleId: ROLE,
                principalId: PRINCIPAL,
                principalDisplayName: "aa",
                principalType: "ServicePrincipal",
                resourceId: GRAPH,
                resourceDisplayName: "Microsoft Graph",
            };
            azure.objects.set(`/graph${COLLECTION}/${id}`.toLowerCase(), body);
        };
        const outputs = {
            ...GRANT,
            principalDisplayName: "aa",
            principalType: "ServicePrincipal",
            resourceDisplayName: "Microsoft Graph",
        };

        it("to import it gives inputs and outputs", async () => {
            store(OLD_GRANT);
            const found = await provider.read({ urn: "", type, id: `${COLLECTION}/${OLD_GRANT}`, outputs: {} });
            assert.deepEqual(found, {
                id: `${COLLECTION}/${OLD_GRANT}`,
                inputs: { __defaults: [], ...GRANT },
                outputs,
            });
        });

        it("brings an id of an earlier plugin version in state to today's form", async () => {
            store(OLD_GRANT);
            const found = await provider.read({
                urn: "",
                type,
                id: `${GRAPH}/appRoleAssignment/${OLD_GRANT}`,
                inputs: GRANT,
                outputs,
            });
            assert.equal(found?.id, `${COLLECTION}/${OLD_GRANT}`);
        });

        it("says the form of an id that it cannot import", async () => {
            const read = provider.read({ urn: "", type, id: `${GRAPH}/appRoleAssignment/x`, outputs: {} });
            await assert.rejects(
                read,
                /expected an id of the form '\/servicePrincipals\/\{resourceObjectId\}\/appRoleAssignedTo\/\{id\}'$/,
            );
        });

        it("finds nothing where the directory has nothing", async () => {
            assert.equal(
                await provider.read({ urn: "", type, id: `${COLLECTION}/x`, inputs: GRANT, outputs }),
                undefined,
            );
        });
    });

    describe("taking a grant away", () => {
        const remove = (id: string) => provider.delete({ urn: "", type, id, inputs: GRANT, outputs: GRANT });

        it("deletes it", async () => {
            const { id } = await create();
            await remove(id);
            assert.deepEqual([...azure.objects.keys()], [`/graph/serviceprincipals/${GRAPH}`]);
        });

        it("fails when it is gone already, as the real plugin does", async () => {
            await assert.rejects(remove(`${COLLECTION}/x`), /Deleting app role assignment .*: unexpected status 404/);
        });
    });

    describe("checks inputs as the real plugin does:", () => {
        const cases: readonly (readonly [string, string, Properties, readonly string[]])[] = [
            ["takes good inputs", "AppRoleAssignment", GRANT, []],
            ["takes what is not known yet for good", "AppRoleAssignment", { ...GRANT, principalObjectId: UNKNOWN }, []],
            [
                "names a required argument that is missing",
                "AppRoleAssignment",
                { principalObjectId: PRINCIPAL, resourceObjectId: GRAPH },
                [
                    `Missing required argument. The argument "app_role_id" is required, but no definition was found.. Examine values at 'grant.appRoleId'.`,
                ],
            ],
            [
                "wants GUIDs",
                "AppRoleAssignment",
                { ...GRANT, appRoleId: "User.Read.All" },
                [`expected "app_role_id" to be a valid UUID, got User.Read.All. Examine values at 'grant.appRoleId'.`],
            ],
            [
                "wants one of the allowed words",
                "Application",
                { displayName: "api", signInAudience: "Everyone" },
                [
                    `expected sign_in_audience to be one of ["AzureADMyOrg" "AzureADMultipleOrgs" "AzureADandPersonalMicrosoftAccount" "PersonalMicrosoftAccount"], got Everyone. Examine values at 'grant.signInAudience'.`,
                ],
            ],
            [
                "wants the right kind of value",
                "Application",
                { displayName: "api", appRoles: "reader" },
                [`expected array type for "app_roles", got string type. Examine values at 'grant.appRoles'.`],
            ],
        ];
        for (const [fact, name, news, expected] of cases)
            it(fact, async () => {
                const request = {
                    urn: "",
                    type: tokenOf(name),
                    name: "grant",
                    olds: {},
                    news,
                    randomSeed: new Uint8Array(),
                };
                assert.deepEqual(
                    (await provider.check(request)).failures.map(({ reason }) => reason),
                    expected,
                );
            });
    });

    describe("finds what changes:", () => {
        const cases: readonly (readonly [string, string, Properties, Properties, Record<string, ChangeKind>])[] = [
            ["nothing", "AppRoleAssignment", GRANT, GRANT, {}],
            [
                "a principal, which replaces the grant",
                "AppRoleAssignment",
                GRANT,
                { ...GRANT, principalObjectId: GRAPH },
                { principalObjectId: "update-replace" },
            ],
            [
                "a principal that is not known yet, which replaces the grant",
                "AppRoleAssignment",
                GRANT,
                { ...GRANT, principalObjectId: UNKNOWN },
                { principalObjectId: "update-replace" },
            ],
            ["a name, in place", "Application", { displayName: "a" }, { displayName: "b" }, { displayName: "update" }],
            ["nothing in another order", "Application", { tags: ["a", "b"] }, { tags: ["b", "a"] }, {}],
        ];
        for (const [fact, name, oldInputs, newInputs, expected] of cases)
            it(fact, () => {
                const { changes } = provider.diff({
                    type: tokenOf(name),
                    oldInputs,
                    newInputs,
                    oldOutputs: {},
                    ignoreChanges: [],
                });
                assert.deepEqual(Object.fromEntries(changes), expected);
            });
    });

    describe("with an application of one's own", () => {
        const application = {
            displayName: "orders",
            appRoles: [
                {
                    id: ROLE,
                    value: "Orders.Read",
                    displayName: "Read",
                    description: "Read",
                    enabled: true,
                    allowedMemberTypes: ["Application"],
                },
            ],
            marketingUrl: "https://contoso.example",
        };

        it("writes it as Graph wants it and shows it as the SDK does", async () => {
            const { outputs } = await create(application, tokenOf("Application"));
            assert.deepEqual(azure.bodies[0]?.body, {
                displayName: "orders",
                signInAudience: "AzureADMyOrg",
                appRoles: [
                    {
                        id: ROLE,
                        value: "Orders.Read",
                        displayName: "Read",
                        description: "Read",
                        isEnabled: true,
                        allowedMemberTypes: ["Application"],
                    },
                ],
                info: { marketingUrl: "https://contoso.example" },
            });
            assert.deepEqual(outputs["appRoles"], application.appRoles);
            assert.deepEqual(outputs["appRoleIds"], { "Orders.Read": ROLE });
        });

        it("makes its service principal, and refuses to make a second one", async () => {
            const inputs = { clientId: PRINCIPAL };
            const { id } = await create(inputs, tokenOf("ServicePrincipal"));
            assert.match(id, /^\/servicePrincipals\/[0-9a-f-]{36}$/);
            await assert.rejects(
                create(inputs, tokenOf("ServicePrincipal")),
                /already exists - to be managed via Pulumi this resource needs to be imported/,
            );
        });

        it("deletes a service principal that it only adopted, as the real plugin does", async () => {
            const inputs = { clientId: GRAPH_APP, useExisting: true };
            const { id, outputs } = await create(inputs, tokenOf("ServicePrincipal"));
            assert.equal(id, `/servicePrincipals/${GRAPH}`);
            await provider.delete({ urn: "", type: tokenOf("ServicePrincipal"), id, inputs, outputs });
            assert.equal(azure.objects.has(`/graph/serviceprincipals/${GRAPH}`), false);
        });
    });

    describe("answers functions", () => {
        const invoke = (name: string, args: Properties) => provider.invoke(`azuread:index/${name}:${name}`, args);

        it("finds a service principal by client id, in the real plugin's order of calls", async () => {
            const found = await invoke("getServicePrincipal", { clientId: GRAPH_APP });
            assert.deepEqual(azure.requests, ["GET /v1.0/servicePrincipals", `GET /beta/servicePrincipals/${GRAPH}`]);
            assert.equal(found["objectId"], GRAPH);
            assert.equal(found["id"], `/servicePrincipals/${GRAPH}`);
            assert.deepEqual(found["appRoleIds"], { "User.Read.All": ROLE });
            assert.deepEqual(found["servicePrincipalNames"], ["https://graph.microsoft.com"]);
        });

        it("finds it by display name and by object id", async () => {
            for (const args of [{ displayName: "Microsoft Graph" }, { objectId: GRAPH }])
                assert.equal((await invoke("getServicePrincipal", args))["clientId"], GRAPH_APP);
        });

        it("says what it did not find", async () => {
            await assert.rejects(
                invoke("getServicePrincipal", { displayName: "No one's" }),
                /Service principal not found: no service principals found matching filter: "displayName eq 'No one''s'"/,
            );
        });

        it("finds users, and leaves out those it is told may be missing", async () => {
            azure.objects.set("/graph/users/1", {
                id: "1",
                userPrincipalName: "ada@contoso.example",
                displayName: "Ada",
            });
            const args = { userPrincipalNames: ["ada@contoso.example", "bob@contoso.example"], ignoreMissing: true };
            const found = await invoke("getUsers", args);
            assert.deepEqual(found["objectIds"], ["1"]);
            await assert.rejects(invoke("getUsers", { ...args, ignoreMissing: false }), /User not found/);
        });

        it("says who deploys", async () => {
            const config = await invoke("getClientConfig", {});
            assert.deepEqual(config, {
                id: "tenant-client-object",
                clientId: "client",
                objectId: "object",
                tenantId: "tenant",
            });
        });
    });
});
