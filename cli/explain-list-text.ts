import type { ChosenRole } from "../access/azure-solver.ts";
import type { Alternative } from "../access/graph-alternatives.ts";
import type { NarrowerWay } from "../access/graph-narrower.ts";
import type { GraphSolution, SolvedPermission } from "../access/graph-solver.ts";
import type { ActionsAnswer, CallsAnswer } from "./explain-list.ts";
import { counted, facts, firstOf, heading, tierInWords } from "./text-layout.ts";

const SHOWN = 8;
const WAYS_SHOWN = 2;
const BAD_SHOWN = 12;

const controlPlane = ({ permissions }: GraphSolution): number => permissions.filter(({ tier }) => tier === 0).length;

const reasons = (title: string, items: readonly (readonly [what: string, why: string])[]): string[] =>
    items.length === 0
        ? []
        : [
              heading(title),
              ...firstOf(
                  items.map(([what, why]) => `  ${what}\n${facts([["", why]])}`),
                  BAD_SHOWN,
              ),
          ];

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

const proof = (optimal: boolean, unit: string): string =>
    optimal
        ? `Proven: no set of ${unit} covers these with fewer of the control plane, or else with less opened.`
        : `Not proven: the search reached its bound on work, so a better set of ${unit} may exist.`;

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
            contract.unmatched.map(({ call, why }) => [call, why]),
        ),
        ...(solution.permissions.length > 0 && least === undefined ? [proof(solution.optimal, "permissions")] : []),
    ].join("\n\n");
};

const roleBlock = ({ name, id, tier, excess, excessWrites, coversOnly }: ChosenRole): string =>
    `${heading(name)}\n${facts([
        ["id", id],
        ["danger", tierInWords(tier)],
        ["opens beyond", `${counted(excess, "action")}, ${excessWrites} of them not only reading`],
        ["only it covers", firstOf(coversOnly, SHOWN)],
    ])}`;

/** A solved list of actions, for people. */
export const actionsText = ({ contract, solution }: ActionsAnswer): string => {
    const { actions, dataActions } = contract.custom;
    const asked = actions.length + dataActions.length;
    if (asked === 0 && contract.uncovered.length === 0) {
        return "no actions in the list; expected one a line, such as 'Microsoft.Compute/virtualMachines/read'";
    }
    const opened = solution.roles.length === 0 ? "" : `, opening ${counted(solution.excess, "action")} beyond them`;
    return [
        `${counted(asked, "action")} need${asked === 1 ? "s" : ""} ${counted(solution.roles.length, "built-in role")}${opened}`,
        ...solution.roles.map(roleBlock),
        ...(solution.alternatives.length === 0
            ? []
            : [
                  `${heading("Single roles that would do too")}\n${facts(
                      solution.alternatives.map(({ name, tier, excess }) => [
                          name,
                          `opens ${counted(excess, "action")} beyond; ${tierInWords(tier)}`,
                      ]),
                  )}`,
              ]),
        ...(asked === 0
            ? []
            : [
                  `${heading("Exact custom role")}\n${facts([
                      ["opens beyond", "nothing"],
                      ["actions", firstOf(actions, SHOWN)],
                      ["data actions", firstOf(dataActions, SHOWN)],
                  ])}`,
              ]),
        ...reasons(
            "Not covered by a built-in role",
            solution.unusable.map(({ action, why }) => [action, why]),
        ),
        ...reasons(
            "Not in the tables; covered by a wildcard",
            solution.unknown.map(action => [action, "check the spelling: no source lists this action"]),
        ),
        ...(solution.roles.length > 0 ? [proof(solution.optimal, "roles")] : []),
    ].join("\n\n");
};
