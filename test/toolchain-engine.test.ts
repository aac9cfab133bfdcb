import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureEngine, type EngineOptions, findEngine } from "../toolchain/engine.ts";
import { silent } from "../toolchain/progress.ts";
import { PINNED_VERSION } from "../toolchain/version.ts";

const VERSION = "3.259.0";

let folder: string;
let bin: string;
let cache: string;

const executable = async (path: string, script: string): Promise<string> => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return path;
};

const pulumi = (path: string, version: string): Promise<string> => executable(path, `echo "${version}"`);

/** A Go that answers `version`, `list`, and whose `build` writes a Pulumi of the version the linker was told. */
const go = (build: string, version = "1.26.8"): Promise<string> =>
    executable(
        join(bin, "go"),
        `echo "$@" >>"${folder}/go.log"
case "$1" in
version) echo "go version go${version} linux/amd64" ;;
list) printf 'a\\nb\\n' ;;
build) while [ "$1" != "-o" ]; do case "$1" in *Version=*) v="\${1##*Version=}" ;; esac; shift; done
       ${build} ;;
esac`,
    );

const GOOD_BUILD = `mkdir -p "$(dirname "$2")"; printf '#!/bin/sh\\necho v%s\\n' "$v" >"$2"; chmod +x "$2"`;

const goCalls = async (): Promise<string[]> =>
    existsSync(join(folder, "go.log")) ? (await readFile(join(folder, "go.log"), "utf8")).trim().split("\n") : [];

const unreachable = (): Promise<void> => Promise.reject(new Error("https://get.pulumi.com/ is out of reach"));

const options = (more: Partial<EngineOptions> = {}): EngineOptions => ({
    env: { PATH: [bin, "/usr/bin", "/bin"].join(delimiter), HOME: folder },
    cache,
    version: VERSION,
    installer: unreachable,
    progress: () => Promise.resolve(silent),
    ...more,
});

const cached = (): string => join(cache, "engine", VERSION, "bin", "pulumi");

