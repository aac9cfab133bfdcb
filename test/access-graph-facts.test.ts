import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { MICROSOFT_GRAPH, findAppRole } from "../access/apis.ts";
import { listedCalls } from "../access/graph-listing.ts";
import { optionsOf, resolve } from "../access/graph-lookup.ts";
import { limitedIn, permissionNamed } from "../access/graph-sets.ts";
import { callTable } from "../access/graph-table.ts";
import { parseCall } from "../access/calls.ts";
import { callsOf } from "../access/cmdlets.ts";
import type { Overrides } from "../scripts/graph-overrides.ts";

const overrides = JSON.parse(
    readFileSync(new URL("../access/facts/graph-overrides.json", import.meta.url), "utf8"),
) as Overrides;

describe("the call table", () => {
    it("finds every call it lists at its own place, except under /me", () => {
        for (const call of listedCalls()) {
            const found = resolve(call);
            if (call.path === "/me" || call.path.startsWith("/me/")) assert.equal(found.kind, "unmatched");
            else assert.deepEqual(found.kind === "found" ? found.segments.length : 0, call.path.split("/").length - 1);
        }
    });

    it("numbers only sets and permissions that exist", () => {
        const { permissions, sets, limits } = callTable();
        for (const [, , entries] of sets)
            for (const entry of entries) {
                const [permission, partners, limit] = typeof entry === "number" ? [entry, [], undefined] : entry;
                for (const number of [permission, ...partners]) assert.notEqual(permissions[number], undefined);
                if (limit !== undefined) assert.notEqual(limits[limit], undefined);
            }
    });

    it("has its permissions in the order of names, each once in any case", () => {
        const { permissions } = callTable();
        assert.deepEqual(permissions, [...permissions].sort());
        assert.equal(new Set(permissions.map(name => name.toLowerCase())).size, permissions.length);
    });

    it("leaves a limited permission in an answer only where nothing else allows the call", () => {
        for (const call of listedCalls()) {
            const found = resolve(call);
            if (found.kind !== "found") continue;
            const limited = limitedIn(found.cell.set).map(({ permission }) => permission.number);
            for (const option of optionsOf(call)) assert.ok(option.length > 1 || !limited.includes(option[0] ?? -1));
        }
    });
});

describe("the reviewed overrides", () => {
    it("rest on a page of Microsoft's documentation each", () => {
        for (const { page } of [...overrides.calls, ...overrides.limits, ...overrides.properties])
            assert.match(page, /^https:\/\/learn\.microsoft\.com\/graph\/[\w/#-]+$/);
    });

    for (const { method, path, permissions } of overrides.calls)
        it(`give ${method} ${path} permissions that exist`, () => {
            const names = permissions.flatMap(option => option.split(" & "));
            for (const name of names) assert.equal(findAppRole(MICROSOFT_GRAPH, name).name, name);
            const found = optionsOf(parseCall(`${method} ${path}`)).map(option =>
                option.map(number => callTable().permissions[number]).join(" & "),
            );
            const expected = permissions.map(option => option.split(" & ").sort().join(" & "));
            assert.deepEqual([...found].sort(), expected.sort());
        });

    for (const [number, { kind, permissions }] of overrides.limits.entries())
        it(`limit something with ${kind} ${permissions}`, () => {
            const { sets } = callTable();
            assert.ok(
                sets.some(([, , entries]) => entries.some(entry => typeof entry !== "number" && entry[2] === number)),
            );
        });

    it("name permissions that exist in rules on properties", () => {
        for (const { also = [], not = [], path } of overrides.properties) {
            for (const name of [...also, ...not]) assert.notEqual(permissionNamed(name), undefined);
            assert.equal(resolve(parseCall(`GET ${path}`)).kind, "found");
        }
    });
});

describe("the cmdlet table", () => {
    it("gives cmdlets that runbooks use calls that the call table knows", () => {
        for (const name of [
            "Get-MgUser",
            "Update-MgUser",
            "Get-MgGroup",
            "New-MgGroup",
            "Get-MgGroupMember",
            "Get-MgAuditLogSignIn",
            "Send-MgUserMail",
            "Get-MgDeviceManagementManagedDevice",
            "Get-MgSubscribedSku",
            "Set-MgUserLicense",
        ]) {
            const calls = callsOf(name) ?? [];
            assert.notEqual(calls.length, 0, name);
            for (const call of calls) assert.equal(resolve(call).kind, "found", `${name} ${call.path}`);
        }
    });
});
