import { emptyBits, setBit } from "./bits.ts";
import { solveCover } from "./cover.ts";
import { dangerOf, HARMLESS } from "./escalation-danger.ts";
import { type Losses, takeMost } from "./escalation-most.ts";
import type { UncutPath } from "./escalation-path.ts";
import type { AccessModel } from "./model.ts";

/** Rights that cut every path they were asked for. */
export interface Cut {
    readonly rights: ReadonlySet<string>;
    /** Whether there are no fewer that would do, and none of less danger among as few. */
    readonly proven: boolean;
}

/** Beyond these the search gives way to taking what cuts most, again and again. */
const MOST_PATHS = 200;
/** Work of the exact search, the less the more paths there are. */
const WORK = 60_000;
/** Looking again takes the longer the more rights there are: so many are looked at in all. */
const MOST_RIGHTS = 20_000;
const MOST_ROUNDS = 50;

/** The rights that each path takes, without those that another path takes all of. */
const distinct = (paths: readonly UncutPath[]): readonly (readonly string[])[] => {
    const all = new Map(
        paths.map(({ hops }) => {
            const rights = [...new Set(hops.flatMap(({ by }) => by))].sort();
            return [rights.join("\n"), rights];
        }),
    );
    const sets = [...all.values()].toSorted((a, b) => a.length - b.length);
    if (sets.length > MOST_PATHS) return sets;
    return sets.filter((set, at) => !sets.slice(0, at).some(smaller => smaller.every(right => set.includes(right))));
};

const exact = (sets: readonly (readonly string[])[], losses: Losses): Cut => {
    const rights = [...new Set(sets.flat())].sort();
    const numbers = new Map(rights.map((right, at) => [right, at]));
    const opens = rights.map((_, at) => {
        const bits = emptyBits(rights.length);
        setBit(bits, at);
        return bits;
    });
    const weights = rights.map(right => losses.get(right) ?? 0);
    const problem = { opens, weights, critical: rights.map(() => true) };
    const { taken, optimal } = solveCover(
        problem,
        sets.map(set => set.map(right => [numbers.get(right) ?? -1])),
        Math.ceil(WORK / sets.length),
    );
    return { rights: new Set(taken.map(at => rights[at] ?? "")), proven: optimal };
};

const cutOf = (paths: readonly UncutPath[], losses: Losses): Cut => {
    const sets = distinct(paths);
    return sets.length > MOST_PATHS ? { rights: takeMost(sets, losses), proven: false } : exact(sets, losses);
};

/**
 * The fewest rights without which a model has no path left, and of as few those whose danger adds up to the least.
 * Paths that show only once others are cut are found by cutting and looking again: each answer is the best for the paths
 * known so far, so that the first one that leaves none is the best of all.
 */
export const cheapestCut = (
    model: AccessModel,
    paths: readonly UncutPath[],
    find: (gone: ReadonlySet<string>) => readonly UncutPath[],
): Cut => {
    const losses = new Map(model.rights.map(right => [right.key, HARMLESS - dangerOf(right)]));
    const known = [...paths];
    const rounds = Math.min(MOST_ROUNDS, Math.ceil(MOST_RIGHTS / Math.max(1, model.rights.length)));
    let cut = cutOf(known, losses);
    for (let round = 0; round < rounds && cut.proven; round += 1) {
        const left = find(cut.rights);
        if (left.length === 0) return cut;
        known.push(...left);
        cut = cutOf(known, losses);
    }
    return { ...cut, proven: false };
};
