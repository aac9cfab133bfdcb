import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { coerce } from "semver";
import { engineIn } from "./cache.ts";
import { runChild } from "./child.ts";
import { which } from "./executables.ts";
import type { Progress } from "./progress.ts";

/** The Go release that the engine's module asks for. */
export const LEAST_GO = "1.26.0";
const MODULE = "github.com/pulumi/pulumi";
const COMMAND = `${MODULE}/pkg/v3/cmd/pulumi`;
const CHECKSUMS = fileURLToPath(new URL("engine/go.sum", import.meta.url));
const USUAL_FOLDERS = ["/usr/local/go/bin", "/opt/homebrew/bin", "/usr/lib/go/bin"];

export interface GoBuild {
    readonly env: NodeJS.ProcessEnv;
    readonly signal: AbortSignal;
    readonly progress: Progress;
}

export interface Go {
    readonly path: string;
    readonly version: string;
}

/**
 * Finds a Go that can build the engine, on PATH or where its installers put it.
 * @throws Error when there is none, or only an older one.
 */
export const findGo = async (
    env: NodeJS.ProcessEnv,
    signal: AbortSignal = new AbortController().signal,
): Promise<Go> => {
    const path = which("go", env["PATH"] ?? "") ?? which("go", USUAL_FOLDERS.join(":"));
    if (path === undefined) throw new Error(`no 'go' on PATH; Go ${LEAST_GO} or newer is needed`);
    const answer = await runChild(path, ["version"], { cwd: "/", env: { ...env, GOTOOLCHAIN: "local" }, signal });
    const version = coerce(/go(\d+\.\d+(?:\.\d+)?)/.exec(answer)?.[1]);
    if (version === null) throw new Error(`${path} answers 'version' with '${answer.trim().slice(0, 60)}'`);
    if (version.compare(LEAST_GO) < 0)
        throw new Error(`${path} is Go ${version.version}; ${LEAST_GO} or newer is needed`);
    return { path, version: version.version };
};

const goMod = (version: string): string => `module engine\ngo 1.26\nrequire ${MODULE}/pkg/v3 v${version}\n`;

const counter = (pattern: RegExp, show: (count: number) => void): ((line: string) => void) => {
    let count = 0;
    return line => {
        if (pattern.test(line)) show((count += 1));
    };
};

/**
 * Builds the engine from its Go module into `root`, which takes minutes. The modules are checked against the
 * committed go.sum, so that what is built is what was tried.
 */
export const buildEngine = async (root: string, version: string, build: GoBuild): Promise<void> => {
    const go = await findGo(build.env, build.signal);
    const source = join(root, "source");
    await mkdir(source, { recursive: true });
    await writeFile(join(source, "go.mod"), goMod(version));
    await copyFile(CHECKSUMS, join(source, "go.sum"));
    const env = { ...build.env, GOFLAGS: "-mod=mod", GOWORK: "off", GO111MODULE: "on", CGO_ENABLED: "0" };
    const child = { cwd: source, env, signal: build.signal };

    const fetched = counter(/^go: downloading /, count => build.progress.update(`Fetching Go modules: ${count}`));
    const packages = await runChild(go.path, ["list", "-deps", COMMAND], { ...child, onLine: fetched });
    const total = packages.trim().split("\n").length;

    const compiled = counter(/^\S+$/, count => build.progress.update(`Compiling package ${count} of ${total}`));
    const link = `-s -w -X ${MODULE}/sdk/v3/go/common/version.Version=${version}`;
    const args = ["build", "-v", "-trimpath", "-buildvcs=false", "-ldflags", link, "-o", engineIn(root), COMMAND];
    await runChild(go.path, args, { ...child, onLine: compiled });
    await rm(source, { recursive: true });
};
