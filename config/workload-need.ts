import type { HeldGrants } from "./holders.ts";
import { mergeCalls, type NeededCall, type RunbookNeed } from "./needs.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawPermission, RawWorkload, UnusedGrants } from "./raw.ts";

/** A runbook's need with where it is declared. */
export interface PlacedNeed extends RunbookNeed {
    readonly at: Path;
    /** Its place among the workload's runbooks. */
    readonly n: number;
    /** Name of its file. */
    readonly name: string;
}

/** What a workload needs by its runbooks' sources and by its own words. */
export interface WorkloadNeed {
    readonly runbooks: readonly PlacedNeed[];
    readonly calls: readonly NeededCall[];
    /** Whether some runbook was read, so that what is granted can be held against it. */
    readonly isRead: boolean;
    /** Whether everything that acts as the identity was read, so that what nothing calls is of no use. */
    readonly isWhole: boolean;
    /** What other workloads grant the same identity. */
    readonly held: HeldGrants;
    /** What becomes of a right that nothing is seen to need. */
    readonly unused: UnusedGrants;
}

type Reasoned = { readonly reason?: string | undefined } | string;

/** Whether a grant says why it is there: then it stands for what no source tells. */
export const isExplained = (grant: Reasoned): boolean => typeof grant !== "string" && grant.reason !== undefined;

const explained = ({ graph = [], apis = {}, azure = [] }: RawWorkload): boolean => {
    const permissions: readonly RawPermission[] = [...graph, ...Object.values(apis).flat()];
    return permissions.some(isExplained) || azure.some(isExplained);
};

const REMEDY =
    "say what it calls in a line above it, such as '# leastwise: calls GET /users/{id}', or grant what it needs with a 'reason'";

/** Requests that no source tells have to be spoken for: by an annotation, a declared call, or a grant with a reason. */
const reportUnknown = (problems: Problems, raw: RawWorkload, { at, unknown, calls }: PlacedNeed): void => {
    const isSpokenFor = explained(raw) || calls.some(({ places }) => places.length === 0);
    for (const { place, text, reason } of unknown) {
        const request = `${place}: ${text === "" ? "" : `'${text}': `}${reason}`;
        if (isSpokenFor) problems.warn(`${request}; taken to be allowed by what is declared`);
        else problems.add([...at, "file"], `${request}; ${REMEDY}`);
    }
};

/** Accounts run PowerShell 7.4. */
const OF_OTHER_RUNTIMES = /PowerShell 7\.2/;

const reportScan = (problems: Problems, raw: RawWorkload, { name, scan }: PlacedNeed): void => {
    const troubles = (scan?.problems ?? []).filter(({ text }) => !OF_OTHER_RUNTIMES.test(text));
    for (const { line, text } of troubles) problems.warn(`${name}:${String(line)}: ${text}`);
    const declared = Object.keys(raw.apis ?? {}).length > 0;
    const apis = new Map((scan?.otherApis ?? []).map(use => [use.api, use]));
    for (const { api, line, via, retired } of apis.values()) {
        if (retired) problems.warn(`${name}:${String(line)}: ${via} uses ${api}, which is retired`);
        else if (!declared)
            problems.warn(
                `${name}:${String(line)}: ${via} uses ${api}; what it needs there is not read: declare it under 'apis'`,
            );
    }
};

/** Whether anything but the runbooks acts, or may act, as the identity. */
const isShared = ({ functionApp, identity }: RawWorkload): boolean =>
    functionApp !== undefined || (typeof identity === "object" && "existing" in identity);

/** Puts together what a workload needs, and reports what its runbooks do not tell. */
export const readNeed = (
    problems: Problems,
    raw: RawWorkload,
    runbooks: readonly PlacedNeed[],
    calls: readonly NeededCall[],
): Omit<WorkloadNeed, "held" | "unused"> => {
    for (const runbook of runbooks) {
        reportUnknown(problems, raw, runbook);
        reportScan(problems, raw, runbook);
    }
    const isRead = runbooks.some(({ scan }) => scan !== undefined);
    return {
        runbooks,
        calls: mergeCalls([...calls, ...runbooks.flatMap(each => each.calls)]),
        isRead,
        isWhole: isRead && !isShared(raw) && runbooks.every(({ scan }) => scan !== undefined),
    };
};

/** Says that something is granted which no runbook is seen to need, as loudly as the stack wants. */
export const reportUnused = (
    problems: Problems,
    { unused }: WorkloadNeed,
    at: Path,
    message: string,
    remedy = "take it out",
): void => {
    const full = `${message}; ${remedy}, or say why it is there with a 'reason'`;
    if (unused === "error") problems.add(at, full);
    else if (unused === "warning") problems.warnAt(at, full);
};
