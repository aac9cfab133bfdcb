import assert from "node:assert/strict";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { addIdentity, graphId, graphOf, withSandbox } from "./sandbox-support.ts";

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
            const resourceId = graphId(sandbox);
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
