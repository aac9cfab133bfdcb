import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** The holder of a lock: a process id, and on Linux when that process began, as ids are used again. */
interface Holder {
    readonly pid: number;
    readonly began?: string;
}

const heldHere = new Set<string>();

/** When a process began (`/proc/PID/stat`, field 22); undefined off Linux, for a zombie and for none. */
const beganAt = (pid: number): string | undefined => {
    try {
        const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
        return fields[0] === "Z" ? undefined : fields[19];
    } catch {
        return undefined;
    }
};

const isAlive = ({ pid, began }: Holder): boolean => {
    if (pid === process.pid) return false;
    try {
        process.kill(pid, 0);
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
    return began === undefined || began === beganAt(pid);
};

const readHolder = (lockFile: string): Holder | undefined => {
    try {
        return JSON.parse(readFileSync(lockFile, "utf8")) as Holder;
    } catch {
        return undefined;
    }
};

/** Moves a dead holder's lock away; puts it back when a live one took its place in the meantime. */
const removeStale = (lockFile: string): void => {
    const aside = `${lockFile}.${process.pid}`;
    try {
        renameSync(lockFile, aside);
    } catch {
        return;
    }
    const holder = readHolder(aside);
    if (holder && isAlive(holder)) linkSync(aside, lockFile);
    rmSync(aside);
};

/**
 * Locks a state file against a second sandbox; returns what releases the lock.
 * A lock left by a killed process is taken over.
 * @throws when another live process, or this one, holds the file
 */
export const lock = (file: string): (() => void) => {
    const lockFile = `${file}.lock`;
    const inUse = (pid: number): Error =>
        new Error(`sandbox state file '${file}' is in use by process ${pid}; stop that sandbox or choose another file`);
    if (heldHere.has(lockFile)) throw inUse(process.pid);
    const began = beganAt(process.pid);
    const me = JSON.stringify({ pid: process.pid, ...(began && { began }) });
    for (let attempt = 0; attempt < 5; attempt++) {
        try {
            writeFileSync(lockFile, me, { flag: "wx", mode: 0o600 });
            heldHere.add(lockFile);
            return () => {
                heldHere.delete(lockFile);
                rmSync(lockFile, { force: true });
            };
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        }
        const holder = readHolder(lockFile);
        if (holder && isAlive(holder)) throw inUse(holder.pid);
        removeStale(lockFile);
    }
    throw new Error(`cannot lock sandbox state file '${file}': '${lockFile}' keeps coming back`);
};
