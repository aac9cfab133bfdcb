import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { type AccessModel, isDecided, type Right } from "../access/model.ts";
import { formatCall } from "../access/calls.ts";
import { wrapperOf } from "../config.ts";
import type { RawWrapper } from "../config/raw.ts";
import { scanFiles } from "../config/scans/scan-files.ts";
import { rememberScan } from "../policy-pack/runbook-scan.ts";
import type { Scan } from "../runbooks/scan/scan.ts";
import type { SourceCall, Sources } from "../review/sources.ts";
import { cacheFolder } from "../toolchain/cache-folder.ts";
import { resourceName } from "./engine-events.ts";
import type { Project } from "./project.ts";
import { placeInRepository } from "./repository.ts";
import { StackLines } from "./stack-lines.ts";

type Code = NonNullable<Sources["code"]>;

/** What a right gives, as a declaration may write it. */
const wordsOf = (right: Right): string[] => {
    const words = right.kind === "permission" ? [right.permission] : right.kind === "role" ? [right.role] : [];
    return words.filter(isDecided);
};

interface Declared {
    readonly functionApp?: unknown;
    readonly runbooks?: readonly unknown[];
}

interface StackSettings {
    readonly "leastwise:workloads"?: Readonly<Record<string, Declared>>;
    readonly "leastwise:wrappers"?: Readonly<Record<string, RawWrapper>>;
}

const settingsIn = (file: string): StackSettings =>
    ((parse(readFileSync(file, "utf8")) ?? {}) as { config?: StackSettings }).config ?? {};

const filesOf = ({ runbooks = [] }: Declared): string[] =>
    runbooks.flatMap(runbook => {
        const file = (runbook as { file?: unknown } | null)?.file;
        return typeof file === "string" ? [file] : [];
    });

const readScript = (project: Project, file: string) => {
    try {
        return [{ file, content: readFileSync(resolve(project.folder, file), "utf8") }];
    } catch {
        return [];
    }
};

type InRepository = (path: string) => string;

const codeOf = (workload: Declared, scans: ReadonlyMap<string, Scan>, placed: InRepository): Code[string] => {
    const files = filesOf(workload);
    const found = files.flatMap(file => scans.get(file) ?? []);
    const at = ({ path }: Scan, line: number) => ({ path: placed(path), line });
    const calls: SourceCall[] = found.flatMap(scan =>
        scan.calls.map(({ line, properties, ...call }) => ({
            call: formatCall(call),
            ...(properties && { properties }),
            at: at(scan, line),
        })),
    );
    const actions: SourceCall[] = found.flatMap(scan =>
        scan.actions.map(({ action, line }) => ({ call: action, at: at(scan, line) })),
    );
    const whole = files.length > 0 && found.length === files.length && workload.functionApp === undefined;
    return { calls, actions, complete: whole && found.every(({ unresolved }) => unresolved.length === 0) };
};

/** What a script does may depend on others that it names, which the policy pack does not see. */
const NAMES_OTHERS = /\.ps1\b|Start-AzAutomationRunbook/i;

/** Reads a stack's runbooks, and spares the policy pack those that it would read alike. */
const scansOf = async (project: Project, settings: StackSettings): Promise<ReadonlyMap<string, Scan>> => {
    const files = new Set(Object.values(settings["leastwise:workloads"] ?? {}).flatMap(filesOf));
    const scripts = [...files].flatMap(file => readScript(project, file));
    const wrappers = Object.entries(settings["leastwise:wrappers"] ?? {}).map(([name, raw]) => wrapperOf(name, raw));
    const scans = await scanFiles(scripts, { folder: project.folder, wrappers, cache: cacheFolder() });
    for (const { file, content } of scripts) {
        const scan = scans.get(file);
        if (scan !== undefined && wrappers.length === 0 && !NAMES_OTHERS.test(content)) rememberScan(content, scan);
    }
    return scans;
};

/** Where a stack of this package's program declares its resources, and what the code of its identities does. */
export const sourcesOf = async (project: Project, file: string, model: AccessModel): Promise<Sources> => {
    const lines = new StackLines(file);
    const place = placeInRepository(project.folder);
    const placed: InRepository = path => (place === "" ? path : `${place}/${path}`);
    const settings = settingsIn(file);
    const workloads = new Map(Object.entries(settings["leastwise:workloads"] ?? {}));
    const scans = await scansOf(project, settings);
    const resources: Record<string, { path: string; line: number }> = {};
    const note = (urn: string, words: readonly string[]): void => {
        const workload = lines.workloadOf(resourceName(urn));
        const line = workload === undefined ? undefined : lines.find(workload, words);
        if (line !== undefined) resources[urn] = { ...line, path: placed(line.path) };
    };
    for (const { key } of [...model.principals, ...model.hosts]) if (key.startsWith("urn:")) note(key, []);
    for (const right of model.rights) note(right.urn, wordsOf(right));
    for (const { urn } of model.entries) note(urn, []);
    const code: Record<string, Code[string]> = {};
    for (const { key } of model.principals) {
        const workload = key.startsWith("urn:") ? lines.workloadOf(resourceName(key)) : undefined;
        const declared = workload === undefined ? undefined : workloads.get(workload);
        if (declared !== undefined && filesOf(declared).length > 0) code[key] = codeOf(declared, scans, placed);
    }
    return { resources, code };
};
