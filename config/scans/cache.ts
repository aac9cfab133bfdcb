import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";
import type { Scan } from "../../runbooks/scan/scan.ts";
import { hashOf, type Sibling, siblingNow } from "./siblings.ts";

/** What was read in a script, and the other scripts that were read for it. */
export interface CachedScan {
    readonly scan: Scan;
    readonly siblings: readonly Sibling[];
}

const KEPT_MS = 30 * 24 * 3_600_000;

/** Removes results that have not been used for long, of this version of the scanner and of others. */
const sweep = (root: string): void => {
    for (const version of readdirSync(root)) {
        const folder = join(root, version);
        const names = readdirSync(folder);
        const old = names.filter(name => Date.now() - statSync(join(folder, name)).mtimeMs > KEPT_MS);
        for (const name of old) rmSync(join(folder, name), { force: true });
        if (old.length === names.length) rmdirSync(folder);
    }
};

/**
 * Results of earlier scans, in files that are named by what they were read from. A file that is damaged, was cut short or
 * cannot be written counts for nothing: then the script is read again.
 */
export class ScanCache {
    readonly #root: string;
    readonly #folder: string;
    #swept = false;

    constructor(cache: string, version: string) {
        this.#root = join(cache, "scans");
        this.#folder = join(this.#root, version);
    }

    /** The result for a script in a folder, if none of the scripts that it uses has changed. */
    find(key: string, folder: string): Scan | undefined {
        try {
            const text = readFileSync(this.#file(key), "utf8");
            const at = text.indexOf("\n");
            if (text.slice(0, at) !== hashOf(key, text.slice(at + 1))) return undefined;
            const { scan, siblings } = JSON.parse(text.slice(at + 1)) as CachedScan;
            return siblings.every(({ name, hash }) => siblingNow(folder, name).hash === hash) ? scan : undefined;
        } catch {
            return undefined;
        }
    }

    keep(key: string, found: CachedScan): void {
        try {
            mkdirSync(this.#root, { recursive: true, mode: 0o700 });
            if (!this.#swept) sweep(this.#root);
            this.#swept = true;
            mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
            const text = JSON.stringify(found);
            writeFileAtomic(this.#file(key), `${hashOf(key, text)}\n${text}`, { mode: 0o600, fsync: false });
        } catch {
            return;
        }
    }

    #file(key: string): string {
        return join(this.#folder, key);
    }
}
