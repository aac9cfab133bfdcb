import type { Call } from "./calls.ts";
import type { Option, Reading } from "./graph-sets.ts";
import { needsOf, solutionOf } from "./graph-solution.ts";
import type { GraphSolution, Need } from "./graph-solution.ts";
import type { SolveOptions } from "./graph-solver.ts";

/** The permission that the format of the source picks for a call, with what is needed beside it. */
const pick = ({ options, found }: Need, reading: Reading): Option => {
    const least = found.kind !== "found" ? undefined : reading === "raw" ? found.cell.leastListed : found.cell.least;
    return options.find(option => least !== undefined && option.includes(least)) ?? options[0] ?? [];
};

/**
 * The answer that the format of the permissions table gives call by call, as Microsoft's own tools do, to compare with:
 * the permission flagged `least`; among several one that is exclusive to the method, else the one whose flags the fewest
 * methods share, else the first; where none is flagged, the same among all. Source: https://github.com/microsoftgraph/kibali
 */
export const likeMicrosoft = (calls: readonly Call[], { facts = "reviewed" }: SolveOptions = {}): GraphSolution => {
    const needs = needsOf(calls, facts);
    const taken = new Set(needs.needs.flatMap(need => pick(need, facts)));
    return solutionOf(
        [...taken].sort((a, b) => a - b),
        needs,
        false,
    );
};
