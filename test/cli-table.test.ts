import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import type { Grant } from "../access/grant.ts";
import { grantTable, scopeInWords } from "../cli/grant-table.ts";

describe("cli: a scope in words", () => {
    const group = "/subscriptions/s1/resourceGroups/rg-a";
    for (const [scope, words] of [
        ["/", "tenant"],
        ["/subscriptions/s1", "subscription s1"],
        [group, "group rg-a"],
        ["/providers/Microsoft.Management/managementGroups/mg", "management group mg"],
        [`${group}/providers/Microsoft.Compute/virtualMachines/vm1`, "virtual machine vm1 in rg-a"],
        [`${group}/providers/Microsoft.Foo/bars/b1`, "bars b1 in rg-a"],
        [`${group.toUpperCase()}/providers/Microsoft.KeyVault/vaults/kv/secrets/s`, "secret s in RG-A"],
    ] as const) {
        it(`${scope} is ${words}`, () => assert.equal(scopeInWords(scope), words));
    }
});

describe("cli: the table of grants", () => {
    const grants: readonly Grant[] = [
        {
            kind: "azure",
            identity: "night",
            tier: 1,
            role: "Virtual Machine Contributor",
            roleDefinitionGuid: "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
            scope: "/subscriptions/s1/resourceGroups/rg-lab",
        },
        {
            kind: "api",
            identity: "night",
            tier: 0,
            appId: "00000003-0000-0000-c000-000000000000",
            apiName: "Microsoft Graph",
            permission: "User.ReadWrite.All",
            appRoleId: "741f803b-c850-494e-b5df-cde7c675a1ca",
            reason: "disables accounts of people who left",
        },
    ];
    const rows = (columns: number): string[][] =>
        stripVTControlCharacters(grantTable(grants, columns))
            .split("\n")
            .filter(line => line.startsWith("│"))
            .map(line =>
                line
                    .split("│")
                    .slice(1, -1)
                    .map(cell => cell.trim()),
            );

    it("says identity, right, where, how dangerous and why, the most dangerous first", () => {
        assert.deepEqual(rows(400), [
            ["Identity", "Permission or role", "On", "How dangerous", "Why"],
            ["night", "User.ReadWrite.All", "Microsoft Graph", "control plane", "disables accounts of people who"],
            ["", "", "", "", "left"],
            ["night", "Virtual Machine Contributor", "group rg-lab", "management plane", ""],
        ]);
    });
    it("wraps between words", () => {
        assert.deepEqual(
            rows(80).map(cells => cells[1]),
            ["Permission or", "role", "User.", "ReadWrite.All", "", "Virtual", "Machine", "Contributor"],
        );
    });
    it("never is wider than the terminal", () => {
        for (const columns of [80, 100, 130, 200]) {
            for (const line of stripVTControlCharacters(grantTable(grants, columns)).split("\n")) {
                assert.equal(line.length <= columns, true, `${line.length} columns of ${columns}`);
            }
        }
    });
    it("breaks a name that is longer than its column instead of cutting it", () => {
        const long = "DeviceManagementConfiguration.ReadWrite.All";
        const column = stripVTControlCharacters(grantTable([{ ...grants[1], permission: long } as Grant], 80))
            .split("\n")
            .map(line => line.split("│")[2]?.trim() ?? "")
            .join("");
        assert.equal(column.includes(long), true);
    });
});
