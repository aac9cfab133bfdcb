import assert from "node:assert/strict";
import { allowing, allows, formatCall, isKnown, parseCall } from "../access/calls.ts";
import { whyUnmatched } from "../access/graph-lookup.ts";

const permissionsFor = (text: string): string[] => allowing(parseCall(text)).map(option => option.join(" & "));

describe("parseCall", () => {
    const readAs: readonly [text: string, method: string, path: string, version: string, properties?: string[]][] = [
        ["GET /users/{id}", "GET", "/users/{id}", "v1.0"],
        ["get  /users/", "GET", "/users", "v1.0"],
        ["GET users", "GET", "/users", "v1.0"],
        ["GET beta/users", "GET", "/users", "beta"],
        ["PATCH /v1.0/users/42", "PATCH", "/users/42", "v1.0"],
        ["GET https://graph.microsoft.com/beta/users", "GET", "/users", "beta"],
        ["GET https://graph.microsoft.us/v1.0/users", "GET", "/users", "v1.0"],
        ["GET https://graph.microsoft.com:443/v1.0/users", "GET", "/users", "v1.0"],
        ["GET /users(userPrincipalName='a@b.example')", "GET", "/users(userPrincipalName='a@b.example')", "v1.0"],
        ["GET /users/a%40b.example", "GET", "/users/a@b.example", "v1.0"],
        ["GET /users?`$select=id", "GET", "/users", "v1.0", ["id"]],
        ["GET /users?$select=id,mail&$top=5", "GET", "/users", "v1.0", ["id", "mail"]],
        [
            "GET /users?$filter=startswith(mail,'x') and accountEnabled eq true",
            "GET",
            "/users",
            "v1.0",
            ["accountEnabled"],
        ],
        [
            "GET /users?$filter=signInActivity/lastSignInDateTime le 2026-01-01T00:00:00Z",
            "GET",
            "/users",
            "v1.0",
            ["signInActivity"],
        ],
        [
            "GET /users?%24select=displayName&$expand=manager($select=id)&$orderby=surname desc",
            "GET",
            "/users",
            "v1.0",
            ["displayName", "manager", "surname"],
        ],
    ];
    for (const [text, method, path, version, properties] of readAs)
        it(`reads '${text}'`, () => {
            assert.deepEqual(parseCall(text), { method, path, version, ...(properties ? { properties } : {}) });
        });

    const refused: readonly [text: string, message: string][] = [
        ["", "empty call; expected a method and a path, such as 'GET /users/{id}'"],
        ["  ", "empty call; expected a method and a path, such as 'GET /users/{id}'"],
        [
            "GTE /users",
            "unknown method 'GTE' in call 'GTE /users'; expected GET, POST, PUT, PATCH, DELETE; did you mean 'GET'?",
        ],
        ["/users", "call '/users' has no method; expected a method and a path, such as 'GET /users/{id}'"],
        ["GET", "'' in call 'GET' is not a path; expected one such as '/users/{id}'"],
        [
            "GET hello world",
            "'hello world' in call 'GET hello world' is not a path; expected one such as '/users/{id}'",
        ],
        [
            "GET https://example.com/v1.0/users",
            "call 'GET https://example.com/v1.0/users' goes to host 'example.com'; expected Microsoft Graph, such as 'graph.microsoft.com'",
        ],
    ];
    for (const [text, message] of refused)
        it(`refuses '${text}'`, () => {
            assert.throws(() => parseCall(text), { message });
        });

    it("is undone by formatCall for calls without a query", () => {
        for (const text of ["GET /users/{id}", "DELETE /beta/groups/{id}"])
            assert.equal(formatCall(parseCall(text)), text);
    });
});

