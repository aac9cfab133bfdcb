import assert from "node:assert/strict";
import { join } from "node:path";
import {
    breakingIdentities,
    BROKEN_IDENTITIES,
    compliantIdentities,
    lateFederation,
} from "./policy-programs-identities.ts";
import { PackStack, type Ran, runWithPack } from "./setup/pack-run.ts";

const PASSED = { failed: false, stopped: [], advised: [], said: "" };

/** What only the whole stack tells, so that an update that skips the preview makes it first. */
const WHEN_IT_ENDS = ["automation-account-shared", "grant-without-reason", "identity-shared", "identity-unused"];

describe("the rules on identities and Automation on the engine", function () {
    this.timeout(120_000);
    const on = new PackStack();

    before(() => on.open());
    after(() => on.close());

    it("fail the first preview of a stack that breaks them, and name each rule and resource", async () => {
        const { failed, stopped, advised } = await on.preview(breakingIdentities);
        assert.deepEqual({ failed, stopped, advised }, { failed: true, stopped: BROKEN_IDENTITIES, advised: [] });
    });

    it("create nothing that breaks them when an update skips the preview, where one resource tells", async () => {
        const { failed, stopped } = await on.up(breakingIdentities);
        const made = [...on.session.sandbox.cloud.resources.values()].map(({ type }) => type.toLowerCase());
        const decidable = /automation|web\/sites|federated/;
        assert.deepEqual(
            made.filter(type => decidable.test(type)),
            [],
        );
        assert.ok(failed);
        const early = BROKEN_IDENTITIES.filter(line => !WHEN_IT_ENDS.includes(line.split(" ")[0] ?? ""));
        assert.ok(stopped.length > 0 && stopped.every(line => early.includes(line)), stopped.join());
    });

    it("pass the preview and the update of the compliant twin, and its state", async () => {
        assert.deepEqual(await on.preview(compliantIdentities), PASSED);
        assert.deepEqual(await on.up(compliantIdentities), PASSED);
        const analysed = await on.stack.run("policy", "analyze", "--policy-pack", on.pack.folder);
        assert.equal(analysed.code, 0, analysed.stdout + analysed.stderr);
    });

    it("refuse what is not known at the first preview, or leave it to the update, which refuses it before it is made", async () => {
        const LATE = ["federated-credential-too-wide late-subject"];
        assert.deepEqual((await on.preview(lateFederation)).stopped, [...LATE, "identity-unused late"]);
        on.stack.program = lateFederation;
        const policyPackConfigs = [join(on.pack.folder, "presets", "baseline.json")];
        const inBaseline = (run: "preview" | "up"): Promise<Ran> =>
            runWithPack(on.pack.folder, given => on.stack.stack[run]({ ...given, policyPackConfigs }));
        assert.deepEqual((await inBaseline("preview")).stopped, []);
        assert.deepEqual((await inBaseline("up")).stopped, LATE);
        const made = [...on.session.sandbox.cloud.resources.values()].map(({ name }) => name);
        assert.deepEqual([made.includes("id-late"), made.includes("late-subject")], [true, false]);
    });
});
