import { readdirSync, readFileSync, statSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { join } from "node:path";
import { hashOf } from "./siblings.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** What a scan comes from: the scanner, the look-ups that it makes, and the tables behind them. */
const FOLDERS = ["runbooks/scan", "access", "access/facts"];

const stampOf = (folder: string): string[] =>
    readdirSync(join(ROOT, folder), { withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(({ name }) => {
            const { size, mtimeMs } = statSync(join(ROOT, folder, name));
            return `${folder}/${name} ${String(size)} ${String(mtimeMs)}`;
        })
        .sort();

/** Changes whenever the scanner or what it looks up may have: results of another version say nothing. */
export const scannerVersion = (): string => {
    const manifest = findPackageJSON(import.meta.url);
    return hashOf(manifest === undefined ? "" : readFileSync(manifest), ...FOLDERS.flatMap(stampOf)).slice(0, 16);
};
