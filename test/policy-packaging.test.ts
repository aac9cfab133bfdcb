import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openSandbox, type SandboxSession } from "../cli/sandbox-session.ts";
import { Pack } from "../policy-pack/pack.ts";
import { presets } from "../policy-pack/presets.ts";
import { BROKEN, breaking, compliant } from "./policy-programs.ts";
import { runWithPack } from "./setup/pack-run.ts";
import { openProviderStack } from "./setup/provider-stack.ts";
import { PublishedPack } from "./setup/published-pack.ts";
import type { CliRun } from "./setup/pulumi-cli.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, "policy-pack", "package.json"), "utf8")) as {
    version: string;
};

/** All that is sent, and nothing else. */
const SENT = [
    "PulumiPolicy.yaml",
    "README.md",
    "dist/LICENCES.txt",
    "dist/facts/SOURCES.md",
    "dist/facts/app-roles.json",
    "dist/facts/azure-actions.json",
    "dist/facts/azure-rest.json",
    "dist/facts/azure-roles.json",
    "dist/facts/directory-roles.json",
    "dist/facts/graph-calls.json",
    "dist/facts/graph-cmdlets.json",
    "dist/facts/graph-overrides.json",
    "dist/grammar/tree-sitter-powershell.wasm",
    "dist/grammar/web-tree-sitter.wasm",
    "dist/index.cjs",
    "dist/runbook-scan-worker.cjs",
    "package.json",
    "presets/audit.json",
    "presets/baseline.json",
    "presets/strict.json",
];
const MOST_BYTES = 1_000_000;

