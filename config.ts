import type { DateTime } from "luxon";
import { didYouMean } from "./access/name.ts";
import type { Declaration } from "./config/declaration.ts";
import { declare } from "./config/declare.ts";
import { type Path, Problems } from "./config/problems.ts";
import { groupSchema, type RawGroup, type RawWorkload, type RawWrapper, WORKLOAD_NAME } from "./config/raw.ts";
import { workloadSchema, wrapperSchema } from "./config/raw.ts";
import { readContents, type Scripts } from "./config/runbooks.ts";
import type { ScanFilesOptions, ScriptFile } from "./config/scans/scan-files.ts";
import {
    readMap,
    readSubscription,
    readUnusedGrants,
    reportKeys,
    secretKeys,
    type StackConfig,
} from "./config/stack-values.ts";
import type { Wrapper } from "./runbooks/scan/wrappers.ts";

export { secretOf, stackConfig, type StackConfig } from "./config/stack-values.ts";

export interface ReadOptions {
    /** The folder that runbook files are in. */
    readonly folder: string;
    readonly now: DateTime;
    readonly env: NodeJS.ProcessEnv;
    /** Folder that what was read in runbooks is kept in; undefined keeps nothing. */
    readonly cache: string | undefined;
}

/** Keys of a workload that other places are read by: where one is unreadable, what is wrong there follows from it. */
const BASES = ["account", "functionApp", "identity", "group", "existingGroup", "location"];

/** Stands for what could not be read, so that the rest of the workload can be. */
const STAND_INS: Readonly<Record<string, string>> = {
    account: "unreadable",
    functionApp: "unreadable",
    identity: "user-assigned",
};

const readWorkloads = (problems: Problems, config: StackConfig): Map<string, RawWorkload> => {
    const workloads = new Map<string, RawWorkload>();
    for (const [name, { value, lost }] of readMap(problems, config, "workloads", workloadSchema)) {
        const path: Path = ["workloads", name];
        if (!WORKLOAD_NAME.test(name))
            problems.add(
                path,
                `'${name}' is no name for a workload; expected 1 to 63 letters, digits or -, first a letter`,
            );
        if (value === undefined) {
            problems.silence(path);
            workloads.set(name, { account: "unreadable" });
            continue;
        }
        const bases = BASES.filter(key => lost.some(([first]) => first === key));
        for (const key of bases) problems.silence([...path, key]);
        const standIns = bases.filter(key => key in STAND_INS && !(key in value)).map(key => [key, STAND_INS[key]]);
        workloads.set(name, { ...value, ...Object.fromEntries(standIns) } as RawWorkload);
    }
    return workloads;
};

const readGroups = (problems: Problems, config: StackConfig): Map<string, RawGroup> =>
    new Map(
        [...readMap(problems, config, "groups", groupSchema)].map(([name, { value = {} }]) => [name, value] as const),
    );

/** A command that sends requests, as a stack declares it. */
export const wrapperOf = (name: string, raw: RawWrapper): Wrapper => {
    if (typeof raw === "string") return { name, path: raw };
    const { path, method, api } = raw;
    return { name, ...(path !== undefined && { path }), ...(method !== undefined && { method }), ...(api && { api }) };
};

const readWrappers = (problems: Problems, config: StackConfig): Wrapper[] =>
    [...readMap(problems, config, "wrappers", wrapperSchema)].flatMap(([name, { value }]) =>
        value === undefined ? [] : [wrapperOf(name, value)],
    );

/** The runbooks whose source is to be read. */
const toScan = (workloads: ReadonlyMap<string, RawWorkload>, contents: ReadonlyMap<string, string>): ScriptFile[] => {
    const files = new Set<string>();
    for (const { runbooks = [] } of workloads.values())
        runbooks.forEach(({ file, scan }) => {
            if (scan !== false && contents.has(file)) files.add(file);
        });
    return [...files].map(file => ({ file, content: contents.get(file) ?? "" }));
};

/** A stack without runbooks loads nothing of what reads them. */
const readScripts = async (scripts: readonly ScriptFile[], options: ScanFilesOptions): Promise<Scripts["scans"]> => {
    if (scripts.length === 0) return new Map();
    const { scanFiles } = await import("./config/scans/scan-files.ts");
    return scanFiles(scripts, options);
};

/**
 * Reads a stack's configuration, and the runbooks that it names, into what is to be deployed.
 * @throws one Error that names every place that is wrong, the value got, what was expected, and the nearest match.
 */
export const readDeclaration = async (config: StackConfig, options: ReadOptions): Promise<Declaration> => {
    const { folder, now, env, cache } = options;
    const problems = new Problems();
    const workloads = readWorkloads(problems, config);
    const groups = readGroups(problems, config);
    const wrappers = readWrappers(problems, config);
    reportKeys(problems, config, [...workloads.values()]);
    if (workloads.size === 0 && problems.count === 0)
        problems.add(["workloads"], "holds no workload, so there is nothing to deploy; expected at least one, by name");
    const secrets = secretKeys(config);
    const subscription = readSubscription(problems, config, env);
    const unusedGrants = readUnusedGrants(problems, config);
    const contents = readContents(problems, workloads, folder);
    const scans = await readScripts(toScan(workloads, contents), { folder, wrappers, cache });
    const sources = {
        subscription,
        location: config.values["azure-native:location"],
        workloads,
        groups,
        secrets: { has: (key: string) => secrets.includes(key), hint: (key: string) => didYouMean(key, secrets) },
        scripts: { contents, scans },
        unusedGrants,
        now,
    };
    return declare(sources, problems);
};
