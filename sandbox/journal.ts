import { closeSync, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { lock } from "./lock.ts";

/** One write to one table; a removal has no value. */
export type Change = readonly [table: string, key: string, value?: unknown];

/** Applies a change read from the file; false when there is no such table. */
type Replay = (change: Change) => boolean;

/** First line of the file. */
export interface Header {
    readonly leastwiseSandbox: number;
    readonly tenantId: string;
    readonly subscriptionId: string;
}

/** The version of the state file this program writes; it refuses newer ones. */
export const STATE_VERSION = 1;

const damaged = (file: string, line: number, why: string): Error =>
    new Error(
        `sandbox state file '${file}' is damaged at line ${line}: ${why}; ` +
            "it was left as it is: restore it from a copy, or move it away to start with a new cloud",
    );

const parse = (file: string, text: string, line: number): unknown => {
    try {
        return JSON.parse(text);
    } catch {
        throw damaged(file, line, `expected JSON, got '${text.slice(0, 40)}'`);
    }
};

const parseHeader = (file: string, text: string): Header => {
    const header = parse(file, text, 1) as Partial<Header> | null;
    const version = header?.leastwiseSandbox;
    if (typeof version !== "number") throw damaged(file, 1, "expected the header of a sandbox state file");
    if (version > STATE_VERSION) {
        throw new Error(
            `sandbox state file '${file}' has version ${version}, newer than this program's ${STATE_VERSION}; ` +
                "it was left as it is: use the newer leastwise, or another file",
        );
    }
    if (!header?.tenantId || !header.subscriptionId) throw damaged(file, 1, "expected a tenant and a subscription");
    return header as Header;
};

const isChange = (change: unknown): change is Change =>
    Array.isArray(change) && typeof change[0] === "string" && typeof change[1] === "string" && change.length <= 3;

const parseChanges = (file: string, text: string, line: number): readonly Change[] => {
    const changes = parse(file, text, line);
    if (!Array.isArray(changes) || !changes.every(isChange)) throw damaged(file, line, "expected a list of changes");
    return changes;
};

const apply = (file: string, change: Change, line: number, replay: Replay): void => {
    let known: boolean;
    try {
        known = replay(change);
    } catch {
        throw damaged(file, line, `record '${change[1]}' of ${change[0]} is incomplete`);
    }
    if (!known) throw damaged(file, line, `unknown table '${change[0]}'`);
};

/**
 * The state file: a header, then one line of JSON per committed set of changes. A line is in the hands of the
 * operating system before its request is answered, so a killed sandbox loses nothing it acknowledged; a line cut
 * short by the kill was never acknowledged and is dropped. Compaction replaces the file atomically.
 */
export class Journal {
    readonly file: string;
    readonly header: Header;
    /** Changes in the file, obsolete ones included. */
    length = 0;
    #fd: number;
    /** Bytes that are good; what a failed append left behind them is cut off. */
    #size: number;
    readonly #unlock: () => void;

    private constructor(file: string, header: Header, fd: number, unlock: () => void) {
        this.file = file;
        this.header = header;
        this.#fd = fd;
        this.#size = fstatSync(fd).size;
        this.#unlock = unlock;
    }

    /**
     * Opens or creates a state file and replays its changes.
     * @throws when the file is damaged, of a newer version, or in use
     */
    static open(file: string, header: Header, replay: Replay): Journal {
        mkdirSync(dirname(file), { recursive: true });
        const unlock = lock(file);
        try {
            if (!existsSync(file)) writeFileAtomic.sync(file, `${JSON.stringify(header)}\n`, { mode: 0o600 });
            return Journal.#read(file, unlock, replay);
        } catch (error) {
            unlock();
            throw error;
        }
    }

    static #read(file: string, unlock: () => void, replay: Replay): Journal {
        const bytes = readFileSync(file);
        const end = bytes.lastIndexOf(10) + 1;
        if (end === 0) throw damaged(file, 1, "expected the header of a sandbox state file");
        const [first = "", ...lines] = bytes
            .subarray(0, end - 1)
            .toString("utf8")
            .split("\n");
        const header = parseHeader(file, first);
        let length = 0;
        lines.forEach((text, index) => {
            for (const change of parseChanges(file, text, index + 2)) {
                apply(file, change, index + 2, replay);
                length++;
            }
        });
        const fd = openSync(file, "r+");
        if (end < bytes.length) ftruncateSync(fd, end);
        closeSync(fd);
        const journal = new Journal(file, header, openSync(file, "a"), unlock);
        journal.length = length;
        return journal;
    }

    /**
     * Appends a set of changes that belong together.
     * @throws when the disk is full, the file is then as before; and after `close`, when the descriptor may be another file's
     */
    append(changes: readonly Change[]): void {
        if (this.#fd < 0) throw new Error(`sandbox state file '${this.file}' is closed`);
        const line = Buffer.from(`${JSON.stringify(changes)}\n`);
        try {
            let written = 0;
            while (written < line.length) written += writeSync(this.#fd, line, written);
        } catch (error) {
            ftruncateSync(this.#fd, this.#size);
            throw error;
        }
        this.#size += line.length;
        this.length += changes.length;
    }

    /** Replaces the file by one that holds these changes alone. */
    compact(changes: Iterable<Change>): void {
        const lines = [JSON.stringify(this.header)];
        for (const change of changes) lines.push(JSON.stringify([change]));
        writeFileAtomic.sync(this.file, `${lines.join("\n")}\n`, { mode: 0o600 });
        closeSync(this.#fd);
        this.#fd = openSync(this.file, "a");
        this.#size = fstatSync(this.#fd).size;
        this.length = lines.length - 1;
    }

    close(): void {
        closeSync(this.#fd);
        this.#fd = -1;
        this.#unlock();
    }
}
