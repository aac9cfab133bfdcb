import assert from "node:assert/strict";
import { callsOf, nearestCmdlet } from "../access/cmdlets.ts";
import { formatCall } from "../access/calls.ts";

const texts = (name: string): string[] | undefined => callsOf(name)?.map(formatCall);

describe("callsOf", () => {
    it("gives the calls a cmdlet may make, in any case of its name", () => {
        assert.deepEqual(texts("Get-MgUser"), ["GET /users", "GET /users/{user-id}"]);
        assert.deepEqual(texts("get-mguser"), texts("Get-MgUser"));
    });

    it("tells beta cmdlets from those of v1.0", () => {
        assert.deepEqual(texts("Get-MgBetaUser"), ["GET /beta/users", "GET /beta/users/{user-id}"]);
    });

    it("knows cmdlets that are an alias of one by reference", () => {
        assert.deepEqual(texts("New-MgGroupMember"), ["POST /groups/{group-id}/members/$ref"]);
    });

    it("knows no calls of other commands", () => {
        for (const name of ["Get-MgUsr", "Get-AzVM", "Get-Mg", "constructor", "Get-MgConstructor", ""])
            assert.equal(callsOf(name), undefined);
    });
});

describe("nearestCmdlet", () => {
    it("names the cmdlet that a misspelled one is meant to be", () => {
        assert.equal(nearestCmdlet("Get-MgUsr"), "Get-MgUser");
        assert.equal(nearestCmdlet("Get-MgBetaUsr"), "Get-MgBetaUser");
    });
});
