import type { Call } from "./calls.ts";
import { graphProblem, reachOf } from "./graph-reach.ts";
import { permissionNamed, permissions } from "./graph-sets.ts";
import { isMet, metOnlyBy, needsOf } from "./graph-solution.ts";
import type { GraphSolution, Need } from "./graph-solution.ts";

/** A permission that could take another's place in an answer, at the price of more reach. */
export interface Alternative {
    readonly permission: string;
    readonly instead: string;
    /** (method, path) pairs the whole set would open with it. */
    readonly reach: number;
}

/** How many alternatives are named for each permission of an answer. */
const NAMED = 3;

const replacements = (number: number, needs: readonly Need[], held: ReadonlySet<number>): Alternative[] => {
    const only = metOnlyBy(number, needs, held);
    const others = [...held].filter(other => other !== number);
    const { critical } = graphProblem();
    const candidates = new Set(only.flatMap(({ options }) => options.flat()));
    return [...candidates]
        .filter(candidate => !held.has(candidate) && (critical[candidate] !== true || critical[number] === true))
        .filter(candidate => only.every(need => isMet(need, new Set([...others, candidate]))))
        .map(candidate => ({
            permission: permissions()[number]?.name ?? "",
            instead: permissions()[candidate]?.name ?? "",
            reach: reachOf([...others, candidate]),
        }))
        .sort((a, b) => a.reach - b.reach || (a.instead < b.instead ? -1 : 1))
        .slice(0, NAMED);
};

/** For each permission of an answer those that could take its place with no more control-plane permissions, least first. */
export const alternatives = (solution: GraphSolution, calls: readonly Call[]): readonly Alternative[] => {
    const { needs } = needsOf(calls, "reviewed");
    const numbers = solution.permissions.flatMap(({ name }) => permissionNamed(name)?.number ?? []);
    return numbers.flatMap(number => replacements(number, needs, new Set(numbers)));
};
