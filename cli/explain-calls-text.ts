import type { Alternative } from "../access/graph-alternatives.ts";
import type { NarrowerWay } from "../access/graph-narrower.ts";
import type { GraphSolution, SolvedPermission } from "../access/graph-solver.ts";
import type { CallsAnswer } from "./explain-list.ts";
import { proof, reasons } from "./explain-blocks.ts";
import { counted, facts, firstOf, heading, tierInWords } from "./text-layout.ts";

const SHOWN = 8;
const WAYS_SHOWN = 2;

const controlPlane = ({ permissions }: GraphSolution): number => permissions.filter(({ tier }) => tier === 0).length;

/** What people may want to know beside the answer. */
export interface CallDetails {
    readonly instead: readonly Alternative[];
    readonly narrower: readonly NarrowerWay[];
}

const permissionBlock = (
    { name, tier, reach, beyond }: SolvedPermission,
    coversOnly: readonly string[],
    { instead, narrower }: CallDetails,
): string => {
    const others = instead.filter(({ permission }) => permission === name);
    const ways = narrower.filter(({ permission }) => permission === name);
    return `${heading(name)}\n${facts([
        ["danger", tierInWords(tier)],
        ["opens", `${counted(reach, "call")}, ${beyond} beyond those listed`],
        ["only it covers", firstOf(coversOnly, SHOWN)],
        ["in its place", others.map(other => `${other.instead} (the set would open ${counted(other.reach, "call")})`)],
        [
            "even less",
            firstOf(
                ways.map(({ way, page }) => `${way}: ${page}`),
                WAYS_SHOWN,
            ),
        ],
    ])}`;
};

const totals = (solution: GraphSolution): string =>
    `${counted(solution.permissions.length, "permission")}, ${controlPlane(solution)} of the control plane, ` +
    `opening ${counted(solution.reach, "call")}`;

const comparison = ({ solution, least }: CallsAnswer): string[] =>
    least === undefined
        ? []
        : [`Call by call, as Microsoft's tools pick: ${totals(solution)}.`, `Least: ${totals(least)}.`];

/** A solved list of calls, for people. */
export const callsText = (answer: CallsAnswer, details: CallDetails): string => {
    const { contract, solution, calls, least } = answer;
    const usable = calls.length;
    if (usable === 0 && contract.unmatched.length === 0)
        return "no calls in the list; expected one a line, such as 'GET /users/{id}'";
    const without = solution.unmatched.length;
    const covered = without === 0 ? counted(usable, "call") : `${usable - without} of ${counted(usable, "call")}`;
    const title = least === undefined ? `${covered} need${usable - without === 1 ? "s" : ""} ${totals(solution)}` : "";
    return [
        ...(title === "" ? comparison(answer) : [title]),
        ...solution.permissions.map((permission, at) =>
            permissionBlock(permission, contract.perPermission[at]?.coversOnly ?? [], details),
        ),
        ...reasons(
            "No permission",
            contract.unmatched.map(({ call }) => call),
            (_, at) => contract.unmatched[at]?.why ?? "",
        ),
        ...(solution.permissions.length > 0 && least === undefined ? [proof(solution.optimal, "permissions")] : []),
    ].join("\n\n");
};
