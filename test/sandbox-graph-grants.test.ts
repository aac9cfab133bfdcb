import assert from "node:assert/strict";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { addIdentity, graphId, graphOf, withSandbox } from "./sandbox-support.ts";

describe("sandbox Graph grants", () => {
    it("are one object seen from the principal and from the API, with one id", () =>
        withSandbox({}, async sandbox => {
            const graph = graphOf(sandbox);
            const identity = addIdentity(sandbox, "id-reports");
            const resourceId = graphId(sandbox);
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
            const resourceId = graphId(sandbox);
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
            const resourceId = graphId(sandbox);
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
