import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { RULES } from "../policy-pack/rules/index.ts";
import { failuresOf, recordCases } from "./policy-support.ts";

const FOLDER = join(import.meta.dirname, "policy-rules");

describe("each rule without its check", function () {
    this.timeout(60_000);

    it("fails a case of its own test, and with its check none", async () => {
        const cases = await recordCases(async () => {
            for (const file of readdirSync(FOLDER)) await import(`${pathToFileURL(join(FOLDER, file)).href}?cases`);
        });
        for (const rule of RULES) {
            const own = cases.get(rule.name) ?? [];
            assert.ok(own.length > 0, `${rule.name} has no case`);
            assert.equal(failuresOf(rule, own), 0, `${rule.name}, whole`);
            assert.ok(failuresOf(rule, own, () => []) > 0, `${rule.name} without its check passes all its cases`);
        }
    });
});