describe("allowing", () => {
    /** Each line lists calls that are the same to the table, however they are written. */
    const same: readonly (readonly string[])[] = [
        [
            "GET /users/{id}",
            "GET /USERS/{ID}",
            "GET /users/7ca1a9b6-0000-0000-0000-000000000000",
            "GET /users/a@b.example",
            "GET /users('a@b.example')",
            "GET /users(userPrincipalName='a@b.example')",
            "GET /users/$userId",
            "GET /users/$($user.Id)",
            "GET /users/<id>",
        ],
        [
            "GET /groups/{id}/members",
            "GET /groups/{id}/members/$count",
            "GET /groups/{id}/members/microsoft.graph.user",
            "GET /groups/{id}/members/graph.user/$count",
        ],
        ["GET /users", "GET /users/$count"],
        [
            "DELETE /groups/{id}/members/{id}",
            "DELETE /groups/{id}/members/{id}/$ref",
            "DELETE /groups/{id}/members/$ref",
        ],
        ["POST /groups/{id}/owners", "POST /groups/{id}/owners/$ref"],
        ["PUT /users/{id}/manager", "PUT /users/{id}/manager/$ref"],
        [
            "GET /reports/getOffice365ActiveUserDetail(period={value})",
            "GET /reports/getOffice365ActiveUserDetail(period='D7')",
            "GET /reports/microsoft.graph.getOffice365ActiveUserDetail(period='D30')",
        ],
        [
            "GET /drives/{id}/items/{id}/children",
            "GET /users/{id}/drives/{id}/items/{id}/children",
            "GET /groups/{id}/drives/{id}/items/{id}/children",
        ],
        [
            "GET /sites/{id}/lists",
            "GET /sites/contoso.sharepoint.com,1,2/lists",
            "GET /sites/contoso.sharepoint.com:/sites/hr:/lists",
        ],
        ["GET /teams/{id}/members", "GET /users/{id}/joinedTeams/{id}/members"],
    ];
    for (const [first = "", ...others] of same)
        for (const other of others)
            it(`finds the same for '${other}' as for '${first}'`, () => {
                assert.notDeepEqual(permissionsFor(first), []);
                assert.deepEqual(permissionsFor(other), permissionsFor(first));
            });

    it("names both halves of a permission that needs a partner", () => {
        assert.deepEqual(permissionsFor("POST /servicePrincipals/{id}/appRoleAssignedTo"), [
            "AppRoleAssignment.ReadWrite.All & Application.Read.All",
            "AppRoleAssignment.ReadWrite.All & Directory.Read.All",
        ]);
    });

    it("knows how a member is added to a group, which the source table does not", () => {
        assert.deepEqual(permissionsFor("POST /groups/{id}/members/$ref"), [
            "Directory.ReadWrite.All",
            "Group.ReadWrite.All",
            "GroupMember.ReadWrite.All",
        ]);
    });

    it("needs nothing for a batch, which carries other calls", () => {
        assert.deepEqual(permissionsFor("POST /$batch"), [""]);
    });

    it("wants the audit log beside the user for signInActivity, and more than basic properties", () => {
        assert.deepEqual(permissionsFor("GET /users?$select=displayName,signInActivity"), [
            "AuditLog.Read.All & Directory.Read.All",
            "AuditLog.Read.All & Directory.ReadWrite.All",
            "AuditLog.Read.All & User.Read.All",
            "AuditLog.Read.All & User.ReadWrite.All",
        ]);
    });

    it("minds properties however the user is named", () => {
        const expected = permissionsFor("GET /users/{id}?$select=signInActivity");
        assert.ok(expected.includes("AuditLog.Read.All & User.Read.All"));
        for (const user of ["/users/42", "/users('a@b.example')", "/users(userPrincipalName='a@b.example')"])
            assert.deepEqual(permissionsFor(`GET ${user}?$select=signInActivity`), expected);
    });

    it("takes User.ReadBasic.All for basic properties alone", () => {
        assert.ok(permissionsFor("GET /users?$select=displayName,mail").includes("User.ReadBasic.All"));
        assert.ok(!permissionsFor("GET /users?$select=displayName,department").includes("User.ReadBasic.All"));
    });

    it("takes a permission for single properties where only those are touched", () => {
        const disable = {
            method: "PATCH",
            path: "/users/{id}",
            version: "v1.0",
            properties: ["accountEnabled"],
        } as const;
        assert.ok(
            allowing(disable).some(option => option.join(" & ") === "User.EnableDisableAccount.All & User.Read.All"),
        );
        assert.ok(!permissionsFor("PATCH /users/{id}").some(option => option.includes("EnableDisableAccount")));
    });

    it("leaves out permissions that reach only what the identity owns, where others allow the call", () => {
        assert.deepEqual(permissionsFor("PATCH /applications/{id}"), ["Application.ReadWrite.All"]);
        assert.ok(permissionsFor("GET /security/tiIndicators").includes("ThreatIndicators.ReadWrite.OwnedBy"));
    });

    it("takes them to make an object, which the identity then owns", () => {
        assert.deepEqual(permissionsFor("POST /applications"), [
            "Application.ReadWrite.All",
            "Application.ReadWrite.OwnedBy",
        ]);
    });

    it("leaves out permissions that only read for a call that writes", () => {
        assert.deepEqual(permissionsFor("POST /identity/conditionalAccess/policies"), [
            "Policy.Read.All & Policy.ReadWrite.ConditionalAccess",
        ]);
        assert.ok(permissionsFor("POST /users/{id}/checkMemberGroups").includes("Directory.Read.All"));
    });
});

