import { emptyBits, setBit, addBits, weightBeyond } from "./bits.ts";
import type { Bits } from "./bits.ts";
import type { CoverProblem } from "./cover-problem.ts";
import { lazy } from "./facts.ts";
import { listedIn, permissions } from "./graph-sets.ts";
import { callTable } from "./graph-table.ts";

/**
 * What a call that reads, and one that changes something, weigh when reach is minimised. A write weighs more, but all
 * writes of the table together never so much more that a set with more pairs comes before one with fewer: writes decide
 * between sets of the same reach.
 */
const READ_WEIGHT = 10_000;
const WRITE_WEIGHT = READ_WEIGHT + 1;

interface Reach {
    readonly problem: CoverProblem;
    /** Calls with each permission set of the table. */
    readonly counts: Float64Array;
    readonly nothing: Bits;
    /** The reach of single permissions, as they are asked for. */
    readonly single: number[];
}

const reach = lazy((): Reach => {
    const { sets } = callTable();
    const opens = permissions().map(() => emptyBits(sets.length));
    for (const set of sets.keys())
        for (const { number } of listedIn(set)) {
            const bits = opens[number];
            if (bits !== undefined) setBit(bits, set);
        }
    return {
        problem: {
            opens,
            weights: Float64Array.from(sets, ([reads, writes]) => READ_WEIGHT * reads + WRITE_WEIGHT * writes),
            critical: permissions().map(({ tier }) => tier === 0),
        },
        counts: Float64Array.from(sets, ([reads, writes]) => reads + writes),
        nothing: emptyBits(sets.length),
        single: [],
    };
});

/** The permissions as candidates of a cover: what they open, with writes weighing more, and which are control plane. */
export const graphProblem = (): CoverProblem => reach().problem;

/**
 * How many (method, path) pairs of the table a set of permissions opens. A pair counts for each permission that the
 * table lists for it, also where a second one is needed beside it.
 */
export const reachOf = (numbers: readonly number[]): number => {
    const { problem, counts, nothing, single } = reach();
    const [first, second] = numbers;
    if (first !== undefined && second === undefined)
        return (single[first] ??= weightBeyond(problem.opens[first] ?? nothing, nothing, counts));
    const bits = new Uint32Array(nothing);
    for (const number of numbers) addBits(bits, problem.opens[number] ?? nothing);
    return weightBeyond(bits, nothing, counts);
};
