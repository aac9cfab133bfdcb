import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import type { EngineEvent, OpType, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import type { Grant } from "../access/grant.ts";
import { changeWords, hasChanges, plannedWords } from "../cli/change-words.ts";
import { EventLog } from "../cli/engine-events.ts";
import { grantTable, scopeInWords } from "../cli/grant-table.ts";
import { describe as describeError } from "../cli/report-error.ts";
import { stepList } from "../cli/step-list.ts";

const URN = "urn:pulumi:dev::p::azure-native:automation:Runbook::night-report";

const event = (more: Partial<EngineEvent>): EngineEvent => ({ sequence: 1, timestamp: 1, ...more });

const metadata = (urn: string, type: string, op: OpType, diffs: string[] = []): StepEventMetadata => ({
    urn,
    type,
    op,
    diffs,
    provider: "",
    new: { urn, type, custom: true, id: "", parent: "", inputs: {}, outputs: {}, provider: "" },
});

const diagnostic = (severity: string, message: string, urn = ""): EngineEvent =>
    event({
        diagnosticEvent: { severity, message, urn, color: "never" } as NonNullable<EngineEvent["diagnosticEvent"]>,
    });

describe("cli: changes in words", () => {
    it("say how many resources a second run left as declared", () => {
        assert.equal(changeWords({ same: 12 }), "no changes: 12 resources as declared");
        assert.equal(hasChanges({ same: 12, refresh: 3 }), false);
    });
    it("count each kind of change, and what stayed", () => {
        const changes = { create: 3, update: 2, replace: 1, delete: 4, same: 5 };
        assert.equal(changeWords(changes), "3 created, 2 updated, 1 replaced, 4 deleted, 5 unchanged");
        assert.equal(plannedWords({ create: 3 }), "3 to be created");
    });
});

describe("cli: events of the engine", () => {
    it("keep what was said without colours, prefixes and stack lines, and each thing once", () => {
        const log = new EventLog();
        log.add(diagnostic("error", "<{%fg 1%}>error: <{%reset%}>workloads.a: bad\n    at x (file.ts:1:1)\n"));
        log.add(diagnostic("error", "Unhandled exception: Error: workloads.a: bad"));
        log.add(diagnostic("warning", "slow", URN));
        assert.deepEqual(log.diagnostics, [
            { severity: "error", message: "workloads.a: bad" },
            { severity: "warning", message: "slow", resource: "night-report" },
        ]);
    });
    it("drop the engine's debug output and its remark on helper executables", () => {
        const log = new EventLog();
        log.add(diagnostic("debug", "Registering resource: secret=…"));
        log.add(diagnostic("warning", "using pulumi-resource-pulumi-nodejs from $PATH at /x"));
        assert.deepEqual(log.diagnostics, []);
    });
    it("know what runs now, what is done, and which resources change", () => {
        const log = new EventLog();
        const runbook = metadata(URN, "azure-native:automation:Runbook", "update", ["description"]);
        log.add(event({ resourcePreEvent: { metadata: runbook } }));
        assert.deepEqual([...log.running.values()], ["Runbook night-report"]);
        log.add(event({ resOutputsEvent: { metadata: runbook } }));
        assert.deepEqual([...log.running.values()], []);
        assert.equal(log.done.get("update"), 1);
        assert.deepEqual(stepList(log.steps), ["~ Runbook night-report (description)"]);
    });
    it("list no provider, no component and nothing that stays", () => {
        const log = new EventLog();
        const provider = metadata("a::b", "pulumi:providers:azuread", "update");
        const component = { ...metadata("a::c", "leastwise:index:Workload", "create"), new: { custom: false } };
        const same = metadata("a::d", "azure-native:automation:Runbook", "same");
        for (const each of [provider, component, same]) {
            log.add(event({ resourcePreEvent: { metadata: each as StepEventMetadata } }));
        }
        assert.deepEqual(stepList(log.steps), []);
    });
    it("are listed up to a screenful or two", () => {
        const step = { op: "create", type: "Runbook", name: "r", properties: [] } as const;
        const lines = stepList(Array.from({ length: 100 }, () => step));
        assert.deepEqual([lines.length, lines.at(-1)], [61, "… and 40 more"]);
    });
});

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

describe("cli: an error", () => {
    const long = new Error(Array.from({ length: 60 }, (_, i) => `line ${i}`).join("\n"));
    it("fits on a screen and says how much is hidden", () => {
        const lines = stripVTControlCharacters(describeError(long, {})).split("\n");
        assert.equal(lines[0], "leastwise: line 0");
        assert.equal(lines.at(-1), "… 40 more lines");
    });
    it("shows no stack, and all of it when DEBUG is set", () => {
        assert.doesNotMatch(describeError(new Error("bad"), {}), /\n\s+at /);
        assert.match(describeError(new Error("bad"), { DEBUG: "1" }), /\n\s+at /);
    });
});
