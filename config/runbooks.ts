import { basename, extname, resolve } from "node:path";
import { readFileSync, statSync } from "node:fs";
import type { DateTime } from "luxon";
import { readCalls } from "./api-grants.ts";
import type { RunArgs } from "../components/runbook.ts";
import { nextStart } from "../components/schedule/next-start.ts";
import { parseSchedule } from "../components/schedule/parse.ts";
import { scheduleText } from "../components/schedule/schedule.ts";
import type { RunbookDeclaration } from "./declaration.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawRun, RawWorkload } from "./raw.ts";

type RawRunbook = NonNullable<RawWorkload["runbooks"]>[number];

/** Automation's own limit: https://learn.microsoft.com/azure/automation/automation-subscription-limits-faq */
const LARGEST_BYTES = 1_000_000;

/** @throws when the file is missing, empty, too large or not UTF-8. */
const readRunbook = (folder: string, file: string): string => {
    const path = resolve(folder, file);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile())
        throw new Error(
            `runbook file '${file}' ${stat ? "is no file" : "does not exist"}; expected a PowerShell file at ${path}`,
        );
    if (stat.size > LARGEST_BYTES)
        throw new Error(`runbook file '${file}' has ${stat.size} bytes; Azure takes at most ${LARGEST_BYTES}`);
    const content = decode(readFileSync(path), file);
    if (content.trim() === "") throw new Error(`runbook file '${file}' is empty; expected PowerShell`);
    return content;
};

const decode = (bytes: Buffer, file: string): string => {
    try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
        throw new Error(`runbook file '${file}' is not UTF-8; save it as UTF-8`);
    }
};

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

/** The runbooks of a workload, with the content of their files. */
export const readRunbooks = (
    problems: Problems,
    at: Path,
    raw: RawWorkload,
    folder: string,
    now: DateTime,
): RunbookDeclaration[] =>
    (raw.runbooks ?? []).flatMap((runbook, n) => {
        const path = [...at, "runbooks", n];
        const name = problems.at([...path, runbook.name === undefined ? "file" : "name"], () => nameOf(runbook));
        const content = problems.at([...path, "file"], () => readRunbook(folder, runbook.file));
        const runs = readRuns(problems, path, runbook, now);
        const calls = readCalls(problems, path, runbook.calls);
        if (name === undefined || content === undefined) return [];
        return [
            {
                name,
                content,
                runs,
                calls,
                ...(runbook.description !== undefined && { description: runbook.description }),
            },
        ];
    });
