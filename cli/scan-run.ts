import { readFileSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { modulesOf } from "../runbooks/scan/modules-needed.ts";
import { needOf, verdictOn } from "../runbooks/scan/need.ts";
import type { Verdict } from "../runbooks/scan/need.ts";
import { scanRunbook } from "../runbooks/scan/scan.ts";
import type { Scan } from "../runbooks/scan/scan.ts";
import { loadGrammar } from "../runbooks/scan/tree.ts";
import type { Wrapper } from "../runbooks/scan/wrappers.ts";
import { scanText } from "./scan-text.ts";

export interface ScanCommandOptions {
    readonly json?: boolean;
    readonly wrapper: readonly string[];
}

/** A runbook with what it needs. */
export interface Scanned {
    readonly scan: Scan;
    readonly verdict: Verdict;
}

const SCRIPT = /\.ps1$/i;

const scriptsIn = async (path: string): Promise<string[]> => {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) throw new Error(`cannot read '${path}': there is no such file or folder`);
    if (!found.isDirectory()) return [path];
    const names = await readdir(path, { recursive: true });
    const scripts = names.filter(name => SCRIPT.test(name) && !/(^|[\\/])(node_modules|\.git)[\\/]/.test(name)).sort();
    if (scripts.length === 0) throw new Error(`'${path}' holds no runbook; expected files that end in '.ps1'`);
    return scripts.map(name => join(path, name));
};

const readWrapper = (text: string): Wrapper => {
    const [, name = "", path] = /^([A-Za-z]+-\w+)(?::-?(\w+))?$/.exec(text) ?? [];
    if (name === "") {
        throw new Error(`--wrapper '${text}' names no command; expected one such as 'Invoke-TeamGraph:Endpoint'`);
    }
    return { name, ...(path === undefined ? {} : { path }) };
};

const sibling =
    (folder: string) =>
    (name: string): Uint8Array | undefined => {
        const place = name.replaceAll("\\", "/");
        for (const path of [join(folder, place), join(folder, basename(place))]) {
            try {
                return readFileSync(path);
            } catch {
                continue;
            }
        }
        return undefined;
    };

const contract = ({ scan, verdict }: Scanned): unknown => ({
    path: scan.path.replaceAll("\\", "/"),
    parseErrors: scan.parseErrors,
    calls: scan.calls.map(({ method, path, version, line, via, properties }) => ({
        method,
        path,
        version,
        line,
        via,
        ...(properties === undefined ? {} : { properties }),
    })),
    cmdlets: scan.cmdlets,
    unresolved: scan.unresolved,
    actions: scan.actions,
    otherApis: scan.otherApis,
    signIn: scan.signIn,
    permissions: verdict.permissions.map(({ name }) => name),
    roles: verdict.roles,
    declared: scan.declared,
    missing: verdict.missing,
    unneeded: verdict.unneeded,
    modules: modulesOf(scan),
    problems: scan.problems,
});

/**
 * Scans files and folders.
 * @throws Error for a path that cannot be read, a folder without runbooks, and a file that is too long
 */
export const scanPaths = async (
    paths: readonly string[],
    { json, wrapper }: ScanCommandOptions,
): Promise<{ readonly text: string; readonly complete: boolean }> => {
    const wrappers = wrapper.map(readWrapper);
    const files = [...new Set((await Promise.all(paths.map(scriptsIn))).flat())];
    await loadGrammar(files.length);
    const scanned: Scanned[] = [];
    for (const path of files) {
        const scan = scanRunbook(await readFile(path), { path, sibling: sibling(dirname(path)), wrappers });
        scanned.push({ scan, verdict: verdictOn(needOf(scan), scan.declared) });
    }
    return {
        text: json === true ? JSON.stringify({ runbooks: scanned.map(contract) }) : scanned.map(scanText).join("\n\n"),
        complete: scanned.every(({ scan }) => scan.unresolved.length === 0),
    };
};
