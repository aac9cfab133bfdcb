import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";
import { parse } from "semver";
import { stringify } from "yaml";
import { openSandbox, type SandboxSession } from "../cli/sandbox-session.ts";
import { ensureEngine } from "../toolchain/engine.ts";
import { separateChannels } from "../toolchain/engine-channels.ts";
import { engineEnvironment } from "../toolchain/environment.ts";
import { BROKEN, breaking, compliant } from "./policy-programs.ts";
import { type Ran, runWithPack } from "./setup/pack-run.ts";
import { PublishedPack } from "./setup/published-pack.ts";

describe("a stack in a policy group of Pulumi Cloud", function () {
    this.timeout(120_000);
    const published = new PublishedPack();
    let session: SandboxSession;
    let stack: Stack;
    let current: PulumiFn = compliant;

    /** The stack, where the engine finds the pack that it would fetch. Its home has what npm would install already. */
    const openStack = async (): Promise<Stack> => {
        const [home, workDir] = [join(published.folder, "home"), join(published.folder, "shop")];
        published.install(
            join(home, "policies", "contoso", `pulumi-analyzer-leastwise-v${published.cloud.pack?.versionTag}`),
        );
        mkdirSync(workDir);
        writeFileSync(
            join(workDir, "Pulumi.prod.yaml"),
            stringify({ config: { "azure-native:location": "westeurope" } }),
        );
        separateChannels();
        const engine = await ensureEngine();
        const command = Reflect.construct(PulumiCommand, [engine.path, parse(engine.version)]) as PulumiCommand;
        const envVars = {
            ...(await engineEnvironment(engine)),
            ...published.env,
            PULUMI_HOME: home,
            PULUMI_DEBUG_PROVIDERS: session.env["PULUMI_DEBUG_PROVIDERS"] ?? "",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        };
        return LocalWorkspace.selectStack(
            { stackName: "contoso/shop/prod", projectName: "shop", program: () => current() },
            { workDir, envVars, pulumiCommand: command },
        );
    };

    before(async () => {
        await published.open();
        session = await openSandbox({});
        stack = await openStack();
    });
    after(async () => {
        await session.close();
        await published.close();
    });

    const enable = async (config: unknown): Promise<void> => {
        const file = join(published.folder, "group.json");
        writeFileSync(file, JSON.stringify(config));
        const place = published.pack.folder;
        const { code, stderr } = await published.pulumi(
            ...([place, "policy", "enable", "contoso/leastwise", "latest", "--config", file] as const),
        );
        assert.equal(code, 0, stderr);
    };
    const preview = (program: PulumiFn): Promise<Ran> => {
        current = program;
        return runWithPack("", ({ onEvent }) => stack.preview({ onEvent }));
    };

    it("is stopped by what the pack finds, although nobody names a pack, and passed where it finds nothing", async () => {
        await enable({});
        const broken = await preview(breaking);
        assert.deepEqual([broken.failed, broken.stopped], [true, BROKEN]);
        const clean = await preview(compliant);
        assert.deepEqual([clean.said, clean.stopped], ["", []]);
    });

    it("is held to the levels that the group gives", async () => {
        await enable({ all: "advisory", "azure-scope-too-wide": "mandatory" });
        const { failed, stopped, advised } = await preview(breaking);
        assert.deepEqual([failed, stopped], [true, ["azure-scope-too-wide wide"]]);
        assert.deepEqual([...stopped, ...advised].sort(), BROKEN);
    });

    it("is stopped by a configuration of the group that names no rule there is, with the nearest", async () => {
        await enable({ "azure-scope-to-wide": "advisory" });
        const { failed, said, stopped } = await preview(compliant);
        assert.deepEqual([failed, stopped], [true, []]);
        assert.match(said, /unknown rule 'azure-scope-to-wide'; did you mean 'azure-scope-too-wide'\?/);
    });
});
