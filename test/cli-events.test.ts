import assert from "node:assert/strict";
import type { EngineEvent, OpType, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { EventLog } from "../cli/engine-events.ts";
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
