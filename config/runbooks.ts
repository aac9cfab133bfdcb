import { basename, extname } from "node:path";
import type { DateTime } from "luxon";
import { parseCall } from "../access/calls.ts";
import type { RunArgs } from "../components/runbook.ts";
import { nextStart } from "../components/schedule/next-start.ts";
import { parseSchedule } from "../components/schedule/parse.ts";
import { scheduleText } from "../components/schedule/schedule.ts";
import type { RunbookDeclaration } from "./declaration.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawRun, RawRunbook, RawWorkload } from "./raw.ts";
import { readRunbookFile } from "./runbook-file.ts";
import { needOfRunbook } from "./needs.ts";
import type { Scan } from "../runbooks/scan/scan.ts";
import type { PlacedNeed } from "./workload-need.ts";

/** A runbook as it is to be deployed, and what it needs. */
export interface ReadRunbook {
    readonly declaration: RunbookDeclaration;
    readonly need: PlacedNeed;
}

/** The texts of the runbook files, and what was read in them, by the file as declared. */
export interface Scripts {
    readonly contents: ReadonlyMap<string, string>;
    readonly scans: ReadonlyMap<string, Scan>;
}

/** @throws when it is not understood or can never run. */
const readRun = (raw: RawRun, now: DateTime): RunArgs => {
    const { schedule, parameters = {} } = typeof raw === "string" ? { schedule: raw } : raw;
    const read = parseSchedule(schedule);
    try {
        nextStart(read, now);
    } catch (error) {
        throw new Error(`schedule '${schedule}' ${(error as Error).message}`, { cause: error });
    }
    return {
        schedule,
        parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, String(value)])),
    };
};

const readRuns = (problems: Problems, path: Path, raw: RawRunbook, now: DateTime): RunArgs[] => {
    if (raw.schedule !== undefined && raw.schedules !== undefined)
        problems.add([...path, "schedules"], "stands beside 'schedule'; expected one of the two");
    const given: [Path, RawRun][] = [
        ...(raw.schedule === undefined ? [] : ([[[...path, "schedule"], raw.schedule]] as [Path, RawRun][])),
        ...(raw.schedules ?? []).map((run, n): [Path, RawRun] => [[...path, "schedules", n], run]),
    ];
    const seen = new Map<string, string>();
    return given.flatMap(([place, run]) => {
        const read = problems.at(place, () => readRun(run, now));
        if (!read) return [];
        const words = scheduleText(parseSchedule(read.schedule));
        if (seen.has(words)) problems.add(place, `schedule '${read.schedule}' is the same as '${seen.get(words)}'`);
        seen.set(words, read.schedule);
        return [read];
    });
};

const nameOf = ({ name, file }: RawRunbook): string => {
    const found = name ?? basename(file, extname(file));
    if (!/^[a-z][a-z0-9_-]{0,62}$/i.test(found)) {
        throw new Error(
            `'${found}' is no name for a runbook; give one with 'name': 1 to 63 letters, digits or -_, first a letter`,
        );
    }
    return found;
};

/** The calls that can be read, as they were written. */
export const readCalls = (problems: Problems, at: Path, calls: readonly string[] = []): string[] =>
    calls.filter((call, n) => problems.at([...at, "calls", n], () => parseCall(call)) !== undefined);

/** The texts of all runbook files. */
export const readContents = (
    problems: Problems,
    workloads: ReadonlyMap<string, RawWorkload>,
    folder: string,
): Map<string, string> => {
    const contents = new Map<string, string>();
    for (const [name, { runbooks = [] }] of workloads) {
        runbooks.forEach(({ file }, n) => {
            const path = ["workloads", name, "runbooks", n, "file"];
            const content = contents.get(file) ?? problems.at(path, () => readRunbookFile(folder, file));
            if (content !== undefined) contents.set(file, content);
        });
    }
    return contents;
};

const readOne = (
    problems: Problems,
    at: Path,
    n: number,
    raw: RawRunbook,
    { contents, scans }: Scripts,
    now: DateTime,
): ReadRunbook[] => {
    const path = [...at, "runbooks", n];
    const { file, description } = raw;
    const name = problems.at([...path, raw.name === undefined ? "file" : "name"], () => nameOf(raw));
    const content = contents.get(file);
    const runs = readRuns(problems, path, raw, now);
    const calls = readCalls(problems, path, raw.calls);
    if (name === undefined || content === undefined) return [];
    const need = needOfRunbook(file, calls, raw.scan === false ? undefined : scans.get(file));
    return [
        {
            declaration: { name, content, runs, ...(description !== undefined && { description }) },
            need: { ...need, at: path, n, name: basename(file) },
        },
    ];
};

/** The runbooks of a workload. */
export const readRunbooks = (
    problems: Problems,
    at: Path,
    raw: RawWorkload,
    scripts: Scripts,
    now: DateTime,
): ReadRunbook[] => (raw.runbooks ?? []).flatMap((runbook, n) => readOne(problems, at, n, runbook, scripts, now));
