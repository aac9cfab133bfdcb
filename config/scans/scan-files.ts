import { dirname, resolve } from "node:path";
import type { Scan } from "../../runbooks/scan/scan.ts";
import type { Wrapper } from "../../runbooks/scan/wrappers.ts";
import { type CachedScan, ScanCache } from "./cache.ts";
import { scannerVersion } from "./scanner-version.ts";
import { hashOf, readSibling, type Sibling, siblingNow } from "./siblings.ts";

/** A runbook to read. */
export interface ScriptFile {
    /** As it is declared, from the project's folder. */
    readonly file: string;
    readonly content: string;
}

export interface ScanFilesOptions {
    /** The project's folder. */
    readonly folder: string;
    readonly wrappers: readonly Wrapper[];
    /** Folder that results are kept in; undefined keeps none. */
    readonly cache: string | undefined;
}

/** Reading a script has an end in time: what took so long may have been cut short by a busy machine, and is not kept. */
const HASTY_MS = 2_000;

type Scanner = (script: ScriptFile) => CachedScan;

/** The scanner and its grammar, which take a while to load, are loaded only when a script is to be read. */
const loadScanner = async (folder: string, wrappers: readonly Wrapper[]): Promise<Scanner> => {
    const [{ loadGrammar }, { scanRunbook }] = await Promise.all([
        import("../../runbooks/scan/tree.ts"),
        import("../../runbooks/scan/scan.ts"),
    ]);
    await loadGrammar();
    return ({ file, content }) => {
        const own = dirname(resolve(folder, file));
        const used = new Map<string, Sibling>();
        const sibling = (name: string): Uint8Array | undefined => {
            used.set(name, siblingNow(own, name));
            return readSibling(own, name);
        };
        return { scan: scanRunbook(content, { path: file, sibling, wrappers }), siblings: [...used.values()] };
    };
};

/**
 * Reads runbooks, each once for as long as neither it nor a script that it uses changes.
 * @returns what was found by the file as declared
 */
export const scanFiles = async (
    scripts: readonly ScriptFile[],
    { folder, wrappers, cache }: ScanFilesOptions,
): Promise<ReadonlyMap<string, Scan>> => {
    const found = new Map<string, Scan>();
    if (scripts.length === 0) return found;
    const kept = cache === undefined ? undefined : new ScanCache(cache, scannerVersion());
    let scanner: Scanner | undefined;
    for (const script of scripts) {
        const { file, content } = script;
        const key = hashOf(file, content, JSON.stringify(wrappers));
        const known = found.get(file) ?? kept?.find(key, dirname(resolve(folder, file)));
        if (known === undefined) {
            scanner ??= await loadScanner(folder, wrappers);
            const begun = performance.now();
            const fresh = scanner(script);
            if (performance.now() - begun < HASTY_MS) kept?.keep(key, fresh);
            found.set(file, fresh.scan);
        } else found.set(file, known);
    }
    return found;
};
