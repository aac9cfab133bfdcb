import { addBits, weightBeyond } from "./bits.ts";
import type { Bits } from "./bits.ts";
import { lowerBound } from "./cover-bound.ts";
import { components } from "./cover-components.ts";
import { costOf, isBefore } from "./cover-problem.ts";
import type { Alternative, Choice, CoverProblem, Requirement, Rest } from "./cover-problem.ts";
import { afterTaking, reduce, without } from "./cover-reduce.ts";

/** The best answer, and whether the search proved that there is none better before its work ran out. */
export interface Cover {
    readonly taken: readonly number[];
    readonly optimal: boolean;
}

/** Branches the search may open: a bound on work, not on quality; what it stops is reported as not proven. */
export const WORK_LIMIT = 20_000;

interface Search {
    readonly problem: CoverProblem;
    readonly limit: number;
    work: number;
}

const NOTHING: Choice = { taken: [], cost: 0 };

const costOfTaking = ({ opens, weights, critical }: CoverProblem, taken: Iterable<number>, opened: Bits): number => {
    const after = new Uint32Array(opened);
    let count = 0;
    let dangerous = 0;
    for (const candidate of taken) {
        addBits(after, opens[candidate] ?? after);
        count += 1;
        if (critical[candidate] === true) dangerous += 1;
    }
    return costOf(dangerous, weightBeyond(after, opened, weights), count);
};

const joined = (a: Choice, b: Choice): Choice => ({
    taken: [...a.taken, ...b.taken].sort((x, y) => x - y),
    cost: a.cost + b.cost,
});

const take = (problem: CoverProblem, rest: Rest, alternative: Alternative): { choice: Choice; rest: Rest } => {
    const opened = new Uint32Array(rest.opened);
    for (const candidate of alternative) addBits(opened, problem.opens[candidate] ?? opened);
    return {
        choice: { taken: alternative, cost: costOfTaking(problem, alternative, rest.opened) },
        rest: { requirements: afterTaking(rest.requirements, new Set(alternative)), opened },
    };
};

const narrowest = (requirements: readonly Requirement[]): Requirement =>
    requirements.reduce((best, next) => (next.length < best.length ? next : best));

/** Alternatives of a requirement, the cheapest to take first. */
const byCost = (problem: CoverProblem, requirement: Requirement, opened: Bits): Alternative[] =>
    requirement
        .map(alternative => ({ alternative, cost: costOfTaking(problem, alternative, opened) }))
        .sort((a, b) => a.cost - b.cost)
        .map(({ alternative }) => alternative);

/** The answer of taking what is cheapest now, again and again. */
const greedy = (problem: CoverProblem, rest: Rest): Choice | undefined => {
    let choice = NOTHING;
    let left = rest;
    while (left.requirements.length > 0) {
        const cheapest = byCost(problem, narrowest(left.requirements), left.opened)[0];
        if (cheapest === undefined) return undefined;
        const next = take(problem, left, cheapest);
        choice = joined(choice, next.choice);
        left = next.rest;
    }
    return choice;
};

/** Tries each alternative of one requirement; after a candidate was tried alone, later branches do without it. */
const branch = (search: Search, rest: Rest, limit: number): Choice | undefined => {
    let best = greedy(search.problem, rest);
    if (best !== undefined && best.cost > limit) best = undefined;
    const tried = new Set<number>();
    for (const alternative of byCost(search.problem, narrowest(rest.requirements), rest.opened)) {
        if (alternative.some(candidate => tried.has(candidate))) continue;
        const open = { ...rest, requirements: without(rest.requirements, tried) };
        const next = take(search.problem, open, alternative);
        const left = solve(search, next.rest, (best?.cost ?? limit) - next.choice.cost);
        const found = left === undefined ? undefined : joined(next.choice, left);
        if (found !== undefined && (best === undefined || isBefore(found, best))) best = found;
        if (alternative.length === 1) tried.add(alternative[0] ?? -1);
    }
    return best;
};

/** Solves parts that share nothing one by one: the best whole is the best of each. */
const solveParts = (search: Search, parts: readonly Rest[], limit: number): Choice | undefined => {
    const bounds = parts.map(part => lowerBound(search.problem, part));
    let left = limit - bounds.reduce((sum, bound) => sum + bound, 0);
    let choice = NOTHING;
    for (const [index, part] of parts.entries()) {
        const bound = bounds[index] ?? 0;
        if (left < 0) return undefined;
        const found = branch(search, part, left + bound);
        if (found === undefined) return undefined;
        left -= found.cost - bound;
        choice = joined(choice, found);
    }
    return left < 0 ? undefined : choice;
};

/** The best answer to the rest of the problem that costs no more than the limit. */
const solve = (search: Search, rest: Rest, limit: number): Choice | undefined => {
    const reduced = reduce(search.problem, rest);
    const certain = {
        taken: reduced.taken.sort((a, b) => a - b),
        cost: costOfTaking(search.problem, reduced.taken, rest.opened),
    };
    const { requirements } = reduced.rest;
    if (certain.cost > limit || requirements.some(requirement => requirement.length === 0)) return undefined;
    if (requirements.length === 0) return certain;
    search.work += 1;
    if (search.work > search.limit) {
        const found = greedy(search.problem, reduced.rest);
        return found === undefined ? undefined : joined(certain, found);
    }
    const found = solveParts(search, components(search.problem, reduced.rest), limit - certain.cost);
    return found === undefined ? undefined : joined(certain, found);
};

/** The best set of candidates that meets every requirement; each requirement must have an alternative. */
export const solveCover = (
    problem: CoverProblem,
    requirements: readonly Requirement[],
    workLimit: number = WORK_LIMIT,
): Cover => {
    const search: Search = { problem, limit: workLimit, work: 0 };
    const nothing = new Uint32Array(problem.opens[0]?.length ?? 0);
    const found = solve(search, { requirements, opened: nothing }, Infinity);
    return { taken: found?.taken ?? [], optimal: search.work <= workLimit };
};
