import { mkdir, open, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const HEARTBEAT_MS = 5_000;
const SILENT_MS = 60_000;
const POLL_MS = 250;

/** True when a process of that id runs on this machine, even under another user. */
export const isAlive = (pid: number): boolean => {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
};

/** Process id of a lock's owner; undefined when the lock is free, or its owner died or went silent. */
const ownerOf = async (path: string): Promise<number | undefined> => {
    try {
        const [text, { mtimeMs }] = await Promise.all([readFile(path, "utf8"), stat(path)]);
        const pid = Number(text);
        const fresh = Date.now() - mtimeMs < SILENT_MS;
        if (text === "") return fresh ? -1 : undefined;
        return Number.isInteger(pid) && isAlive(pid) && fresh ? pid : undefined;
    } catch {
        return undefined;
    }
};

const claim = async (path: string): Promise<boolean> => {
    try {
        const file = await open(path, "wx");
        await file.writeFile(String(process.pid));
        await file.close();
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
        throw error;
    }
};

/** Moves a dead owner's lock aside; two that try at once cannot both move the same file. */
const discard = async (path: string): Promise<void> => {
    const aside = `${path}.${process.pid}.stale`;
    await rename(path, aside).catch(() => undefined);
    await rm(aside, { force: true });
};

export interface LockOptions {
    /** Called with the owner's process id each time the lock is found taken; throw to give up. */
    readonly onTaken?: (pid: number) => void | Promise<void>;
}

/**
 * Runs a task while holding a lock file. A lock whose owner died (or was silent for a minute) is taken over.
 * Two processes that take over in the same instant may both run: callers keep their results atomic by rename.
 */
export const withLock = async <T>(path: string, task: () => Promise<T>, options: LockOptions = {}): Promise<T> => {
    await mkdir(dirname(path), { recursive: true });
    while (!(await claim(path))) {
        const owner = await ownerOf(path);
        if (owner === undefined) await discard(path);
        else {
            await options.onTaken?.(owner);
            await sleep(POLL_MS);
        }
    }
    const heartbeat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), HEARTBEAT_MS);
    heartbeat.unref();
    try {
        return await task();
    } finally {
        clearInterval(heartbeat);
        await rm(path, { force: true });
    }
};
