import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SUBSCRIPTION_ID, TENANT_ID } from "../sandbox/cloud.ts";
import { DEPLOYER_APP_ID, DEPLOYER_PERMISSIONS } from "../sandbox/deployer.ts";
import { checkFaultPlan } from "../sandbox/faults.ts";
import { withSandbox } from "./sandbox-support.ts";

const page = readFileSync(join(import.meta.dirname, "..", "docs", "sandbox.md"), "utf8");

/** First cells of the table rows under a heading. */
const rowsUnder = (heading: string): readonly string[] => {
    const [, section = ""] = page.split(`\n## ${heading}\n`);
    return [...(section.split("\n## ")[0] ?? "").matchAll(/^\| (`.*?) \|/gm)].map(([, cell = ""]) => cell);
};

const words = (cells: readonly string[]): readonly string[] =>
    cells.flatMap(cell => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word)).sort();

describe("docs/sandbox.md", () => {
    it("shows a fault plan that is accepted, and names every kind of fault", () => {
        const [, json = ""] = /```json\n(.*?)```/s.exec(page) ?? [];
        assert.equal(checkFaultPlan(JSON.parse(json)).faults.length, 4);
        const kinds = words(rowsUnder("When things go wrong"));
        for (const kind of kinds) {
            assert.ok(checkFaultPlan({ faults: [{ kind, rate: 1, ...(kind === "latency" && { ms: 1 }) }] }));
        }
        assert.deepEqual(kinds, ["conflict", "error-after", "error-before", "latency", "lost", "throttle"]);
    });

    it("names the ids and permissions of a new cloud as they are", () => {
        for (const id of [TENANT_ID, SUBSCRIPTION_ID, DEPLOYER_APP_ID]) assert.ok(page.includes(`\`${id}\``), id);
        assert.ok(page.replaceAll("\n", " ").includes(`Microsoft Graph: ${DEPLOYER_PERMISSIONS.join(", ")}.`));
    });

    it("names each variable of the clients' environment", () =>
        withSandbox({}, async sandbox => {
            const documented = words(rowsUnder("The environment of its clients"));
            assert.deepEqual(documented, Object.keys(sandbox.env).sort());
        }));
});
