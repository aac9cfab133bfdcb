import assert from "node:assert/strict";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findAction } from "../access/azure-actions.ts";
import { directoryRoles } from "../access/directory-roles.ts";
import { DIRECTORY_ACTIONS, directoryPowerOf, POWERFUL_PERMISSIONS } from "../access/escalation-directory.ts";
import { HOST_WRITES, TAKEOVERS, takeoversOf } from "../access/escalation-hosts.ts";
import { roleMayAllow, roles } from "../access/roles.ts";

/** Roles of a service: those of every action would allow a misspelled one too. */
const narrow = roles().filter(role => !roleMayAllow(role, "Microsoft.None/none/write", "action"));

describe("the table of ways to act as others", () => {
    it("names only actions that are known, or that a role of the service allows", () => {
        for (const { edge, kind, actions } of TAKEOVERS)
            for (const action of actions)
                assert.ok(
                    findAction(action, kind) !== undefined || narrow.some(role => roleMayAllow(role, action, kind)),
                    `${edge}: ${action}`,
                );
        for (const action of HOST_WRITES)
            assert.ok(
                findAction(action, "action") !== undefined || narrow.some(role => roleMayAllow(role, action, "action")),
                action,
            );
    });

    it("has an edge name, a type in lower case and words for each", () => {
        for (const { edge, types, words } of TAKEOVERS) {
            assert.match(edge, /^[A-Z][A-Za-z]+$/);
            assert.ok(types.length > 0 && types.every(type => type === type.toLowerCase()), edge);
            assert.match(words, /^[a-z][a-z% ]+[a-z]$/, edge);
        }
    });

    it("knows no type twice under one edge", () => {
        const keys = TAKEOVERS.flatMap(({ edge, types, kind }) => types.map(type => `${edge} ${kind} ${type}`));
        assert.deepEqual(keys, [...new Set(keys)]);
    });

    it("takes services whose identity only does their own work for no way, and types unknown for one that may be", () => {
        assert.deepEqual(takeoversOf("microsoft.storage/storageaccounts"), []);
        assert.deepEqual(
            takeoversOf("microsoft.new/things").map(({ may }) => may),
            [true],
        );
        assert.deepEqual(
            takeoversOf("").map(({ may }) => may),
            [true],
        );
    });

    it("names permissions of Microsoft Graph that exist", () => {
        for (const name of POWERFUL_PERMISSIONS) assert.equal(findAppRole(MICROSOFT_GRAPH, name).name, name);
    });

    it("names actions of the directory that some role has", () => {
        const all = new Set(directoryRoles().flatMap(({ controlPlane }) => controlPlane));
        for (const [action] of DIRECTORY_ACTIONS) assert.ok(all.has(action), action);
    });

    it("knows what the administrators of the directory can do", () => {
        const over = (role: string): readonly string[] =>
            [...new Set(directoryPowerOf(role).flatMap(each => each.over))].sort();
        assert.ok(over("Global Administrator").includes("everything"));
        assert.ok(over("Privileged Role Administrator").includes("everything"));
        assert.deepEqual(over("Cloud Application Administrator"), ["applications", "service-principals"]);
        assert.deepEqual(over("Groups Administrator"), ["plain-groups"]);
        assert.deepEqual(over("Helpdesk Administrator"), ["users"]);
        assert.deepEqual(over("Reports Reader"), []);
    });
});
