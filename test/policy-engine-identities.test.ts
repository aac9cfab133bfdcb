import assert from "node:assert/strict";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { openSandbox, type SandboxSession } from "../cli/sandbox-session.ts";
import {
    breakingIdentities,
    BROKEN_IDENTITIES,
    compliantIdentities,
    lateFederation,
} from "./policy-programs-identities.ts";
import { BuiltPack, type Ran, runWithPack } from "./setup/pack-run.ts";
import { openProviderStack, type ProviderStack } from "./setup/provider-stack.ts";

const PASSED = { failed: false, stopped: [], advised: [], said: "" };

/** What only the whole stack tells, so that an update that skips the preview makes it first. */
const WHEN_IT_ENDS = ["automation-account-shared", "grant-without-reason", "identity-shared", "identity-unused"];

describe("the rules on identities and Automation on the engine", function () {
    this.timeout(120_000);
    const pack = new BuiltPack();
    let session: SandboxSession;
    let stack: ProviderStack;

    before(async () => {
        await pack.build();
        session = await openSandbox({});
        stack = await openProviderStack(session.env["PULUMI_DEBUG_PROVIDERS"] ?? "", {
            "azure-native:location": "westeurope",
        });
    });
    after(async () => {
        stack.close();
        await session.close();
        pack.close();
    });

    const preview = (program: PulumiFn): Promise<Ran> => {
        stack.program = program;
        return runWithPack(pack.folder, given => stack.stack.preview(given));
    };
    const up = (program: PulumiFn): Promise<Ran> => {
        stack.program = program;
        return runWithPack(pack.folder, given => stack.stack.up(given));
    };

    it("fail the first preview of a stack that breaks them, and name each rule and resource", async () => {
        const { failed, stopped, advised } = await preview(breakingIdentities);
        assert.deepEqual({ failed, stopped, advised }, { failed: true, stopped: BROKEN_IDENTITIES, advised: [] });
    });

    it("create nothing that breaks them when an update skips the preview, where one resource tells", async () => {
        const { failed, stopped } = await up(breakingIdentities);
        const made = [...session.sandbox.cloud.resources.values()].map(({ type }) => type.toLowerCase());
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
        assert.deepEqual(await preview(compliantIdentities), PASSED);
        assert.deepEqual(await up(compliantIdentities), PASSED);
        const analysed = await stack.run("policy", "analyze", "--policy-pack", pack.folder);
        assert.equal(analysed.code, 0, analysed.stdout + analysed.stderr);
    });

    it("refuse what is not known at the first preview, or leave it to the update, which refuses it before it is made", async () => {
        const LATE = ["federated-credential-too-wide late-subject"];
        assert.deepEqual((await preview(lateFederation)).stopped, [...LATE, "identity-unused late"]);
        stack.program = lateFederation;
        const policyPackConfigs = [join(pack.folder, "presets", "baseline.json")];
        const inBaseline = (run: "preview" | "up"): Promise<Ran> =>
            runWithPack(pack.folder, given => stack.stack[run]({ ...given, policyPackConfigs }));
        assert.deepEqual((await inBaseline("preview")).stopped, []);
        assert.deepEqual((await inBaseline("up")).stopped, LATE);
        const made = [...session.sandbox.cloud.resources.values()].map(({ name }) => name);
        assert.deepEqual([made.includes("id-late"), made.includes("late-subject")], [true, false]);
    });
});
