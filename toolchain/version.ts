import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { version } from "@pulumi/pulumi/version.js";
import { parse, type SemVer } from "semver";

/** The engine version the SDK in node_modules was made for: engine and SDK are pinned to one version. */
export const PINNED_VERSION: string = version;

const run = promisify(execFile);
const ANSWER_WITHIN_MS = 20_000;

/** Runs a task with a home folder for the engine that is gone afterwards: it logs even a question for its version. */
const withHome = async <T>(task: (home: string) => Promise<T>): Promise<T> => {
    const home = await mkdtemp(join(tmpdir(), "leastwise-"));
    return task(home).finally(() => rm(home, { recursive: true, force: true }));
};

/**
 * Asks an executable for its version, as `pulumi version` prints it.
 * @throws Error that says why it gave none: missing, not executable, crashed, or no version in its answer.
 */
export const engineVersion = async (path: string, env: NodeJS.ProcessEnv = process.env): Promise<SemVer> => {
    const ask = (home: string): Promise<{ stdout: string }> =>
        run(path, ["version"], {
            env: { ...env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
            timeout: ANSWER_WITHIN_MS,
        });
    const { stdout } = await withHome(ask).catch((error: NodeJS.ErrnoException) => {
        throw new Error(`${path} does not answer 'version' (${error.code ?? error.message})`);
    });
    const found = parse(stdout.trim());
    if (found === null) throw new Error(`${path} answers 'version' with '${stdout.trim().slice(0, 60)}'`);
    return found;
};

/** Why an engine version does not fit the SDK, or undefined when it does: same major, not older than the pin. */
export const misfit = (found: SemVer, pinned: string = PINNED_VERSION): string | undefined => {
    const wanted = parse(pinned);
    if (wanted === null) throw new Error(`'${pinned}' is no version`);
    if (found.major !== wanted.major) return `${found.version} has another major version than ${pinned}`;
    return found.compare(wanted) < 0 ? `${found.version} is older than ${pinned}` : undefined;
};
