import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { executableName } from "./executables.ts";
import { isAlive } from "./lock.ts";
import { engineVersion } from "./version.ts";

/** The folder one engine version lives in. */
export const engineRoot = (cache: string, version: string): string => join(cache, "engine", version);

/** The engine's executable in an installation, laid out as the official installer does. */
export const engineIn = (root: string): string => join(root, "bin", executableName("pulumi"));

const verify = async (root: string, version: string): Promise<void> => {
    const found = await engineVersion(engineIn(root));
    if (found.version !== version) throw new Error(`${engineIn(root)} is version ${found.version}, not ${version}`);
};

/** The cached engine, or undefined when there is none or it does not answer with its version. */
export const cachedEngine = async (cache: string, version: string): Promise<string | undefined> => {
    const root = engineRoot(cache, version);
    return verify(root, version).then(
        () => engineIn(root),
        () => undefined,
    );
};

const temporaryPrefix = (root: string): string => `.${basename(root)}-`;

/** Removes what runs that were killed while they installed have left behind. */
const sweep = async (root: string): Promise<void> => {
    const entries = await readdir(dirname(root));
    const left = entries.filter(entry => {
        if (!entry.startsWith(temporaryPrefix(root))) return false;
        const pid = Number(entry.slice(temporaryPrefix(root).length).split("-")[0]);
        return !Number.isInteger(pid) || pid === process.pid || !isAlive(pid);
    });
    await Promise.all(left.map(entry => rm(join(dirname(root), entry), { recursive: true, force: true })));
};

/**
 * Puts an engine into the cache: `make` fills a temporary folder, the result must answer with its version, and one
 * rename makes it visible. Whatever happens before the rename leaves the cache as it was.
 */
export const install = async (
    cache: string,
    version: string,
    make: (root: string) => Promise<void>,
): Promise<string> => {
    const root = engineRoot(cache, version);
    await mkdir(dirname(root), { recursive: true });
    await sweep(root);
    const temporary = await mkdtemp(join(dirname(root), `${temporaryPrefix(root)}${process.pid}-`));
    try {
        await make(temporary);
        await verify(temporary, version);
        await rm(root, { recursive: true, force: true });
        await rename(temporary, root);
        return engineIn(root);
    } finally {
        await rm(temporary, { recursive: true, force: true });
    }
};
