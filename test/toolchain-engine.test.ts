import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureEngine, findEngine } from "../toolchain/engine.ts";
import { FakeMachine, GOOD_BUILD } from "./setup/fake-machine.ts";

let machine: FakeMachine;

describe("toolchain: the engine", () => {
    beforeEach(async () => {
        machine = await FakeMachine.create();
    });
    afterEach(() => machine.remove());

    it("is the one on PATH when its version fits", async () => {
        const path = await machine.pulumi(join(machine.bin, "pulumi"), "v3.300.1");
        await machine.pulumi(machine.cached, machine.version);
        assert.deepEqual(await ensureEngine(machine.options()), { path, version: "3.300.1", source: "PATH" });
    });

    it("is the one LEASTWISE_PULUMI names, before the one on PATH", async () => {
        await machine.pulumi(join(machine.bin, "pulumi"), "v3.300.1");
        const path = await machine.pulumi(join(machine.folder, "mine", "pulumi"), machine.version);
        const found = await ensureEngine(machine.options({ env: { PATH: machine.bin, LEASTWISE_PULUMI: path } }));
        assert.deepEqual(found, { path, version: machine.version, source: "LEASTWISE_PULUMI" });
    });

    it("is refused when LEASTWISE_PULUMI names one that does not fit, instead of taking another in silence", async () => {
        await machine.pulumi(machine.cached, machine.version);
        const path = await machine.pulumi(join(machine.folder, "mine", "pulumi"), "v3.1.0");
        await assert.rejects(ensureEngine(machine.options({ env: { PATH: machine.bin, LEASTWISE_PULUMI: path } })), {
            message: `${path}: 3.1.0 is older than ${machine.version}`,
        });
    });

    for (const [version, why] of [
        ["v3.258.9", "older"],
        ["v4.0.0", "of another major version"],
        ["nonsense", "no version"],
    ] as const) {
        it(`is the cached one when the one on PATH is ${why}`, async () => {
            await machine.pulumi(join(machine.bin, "pulumi"), version);
            await machine.pulumi(machine.cached, machine.version);
            assert.deepEqual(await ensureEngine(machine.options()), {
                path: machine.cached,
                version: machine.version,
                source: "cache",
            });
        });
    }

    it("comes from the official installer when neither PATH nor cache has one, and is cached", async () => {
        await machine.go(GOOD_BUILD);
        const installer = async (root: string, version: string): Promise<void> =>
            void (await machine.pulumi(join(root, "bin", "pulumi"), `v${version}`));
        const first = await ensureEngine(machine.options({ installer }));
        assert.deepEqual(first, { path: machine.cached, version: machine.version, source: "installer" });
        assert.equal((await ensureEngine(machine.options())).source, "cache");
        assert.deepEqual(await machine.goCalls(), []);
    });

    it("is built from its Go module when the installer cannot reach its site", async () => {
        await machine.go(GOOD_BUILD);
        const found = await ensureEngine(machine.options());
        assert.deepEqual(found, { path: machine.cached, version: machine.version, source: "build" });
        const build = (await machine.goCalls()).at(-1) ?? "";
        assert.match(
            build,
            /^build .*-s -w -X \S+version\.Version=3\.259\.0 .*github\.com\/pulumi\/pulumi\/pkg\/v3\/cmd\/pulumi$/,
        );
    });

    it("is an error that names all three ways, each with why it failed", async () => {
        await machine.pulumi(join(machine.bin, "pulumi"), "v3.1.0");
        await machine.go("exit 1", "1.22.1");
        await assert.rejects(ensureEngine(machine.options()), (error: Error) => {
            assert.deepEqual(error.message.split("\n"), [
                "no Pulumi engine 3.259.0 could be found or made; any one of these is enough:",
                `  1. a 'pulumi' 3.259.0 or newer of the same major version on PATH: ${machine.bin}/pulumi: 3.1.0 is older than 3.259.0`,
                "  2. the official installer, which needs access to get.pulumi.com: https://get.pulumi.com/ is out of reach",
                `  3. a build from its Go module, which needs Go 1.26 and a Go module proxy: ${machine.bin}/go is Go 1.22.1; 1.26.0 or newer is needed`,
            ]);
            return true;
        });
    });

    it("is only looked for, never made, by findEngine", async () => {
        await machine.go(GOOD_BUILD);
        assert.deepEqual(await findEngine(machine.options()), { missing: "no 'pulumi' on PATH" });
        assert.equal(existsSync(machine.cache), false);
    });
});