describe("allows", () => {
    it("wants every permission of an option", () => {
        const call = parseCall("POST /servicePrincipals/{id}/appRoleAssignedTo");
        assert.equal(allows(new Set(["AppRoleAssignment.ReadWrite.All"]), call), false);
        assert.equal(allows(new Set(["AppRoleAssignment.ReadWrite.All", "Application.Read.All"]), call), true);
        assert.equal(allows(new Set(["Directory.Read.All"]), call), false);
    });
});

describe("whyUnmatched", () => {
    const reasons: readonly [text: string, why: string | undefined][] = [
        ["GET /users", undefined],
        ["GET /me", "an application has no signed-in user; name the user: '/users/{id}'"],
        ["GET /me/messages", "an application has no signed-in user; name the user: '/users/{id}'"],
        ["GET /usres", "unknown path: nothing is known at '/usres'; did you mean 'users'?"],
        [
            "GET /users/{id}/licenseDetail",
            "unknown path: nothing is known at '/users/{}/licensedetail'; did you mean 'licensedetails'?",
        ],
        ["GET /foo/manager", "unknown path: nothing is known at '/foo'"],
        ["GET /users/{id}/foo/manager", "unknown path: nothing is known at '/users/{}/foo'; did you mean 'todo'?"],
        ["DELETE /users", "unknown call: the path is listed for GET, POST, not for DELETE"],
        ["POST /devices", "only delegated permissions allow it; a managed identity cannot make this call"],
    ];
    for (const [text, why] of reasons)
        it(`is '${why ?? "nothing"}' for '${text}'`, () => {
            assert.equal(whyUnmatched(parseCall(text)), why);
        });

    it("is quick for paths that chain without end", () => {
        for (const chain of [
            "/manager",
            "/joinedTeams/1",
            "/list",
            "/managedDevices/1",
            "/drives/1/list/items/1/listItem",
        ])
            for (const times of [1, 5, 100, 2000])
                assert.notEqual(
                    whyUnmatched(parseCall(`GET /deviceManagement/managedDevices/1/foo${chain.repeat(times)}/bar`)),
                    undefined,
                );
    });

    it("leaves a call known that only delegated permissions allow", () => {
        assert.equal(isKnown(parseCall("POST /devices")), true);
        assert.equal(isKnown(parseCall("GET /usres")), false);
    });
});
