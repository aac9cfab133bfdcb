import type { Bits } from "./bits.ts";

/** Candidates that satisfy a requirement together. */
export type Alternative = readonly number[];

/** Met by any one of its alternatives. */
export type Requirement = readonly Alternative[];

/** A weighted set cover in which what the candidates open may overlap: numbers of candidates are their order of names. */
export interface CoverProblem {
    /** What each candidate opens, as numbers of weights. */
    readonly opens: readonly Bits[];
    readonly weights: ArrayLike<number>;
    /** Candidates of which as few as possible are to be taken, before all else. */
    readonly critical: readonly boolean[];
}

/** A part of the problem that is left to solve. */
export interface Rest {
    readonly requirements: readonly Requirement[];
    /** What the candidates taken so far open. */
    readonly opened: Bits;
}

/** Candidates, ascending, and their cost beyond what was open before. */
export interface Choice {
    readonly taken: readonly number[];
    readonly cost: number;
}

/**
 * The order of the answers as one number: critical candidates, then weight opened, then how many. The sums stay exact
 * while weights add up to less than a billion and there are less than a thousand candidates.
 */
export const costOf = (critical: number, weight: number, count: number): number =>
    critical * 1e12 + weight * 1e3 + count;

/** Whether an answer comes before another: by cost, then by name. */
export const isBefore = (a: Choice, b: Choice): boolean => {
    if (a.cost !== b.cost) return a.cost < b.cost;
    const differs = a.taken.findIndex((candidate, index) => candidate !== b.taken[index]);
    return differs >= 0 && (a.taken[differs] ?? 0) < (b.taken[differs] ?? 0);
};