describe("the policy pack, published to Pulumi Cloud by the CLI", function () {
    this.timeout(120_000);
    const own = new PublishedPack();
    const { pack, cloud, folder } = own;
    let published: CliRun;

    const pulumi = (...args: string[]): Promise<CliRun> => own.pulumi(pack.folder, ...args);

    before(async () => {
        published = await own.open();
    });
    after(() => own.close());

    it("is taken, in one upload that is said to be whole", () => {
        assert.equal(published.code, 0, published.stderr);
        assert.ok(
            published.stdout.includes(`Publishing "leastwise" - version ${VERSION} to "contoso"`),
            published.stdout,
        );
        assert.equal(cloud.complete, true);
        assert.equal(cloud.asked.filter(each => each === "PUT /upload").length, 1);
    });

    it("tells what it is, for whom, and how to use it", () => {
        const { name, displayName, versionTag, description, readme = "", provider, tags, runtime } = cloud.pack ?? {};
        assert.deepEqual(
            [name, displayName, versionTag, provider, runtime],
            ["leastwise", "Leastwise", VERSION, "azure", "nodejs"],
        );
        assert.deepEqual(tags, ["azure", "entra-id", "managed-identity", "least-privilege"]);
        assert.equal(readme, readFileSync(join(pack.folder, "README.md"), "utf8"));
        const yaml = readFileSync(join(pack.folder, "PulumiPolicy.yaml"), "utf8");
        assert.ok(yaml.includes(`description: ${description ?? "none"}\n`), description);
    });

    it("tells of each rule its level, severity, steps, page and the settings that it takes", () => {
        const told = cloud.pack?.policies ?? [];
        const policies = new Pack().policies;
        const names = (all: readonly { readonly name: string }[]): string[] => all.map(({ name }) => name).sort();
        assert.deepEqual(names(told), names(policies));
        for (const policy of policies) {
            const found = told.find(({ name }) => name === policy.name);
            const { configSchema, enforcementLevel, severity, remediationSteps, url, framework } = found ?? {};
            assert.deepEqual(
                [enforcementLevel, severity, remediationSteps, url, framework?.reference],
                ["mandatory", policy.severity, policy.remediationSteps, policy.url, policy.framework?.reference],
                policy.name,
            );
            const { enforcementLevel: levels, ...settings } = configSchema?.properties ?? {};
            assert.deepEqual(levels, { type: "string", enum: ["advisory", "mandatory", "remediate", "disabled"] });
            assert.deepEqual(settings, policy.configSchema?.properties, policy.name);
        }
    });

    it("sends what it needs and what says where that is from, neither sources nor tests, in less than a megabyte", () => {
        writeFileSync(join(folder, "sent.tgz"), cloud.tarball ?? "");
        const list = execFileSync("tar", ["tzf", "sent.tgz"], { cwd: folder, encoding: "utf8" });
        assert.deepEqual(list.trim().split("\n").sort(), SENT.map(file => `package/${file}`).sort());
        assert.ok((cloud.tarball?.length ?? 0) < MOST_BYTES, `${cloud.tarball?.length} bytes`);
    });

    it("is enabled with each preset, which fits the settings that Pulumi Cloud was told of", async () => {
        for (const name of Object.keys(presets())) {
            const file = join("presets", `${name}.json`);
            const config: unknown = JSON.parse(readFileSync(join(pack.folder, file), "utf8"));
            const valid = await pulumi("policy", "validate-config", "contoso/leastwise", VERSION, "--config", file);
            assert.equal(valid.code, 0, valid.stderr);
            const enabled = await pulumi("policy", "enable", "contoso/leastwise", "latest", "--config", file);
            assert.equal(enabled.code, 0, enabled.stderr);
            assert.deepEqual(cloud.enabled, { name: "leastwise", config });
        }
    });

    it("has wrong values refused by those settings before it is enabled", async () => {
        const wrong: readonly (readonly [unknown, RegExp])[] = [
            [{ "azure-scope-too-wide": { ceiling: "planet" } }, /configuration is invalid: ceiling must be one of/],
            [{ "azure-scope-too-wide": { where: [{ celing: "subscription" }] } }, /Additional property celing is not/],
            [{ "azure-role-privileged": { exceptions: [{ urn: "u" }] } }, /finding is required, reason is required/],
        ];
        for (const [config, expected] of wrong) {
            const file = join(folder, "wrong.json");
            writeFileSync(file, JSON.stringify(config));
            const { code, stderr } = await pulumi(
                ...["policy", "validate-config", "contoso/leastwise", VERSION, "--config", file],
            );
            assert.notEqual(code, 0);
            assert.match(stderr, expected);
        }
    });

    it("says that it is not built where it is not, and is not taken", async () => {
        const unbuilt = join(folder, "unbuilt");
        mkdirSync(unbuilt);
        for (const file of ["PulumiPolicy.yaml", "package.json", "index.js", "index.ts"])
            cpSync(join(ROOT, "policy-pack", file), join(unbuilt, file));
        symlinkSync(join(ROOT, "node_modules"), join(unbuilt, "node_modules"));
        const before = cloud.asked.filter(each => each.startsWith("POST")).length;
        const { code, stdout, stderr } = await own.pulumi(unbuilt, "policy", "publish", "contoso");
        assert.notEqual(code, 0);
        assert.match(stdout + stderr, /leastwise: the policy pack is not built; run 'npm run build' in the checkout\n/);
        assert.equal(cloud.asked.filter(each => each.startsWith("POST")).length, before);
    });

    it("judges on the engine, from the upload and nothing beside it but what it asks npm for", async () => {
        const place = join(folder, "installed");
        own.install(place);
        let session: SandboxSession | undefined;
        try {
            session = await openSandbox({});
            const stack = await openProviderStack(session.env["PULUMI_DEBUG_PROVIDERS"] ?? "", {
                "azure-native:location": "westeurope",
            });
            stack.program = breaking;
            const broken = await runWithPack(place, given => stack.stack.preview(given));
            stack.program = compliant;
            const clean = await runWithPack(place, given => stack.stack.preview(given));
            stack.close();
            assert.deepEqual([broken.failed, broken.stopped], [true, BROKEN]);
            assert.deepEqual([clean.said, clean.stopped], ["", []]);
        } finally {
            await session?.close();
        }
    });
});