describe("toolchain: the engine", () => {
    beforeEach(async () => {
        folder = await mkdtemp(join(tmpdir(), "leastwise-engine-"));
        bin = join(folder, "bin");
        cache = join(folder, "cache");
        await mkdir(bin);
    });
    afterEach(() => rm(folder, { recursive: true }));

    it("is the one on PATH when its version fits", async () => {
        const path = await pulumi(join(bin, "pulumi"), "v3.300.1");
        await pulumi(cached(), VERSION);
        assert.deepEqual(await ensureEngine(options()), { path, version: "3.300.1", source: "PATH" });
    });

    it("is the one LEASTWISE_PULUMI names, before the one on PATH", async () => {
        await pulumi(join(bin, "pulumi"), "v3.300.1");
        const path = await pulumi(join(folder, "mine", "pulumi"), VERSION);
        const found = await ensureEngine(options({ env: { PATH: bin, LEASTWISE_PULUMI: path } }));
        assert.deepEqual(found, { path, version: VERSION, source: "LEASTWISE_PULUMI" });
    });

    it("is refused when LEASTWISE_PULUMI names one that does not fit, instead of taking another in silence", async () => {
        await pulumi(cached(), VERSION);
        const path = await pulumi(join(folder, "mine", "pulumi"), "v3.1.0");
        await assert.rejects(ensureEngine(options({ env: { PATH: bin, LEASTWISE_PULUMI: path } })), {
            message: `${path}: 3.1.0 is older than ${VERSION}`,
        });
    });

    for (const [version, why] of [
        ["v3.258.9", "older"],
        ["v4.0.0", "of another major version"],
        ["nonsense", "no version"],
    ] as const) {
        it(`is the cached one when the one on PATH is ${why}`, async () => {
            await pulumi(join(bin, "pulumi"), version);
            await pulumi(cached(), VERSION);
            assert.deepEqual(await ensureEngine(options()), { path: cached(), version: VERSION, source: "cache" });
        });
    }

    it("comes from the official installer when neither PATH nor cache has one, and is cached", async () => {
        await go(GOOD_BUILD);
        const installer = async (root: string, version: string): Promise<void> =>
            void (await pulumi(join(root, "bin", "pulumi"), `v${version}`));
        const first = await ensureEngine(options({ installer }));
        assert.deepEqual(first, { path: cached(), version: VERSION, source: "installer" });
        assert.equal((await ensureEngine(options())).source, "cache");
        assert.deepEqual(await goCalls(), []);
    });

    it("is built from its Go module when the installer cannot reach its site", async () => {
        await go(GOOD_BUILD);
        const found = await ensureEngine(options());
        assert.deepEqual(found, { path: cached(), version: VERSION, source: "build" });
        const build = (await goCalls()).at(-1) ?? "";
        assert.match(
            build,
            /^build .*-s -w -X \S+version\.Version=3\.259\.0 .*github\.com\/pulumi\/pulumi\/pkg\/v3\/cmd\/pulumi$/,
        );
    });

    it("leaves nothing but the engine in the cache after a build", async () => {
        await go(GOOD_BUILD);
        await ensureEngine(options());
        assert.deepEqual(readdirSync(join(cache, "engine")), [VERSION]);
        assert.deepEqual(readdirSync(join(cache, "engine", VERSION)), ["bin"]);
    });

    it("is built again when the cached one does not answer with its version", async () => {
        await executable(cached(), "exit 3");
        await go(GOOD_BUILD);
        assert.equal((await ensureEngine(options())).source, "build");
        assert.equal((await ensureEngine(options())).source, "cache");
    });

    it("is never seen half-built: a build that fails leaves the cache empty", async () => {
        await go(`mkdir -p "$(dirname "$2")"; echo half >"$2"; echo 'out of disk' >&2; exit 1`);
        await assert.rejects(ensureEngine(options()), /out of disk/);
        assert.deepEqual(readdirSync(join(cache, "engine")), []);
    });

    it("is never seen wrong: a build of another version is refused and not cached", async () => {
        await go(`mkdir -p "$(dirname "$2")"; printf '#!/bin/sh\\necho v3.1.0\\n' >"$2"; chmod +x "$2"`);
        await assert.rejects(ensureEngine(options()), /is version 3\.1\.0, not 3\.259\.0/);
        assert.deepEqual(readdirSync(join(cache, "engine")), []);
    });

    it("is built once when two ask for it at the same time", async () => {
        await go(`sleep 0.3; ${GOOD_BUILD}`);
        const found = await Promise.all([ensureEngine(options()), ensureEngine(options())]);
        assert.deepEqual(found.map(engine => engine.source).sort(), ["build", "cache"]);
        assert.equal((await goCalls()).filter(call => call.startsWith("build")).length, 1);
    });

    it("removes what a killed build left before it builds", async () => {
        const DEAD_PID = 4_194_303;
        await mkdir(join(cache, "engine", `.${VERSION}-${DEAD_PID}-x`), { recursive: true });
        await go(GOOD_BUILD);
        await ensureEngine(options());
        assert.deepEqual(readdirSync(join(cache, "engine")), [VERSION]);
    });

    it("stops to be built when the process is told to stop, and leaves the cache empty", async () => {
        await go(`echo $$ >"${folder}/go.pid"; exec sleep 60`);
        const module = new URL("../toolchain/engine.ts", import.meta.url).href;
        const given = JSON.stringify({ cache, version: VERSION, env: options().env });
        const program = `import { ensureEngine } from ${JSON.stringify(module)};
            const installer = () => Promise.reject(new Error("out of reach"));
            await ensureEngine({ ...${given}, installer }).catch(error => console.log(error.message));`;
        const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
            stdio: ["ignore", "pipe", "ignore"],
        });
        while (!existsSync(join(folder, "go.pid"))) await sleep(20);
        child.kill("SIGTERM");
        const said = await text(child.stdout);
        assert.equal(said.trim(), "interrupted by SIGTERM");
        assert.deepEqual(readdirSync(join(cache, "engine")), []);
        const pid = Number(await readFile(join(folder, "go.pid"), "utf8"));
        assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
    });

    it("is built from modules whose checksums are in the repository", async () => {
        const sums = await readFile(new URL("../toolchain/engine/go.sum", import.meta.url), "utf8");
        assert.match(
            sums,
            new RegExp(`^github.com/pulumi/pulumi/pkg/v3 v${PINNED_VERSION.replaceAll(".", "\\.")} h1:`, "m"),
        );
    });

    it("is an error that names all three ways, each with why it failed", async () => {
        await pulumi(join(bin, "pulumi"), "v3.1.0");
        await go("exit 1", "1.22.1");
        await assert.rejects(ensureEngine(options()), (error: Error) => {
            assert.deepEqual(error.message.split("\n"), [
                "no Pulumi engine 3.259.0 could be found or made; any one of these is enough:",
                `  1. a 'pulumi' 3.259.0 or newer of the same major version on PATH: ${bin}/pulumi: 3.1.0 is older than 3.259.0`,
                "  2. the official installer, which needs access to get.pulumi.com: https://get.pulumi.com/ is out of reach",
                `  3. a build from its Go module, which needs Go 1.26 and a Go module proxy: ${bin}/go is Go 1.22.1; 1.26.0 or newer is needed`,
            ]);
            return true;
        });
    });

    it("is only looked for, never made, by findEngine", async () => {
        await go(GOOD_BUILD);
        assert.deepEqual(await findEngine(options()), { missing: "no 'pulumi' on PATH" });
        assert.equal(existsSync(cache), false);
    });
});
