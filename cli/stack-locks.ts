import { readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../toolchain/lock.ts";
import type { Project } from "./project.ts";

const OWNER_ENDS_WITHIN_MS = 15_000;

interface StackLock {
    readonly file: string;
    readonly pid: number;
    readonly hostname: string;
}

const readLock = async (file: string): Promise<StackLock | undefined> => {
    try {
        return { file, ...(JSON.parse(await readFile(file, "utf8")) as Omit<StackLock, "file">) };
    } catch {
        return undefined;
    }
};

const locksOf = async (project: Project, stack: string): Promise<StackLock[]> => {
    const folder = join(project.local, "backend", ".pulumi", "locks", "organization", project.name, stack);
    const files = await readdir(folder).catch(() => []);
    const locks = await Promise.all(
        files.filter(file => file.endsWith(".json")).map(file => readLock(join(folder, file))),
    );
    return locks.filter(lock => lock !== undefined);
};

/**
 * Removes locks on a sandbox stack whose engine died. An engine whose program died ends by itself; it is waited for.
 * @throws Error when another engine works on the stack
 */
export const releaseLocks = async (project: Project, stack: string): Promise<void> => {
    const deadline = Date.now() + OWNER_ENDS_WITHIN_MS;
    for (const lock of await locksOf(project, stack)) {
        while (lock.hostname === hostname() && isAlive(lock.pid)) {
            if (Date.now() > deadline) {
                throw new Error(`stack '${stack}' is being worked on by process ${lock.pid}; wait for it to end`);
            }
            await sleep(200);
        }
        await rm(lock.file, { force: true });
    }
};
