import type { Call } from "./calls.ts";
import { solveCover } from "./cover.ts";
import { graphProblem } from "./graph-reach.ts";
import type { Reading } from "./graph-sets.ts";
import { isMet, needsOf, solutionOf } from "./graph-solution.ts";
import type { GraphSolution, Need } from "./graph-solution.ts";

export type { GraphSolution, SolvedPermission, Unmatched } from "./graph-solution.ts";

export interface SolveOptions {
    /**
     * Which facts count: those of the source table as reviewed, or the table as it is.
     * @default - as reviewed
     */
    readonly facts?: Reading;
}

/** The least permissions, by number and ascending, that meet needs, when some are held already. */
export const leastFor = (
    needs: readonly Need[],
    held: readonly number[] = [],
): { taken: number[]; optimal: boolean } => {
    const distinct = new Set(needs.filter(need => !isMet(need, new Set(held))).map(({ options }) => options));
    const { taken, optimal } = solveCover(graphProblem(), [...distinct, ...held.map(number => [[number]])]);
    return { taken: taken.filter(number => !held.includes(number)), optimal };
};

/**
 * The least set of permissions that allows every call: fewest control-plane permissions; then least reach, with writes
 * weighing more; then fewest permissions; then the first by name. Calls that no permission allows are in `unmatched`.
 */
export const solveGraph = (calls: readonly Call[], { facts = "reviewed" }: SolveOptions = {}): GraphSolution => {
    const needs = needsOf(calls, facts);
    const { taken, optimal } = leastFor(needs.needs);
    return solutionOf(taken, needs, optimal);
};
