import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { EngineOptions } from "../../toolchain/engine.ts";
import { silent } from "../../toolchain/progress.ts";

/** What a fake Go runs to build a Pulumi that answers with the version the linker was told, `$v`, into `$2`. */
export const GOOD_BUILD = `mkdir -p "$(dirname "$2")"; printf '#!/bin/sh\\necho v%s\\n' "$v" >"$2"; chmod +x "$2"`;

/** A machine of its own for the toolchain: PATH, home and cache in a temporary folder, and the download site out of reach. */
export class FakeMachine {
    readonly folder: string;
    readonly bin: string;
    readonly cache: string;
    readonly version = "3.259.0";
    /** Where the cache has the engine. */
    readonly cached: string;

    private constructor(folder: string) {
        this.folder = folder;
        this.bin = join(folder, "bin");
        this.cache = join(folder, "cache");
        this.cached = join(this.cache, "engine", this.version, "bin", "pulumi");
    }

    static async create(): Promise<FakeMachine> {
        const machine = new FakeMachine(await mkdtemp(join(tmpdir(), "leastwise-engine-")));
        await mkdir(machine.bin);
        return machine;
    }

    remove(): Promise<void> {
        return rm(this.folder, { recursive: true });
    }

    options(more: Partial<EngineOptions> = {}): EngineOptions {
        return {
            env: { PATH: [this.bin, "/usr/bin", "/bin"].join(delimiter), HOME: this.folder },
            cache: this.cache,
            version: this.version,
            installer: () => Promise.reject(new Error("https://get.pulumi.com/ is out of reach")),
            progress: () => Promise.resolve(silent),
            ...more,
        };
    }

    async executable(path: string, script: string): Promise<string> {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, `#!/bin/sh\n${script}\n`);
        await chmod(path, 0o755);
        return path;
    }

    /** A Pulumi that answers with a version. */
    pulumi(path: string, version: string): Promise<string> {
        return this.executable(path, `echo "${version}"`);
    }

    /** A Go that answers `version` and `list`, notes how it is called, and builds by a script. */
    go(build: string, version = "1.26.8"): Promise<string> {
        return this.executable(
            join(this.bin, "go"),
            `echo "$@" >>"${this.folder}/go.log"
case "$1" in
version) echo "go version go${version} linux/amd64" ;;
list) printf 'a\\nb\\n' ;;
build) while [ "$1" != "-o" ]; do case "$1" in *Version=*) v="\${1##*Version=}" ;; esac; shift; done
       ${build} ;;
esac`,
        );
    }

    /** How the fake Go was called so far. */
    async goCalls(): Promise<string[]> {
        const log = join(this.folder, "go.log");
        return existsSync(log) ? (await readFile(log, "utf8")).trim().split("\n") : [];
    }
}
