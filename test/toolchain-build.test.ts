import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureEngine } from "../toolchain/engine.ts";
import { PINNED_VERSION } from "../toolchain/version.ts";
import { FakeMachine, GOOD_BUILD } from "./setup/fake-machine.ts";

let machine: FakeMachine;

describe("toolchain: an engine that is built", () => {
    beforeEach(async () => {
        machine = await FakeMachine.create();
    });
    afterEach(() => machine.remove());

    it("leaves nothing but the engine in the cache after a build", async () => {
        await machine.go(GOOD_BUILD);
        await ensureEngine(machine.options());
        assert.deepEqual(readdirSync(join(machine.cache, "engine")), [machine.version]);
        assert.deepEqual(readdirSync(join(machine.cache, "engine", machine.version)), ["bin"]);
    });

    it("is built again when the cached one does not answer with its version", async () => {
        await machine.executable(machine.cached, "exit 3");
        await machine.go(GOOD_BUILD);
        assert.equal((await ensureEngine(machine.options())).source, "build");
        assert.equal((await ensureEngine(machine.options())).source, "cache");
    });

    it("is never seen half-built: a build that fails leaves the cache empty", async () => {
        await machine.go(`mkdir -p "$(dirname "$2")"; echo half >"$2"; echo 'out of disk' >&2; exit 1`);
        await assert.rejects(ensureEngine(machine.options()), /out of disk/);
        assert.deepEqual(readdirSync(join(machine.cache, "engine")), []);
    });

    it("is never seen wrong: a build of another version is refused and not cached", async () => {
        await machine.go(`mkdir -p "$(dirname "$2")"; printf '#!/bin/sh\\necho v3.1.0\\n' >"$2"; chmod +x "$2"`);
        await assert.rejects(ensureEngine(machine.options()), /is version 3\.1\.0, not 3\.259\.0/);
        assert.deepEqual(readdirSync(join(machine.cache, "engine")), []);
    });

    it("is built once when two ask for it at the same time", async () => {
        await machine.go(`sleep 0.3; ${GOOD_BUILD}`);
        const found = await Promise.all([ensureEngine(machine.options()), ensureEngine(machine.options())]);
        assert.deepEqual(found.map(engine => engine.source).sort(), ["build", "cache"]);
        assert.equal((await machine.goCalls()).filter(call => call.startsWith("build")).length, 1);
    });

    it("removes what a killed build left before it builds", async () => {
        const DEAD_PID = 4_194_303;
        await mkdir(join(machine.cache, "engine", `.${machine.version}-${DEAD_PID}-x`), { recursive: true });
        await machine.go(GOOD_BUILD);
        await ensureEngine(machine.options());
        assert.deepEqual(readdirSync(join(machine.cache, "engine")), [machine.version]);
    });

    it("stops to be built when the process is told to stop, and leaves the cache empty", async () => {
        await machine.go(`echo $$ >"${machine.folder}/go.pid"; exec sleep 60`);
        const module = new URL("../toolchain/engine.ts", import.meta.url).href;
        const given = JSON.stringify({ cache: machine.cache, version: machine.version, env: machine.options().env });
        const program = `import { ensureEngine } from ${JSON.stringify(module)};
            const installer = () => Promise.reject(new Error("out of reach"));
            await ensureEngine({ ...${given}, installer }).catch(error => console.log(error.message));`;
        const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
            stdio: ["ignore", "pipe", "ignore"],
        });
        while (!existsSync(join(machine.folder, "go.pid"))) await sleep(20);
        child.kill("SIGTERM");
        const said = await text(child.stdout);
        assert.equal(said.trim(), "interrupted by SIGTERM");
        assert.deepEqual(readdirSync(join(machine.cache, "engine")), []);
        const pid = Number(await readFile(join(machine.folder, "go.pid"), "utf8"));
        assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
    });

    it("is built from modules whose checksums are in the repository", async () => {
        const sums = await readFile(new URL("../toolchain/engine/go.sum", import.meta.url), "utf8");
        assert.match(
            sums,
            new RegExp(`^github.com/pulumi/pulumi/pkg/v3 v${PINNED_VERSION.replaceAll(".", "\\.")} h1:`, "m"),
        );
    });
});
