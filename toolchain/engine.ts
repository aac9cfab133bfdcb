import { join } from "node:path";
import { cachedEngine, install } from "./cache.ts";
import { cacheFolder } from "./cache-folder.ts";
import { which } from "./executables.ts";
import { buildEngine } from "./go-build.ts";
import { Interrupted, withInterrupt } from "./interrupt.ts";
import { withLock } from "./lock.ts";
import { installOfficial } from "./official-installer.ts";
import { type Progress, showProgress } from "./progress.ts";
import { engineVersion, misfit, PINNED_VERSION } from "./version.ts";

/** A Pulumi engine that fits the SDK, and where it came from. */
export interface Engine {
    readonly path: string;
    readonly version: string;
    readonly source: "LEASTWISE_PULUMI" | "PATH" | "cache" | "installer" | "build";
}

export interface EngineOptions {
    readonly env?: NodeJS.ProcessEnv;
    readonly cache?: string;
    readonly version?: string;
    /** Downloads the official release into a folder. */
    readonly installer?: (root: string, version: string) => Promise<void>;
    readonly progress?: (text: string) => Promise<Progress>;
}

const settled = (options: EngineOptions): Required<EngineOptions> => ({
    env: process.env,
    cache: cacheFolder(),
    version: PINNED_VERSION,
    installer: installOfficial,
    progress: showProgress,
    ...options,
});

const candidate = async (path: string, source: Engine["source"], options: Required<EngineOptions>): Promise<Engine> => {
    const found = await engineVersion(path, options.env);
    const why = misfit(found, options.version);
    if (why !== undefined) throw new Error(`${path}: ${why}`);
    return { path, version: found.version, source };
};

const onPath = async (options: Required<EngineOptions>): Promise<Engine> => {
    const path = which("pulumi", options.env["PATH"] ?? "");
    if (path === undefined) throw new Error("no 'pulumi' on PATH");
    return candidate(path, "PATH", options);
};

const fromCache = async (options: Required<EngineOptions>): Promise<Engine | undefined> => {
    const path = await cachedEngine(options.cache, options.version);
    return path === undefined ? undefined : { path, version: options.version, source: "cache" };
};

/** An engine that is there already, or why there is none. Makes and downloads nothing. */
export const findEngine = async (given: EngineOptions = {}): Promise<Engine | { readonly missing: string }> => {
    const options = settled(given);
    const named = options.env["LEASTWISE_PULUMI"];
    if (named !== undefined && named !== "") return candidate(named, "LEASTWISE_PULUMI", options);
    const missing: string[] = [];
    const usable = await onPath(options).catch((error: Error) => void missing.push(error.message));
    return usable ?? (await fromCache(options)) ?? { missing: missing.join("; ") };
};

const noEngine = (version: string, whys: readonly [string, string, string]): Error =>
    new Error(
        [
            `no Pulumi engine ${version} could be found or made; any one of these is enough:`,
            `  1. a 'pulumi' ${version} or newer of the same major version on PATH: ${whys[0]}`,
            `  2. the official installer, which needs access to get.pulumi.com: ${whys[1]}`,
            `  3. a build from its Go module, which needs Go 1.26 and a Go module proxy: ${whys[2]}`,
        ].join("\n"),
    );

const build = (options: Required<EngineOptions>, progress: Progress): Promise<string> =>
    withInterrupt(signal =>
        install(options.cache, options.version, root =>
            buildEngine(root, options.version, { env: options.env, signal, progress }),
        ),
    );

const make = async (options: Required<EngineOptions>, missing: string): Promise<Engine> => {
    const { version, cache } = options;
    const engine = { version } as const;
    const installed = await install(cache, version, root => options.installer(root, version)).catch((e: Error) => e);
    if (typeof installed === "string") return { ...engine, path: installed, source: "installer" };
    const progress = await options.progress(
        `Building the Pulumi engine ${version}: minutes, once per user and version`,
    );
    const built = await build(options, progress).catch((error: Error) => error);
    if (typeof built === "string") {
        progress.succeed(`Built the Pulumi engine ${version} into ${cache}`);
        return { ...engine, path: built, source: "build" };
    }
    if (built instanceof Interrupted) throw built;
    progress.fail("The Pulumi engine could not be built");
    throw noEngine(version, [missing, installed.message, built.message]);
};

/**
 * The engine to run: named by LEASTWISE_PULUMI, on PATH, cached, downloaded by the official installer, or built from
 * its Go module, in this order.
 * @throws Error that names every way and why it failed.
 */
export const ensureEngine = async (given: EngineOptions = {}): Promise<Engine> => {
    const options = settled(given);
    const found = await findEngine(options);
    if (!("missing" in found)) return found;
    let waiting: Progress | undefined;
    const onTaken = async (pid: number): Promise<void> => {
        waiting ??= await options.progress(`Waiting for process ${pid}, which is making the Pulumi engine`);
    };
    const engine = await withLock(
        join(options.cache, "engine", `${options.version}.lock`),
        async () => (await fromCache(options)) ?? make(options, found.missing),
        { onTaken },
    );
    waiting?.succeed("The Pulumi engine is there");
    return engine;
};
