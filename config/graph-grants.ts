import { findApi, MICROSOFT_GRAPH } from "../access/apis.ts";
import { allowing } from "../access/calls.ts";
import type { Unmatched } from "../access/graph-solution.ts";
import { type GraphJudgement, judgeGraph } from "../access/judge-graph.ts";
import type { PermissionArgs } from "../components/app-role.ts";
import type { NeededCall } from "./needs.ts";
import { aboutOf, type ListedPermission, readList } from "./permission-list.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawWorkload } from "./raw.ts";
import { reportUnused, type WorkloadNeed } from "./workload-need.ts";

const MOST_IN_REASON = 3;

/** `GET /users, Get-UserReport.ps1:54` */
const foundAt = ({ text, places }: NeededCall): string[] => places.map(place => `${text}, ${place}`);

const reasonFor = (calls: readonly NeededCall[]): string => {
    if (calls.length === 0) return "Needed for the calls together";
    const words = calls.slice(0, MOST_IN_REASON).map(call => foundAt(call)[0] ?? call.text);
    const more = calls.length - words.length;
    return `Needed for ${words.join("; ")}${more > 0 ? `; and ${String(more)} more` : ""}`;
};

const withCalls = (calls: readonly NeededCall[]): Pick<PermissionArgs, "calls" | "foundAt"> => {
    const places = calls.flatMap(foundAt);
    return {
        ...(calls.length > 0 && { calls: calls.map(({ text }) => text) }),
        ...(places.length > 0 && { foundAt: places }),
    };
};

/** A declared permission with the calls that it allows, where some are known. */
const served = ({ permission }: ListedPermission, calls: readonly NeededCall[]): PermissionArgs => ({
    ...permission,
    ...withCalls(calls.filter(({ call }) => allowing(call).some(option => option.includes(permission.permission)))),
});

const reportUnmatched = (
    problems: Problems,
    at: Path,
    isExplained: boolean,
    { calls }: WorkloadNeed,
    unmatched: readonly Unmatched[],
): void => {
    for (const { call, why } of unmatched) {
        const [place] = calls.find(({ text }) => text === call)?.places ?? [];
        if (place === undefined) problems.add([...at, "calls"], `'${call}': ${why}`);
        else if (isExplained) problems.warn(`${place}: '${call}': ${why}; taken to be allowed by what is declared`);
        else problems.add([...at, "runbooks"], `${place}: '${call}': ${why}; grant what it needs with a 'reason'`);
    }
};

const quoted = (names: readonly string[]): string => names.map(name => `'${name}'`).join(" and ");

/** What a list of permissions lacks for the calls that are made. */
const reportMissing = (problems: Problems, at: Path, need: WorkloadNeed, { missing }: GraphJudgement): void => {
    for (const { permission, calls } of missing) {
        const reason = reasonFor(need.calls.filter(({ text }) => calls.includes(text)));
        problems.add(
            at,
            `lacks '${permission}', n${reason.slice(1)}; add it, or leave the list out to have it worked out`,
        );
    }
};

/** What of a list of permissions the calls do not need. */
const reportSpare = (
    problems: Problems,
    at: Path,
    need: WorkloadNeed,
    plain: readonly ListedPermission[],
    { unneeded, redundant, replaceable }: GraphJudgement,
): void => {
    const report = (name: string, words: string, remedy?: string): void => {
        const entry = plain.find(({ permission }) => permission.permission === name);
        if (entry) reportUnused(problems, need, [...at, entry.n], `permission '${name}' ${words}`, remedy);
    };
    for (const name of unneeded) report(name, "is used by no call of the runbooks");
    for (const { permission, coveredBy } of redundant)
        report(permission, `allows no call that ${quoted(coveredBy)} does not allow`);
    for (const { permission, by } of replaceable)
        report(permission, `opens more than the calls need; ${quoted(by)} would do`, "declare that instead");
};

/**
 * The permissions on Microsoft Graph: those declared, and those that the calls need beyond them. Permissions declared
 * without a reason claim to be the whole list for the runbooks that were read, and are held against what these call.
 */
export const readGraph = (problems: Problems, at: Path, raw: RawWorkload, need: WorkloadNeed): PermissionArgs[] => {
    const path = [...at, "graph"];
    const about = aboutOf(raw);
    const listed = readList(problems, path, findApi(MICROSOFT_GRAPH), raw.graph ?? [], about);
    if (need.calls.length === 0 && !need.isRead) return listed.map(({ permission }) => permission);
    const judged = judgeGraph(
        [...listed.map(({ permission }) => permission.permission), ...need.held.permissions],
        need.calls.map(({ call }) => call),
    );
    const plain = listed.filter(({ isExplained }) => !isExplained);
    reportUnmatched(problems, at, plain.length < listed.length, need, judged.unmatched);
    const declared = listed.map(entry => served(entry, need.calls));
    if (need.isRead && plain.length > 0) {
        reportMissing(problems, path, need, judged);
        if (need.isWhole) reportSpare(problems, path, need, plain, judged);
        return declared;
    }
    const needed = judged.missing.map(({ permission, calls }) => {
        const own = need.calls.filter(({ text }) => calls.includes(text));
        return { permission, reason: reasonFor(own), ...withCalls(own), ...about };
    });
    return [...declared, ...needed];
};
