import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { findRole } from "../access/roles.ts";
import { openSandbox, type SandboxSession } from "../cli/sandbox-session.ts";
import { openStack } from "../cli/stack.ts";
import { presets } from "../policy-pack/presets.ts";
import { buildPolicyPack } from "../scripts/build-policy-pack.ts";
import { World } from "./end-to-end/world.ts";
import { breaking, BROKEN, compliant } from "./policy-programs.ts";
import { type Ran, runWithPack } from "./setup/pack-run.ts";
import { openProviderStack, type ProviderStack } from "./setup/provider-stack.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PACK = join(ROOT, "policy-pack");
const PASSED = { failed: false, stopped: [], advised: [], said: "" };

/** Runs an operation with the pack, and gathers what it found. */
const withPack = (run: Parameters<typeof runWithPack>[1]): Promise<Ran> => runWithPack(PACK, run);

/** A preset for a stack whose mailer writes from any mailbox, which a team allows it in its own configuration. */
const sendingMail = (preset: "baseline" | "strict"): object => {
    const rule = "graph-resource-scoped-way";
    return { ...presets()[preset], [rule]: { ...(presets()[preset][rule] as object), allowed: ["Mail.Send"] } };
};

describe("the policy pack on the engine", function () {
    this.timeout(60_000);
    let session: SandboxSession;
    let stack: ProviderStack;

    before(async () => {
        await buildPolicyPack();
        session = await openSandbox({});
        stack = await openProviderStack(session.env["PULUMI_DEBUG_PROVIDERS"] ?? "", {
            "azure-native:location": "westeurope",
        });
    });
    after(async () => {
        stack.close();
        await session.close();
    });

    const preview = (program: PulumiFn): Promise<Ran> => {
        stack.program = program;
        return withPack(given => stack.stack.preview(given));
    };

    it("fails the first preview of a stack that breaks the rules, and names each rule and resource", async () => {
        const { failed, stopped, advised, said } = await preview(breaking);
        assert.deepEqual({ failed, stopped, advised }, { failed: true, stopped: BROKEN, advised: [] });
        const rules = [...new Set(BROKEN.map(line => line.split(" ")[0] ?? ""))];
        for (const rule of rules) assert.ok(said.includes(rule), rule);
    });

    it("fails on a setting that the rule does not have, before anything is judged", async () => {
        const config = join(mkdtempSync(join(tmpdir(), "leastwise-policy-")), "config.json");
        writeFileSync(config, JSON.stringify({ "azure-scope-too-wide": { ceiling: "planet" } }));
        stack.program = () => Promise.resolve();
        const { failed, said } = await withPack(given =>
            stack.stack.preview({ ...given, policyPackConfigs: [config] }),
        );
        assert.ok(failed);
        assert.match(said, /azure-scope-too-wide: ceiling: ceiling must be one of/);
    });

    it("creates nothing that breaks a rule when an update skips the preview", async () => {
        const { roleAssignments, appRoleAssignments, customRoles, resources: made } = session.sandbox.cloud;
        const before = [roleAssignments.size, appRoleAssignments.size];
        stack.program = breaking;
        const { failed, stopped } = await withPack(given => stack.stack.up(given));
        assert.deepEqual([roleAssignments.size, appRoleAssignments.size, customRoles.size], [...before, 0]);
        assert.deepEqual(
            [...made.values()].filter(({ type }) => /automation/i.test(type)),
            [],
        );
        assert.ok(failed && stopped.length > 0 && stopped.every(each => BROKEN.includes(each)), stopped.join());
    });

    it("passes the preview and the update of the compliant twin", async () => {
        assert.deepEqual(await preview(compliant), PASSED);
        assert.deepEqual(await withPack(given => stack.stack.up(given)), PASSED);
    });

    it("passes a deployed stack without its program, and fails it once a role in it is privileged", async () => {
        const analyze = () => stack.run("policy", "analyze", "--policy-pack", PACK);
        const good = await analyze();
        assert.equal(good.code, 0, good.stdout + good.stderr);
        const [reader, owner] = [findRole("Reader").id, findRole("Owner").id];
        const exported = JSON.stringify(await stack.stack.exportStack());
        assert.ok(exported.includes(reader));
        await stack.stack.importStack(JSON.parse(exported.replaceAll(reader, owner)) as never);
        const bad = await analyze();
        assert.notEqual(bad.code, 0);
        assert.match(bad.stdout, /azure-role-privileged[^]*role 'Owner' allows every action/);
    });

    it("lets the example stack pass the baseline preset, and the strict one", async () => {
        const world = new World();
        try {
            const example = readFileSync(join(ROOT, "Pulumi.example.yaml"), "utf8");
            world.write("Pulumi.test.yaml", example);
            for (const file of readdirSync(join(ROOT, "runbooks")).filter(name => name.endsWith(".ps1")))
                cpSync(join(ROOT, "runbooks", file), join(world.project.folder, "runbooks", file), { recursive: true });
            await world.reopen();
            const open = await openStack({ project: world.project, stack: "test", session: world.session });
            for (const preset of ["baseline", "strict"] as const) {
                world.write(`${preset}.json`, JSON.stringify(sendingMail(preset)));
                const policyPackConfigs = [join(world.project.folder, `${preset}.json`)];
                const ran = await withPack(given => open.stack.preview({ ...given, policyPackConfigs }));
                assert.deepEqual(ran, PASSED, preset);
            }
        } finally {
            await world.close();
        }
    });
});
