import { emptyBits, setBit } from "./bits.ts";
import { solveCover } from "./cover.ts";
import { dangerOf, HARMLESS } from "./escalation-danger.ts";
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

/** What is lost with a right: more with a dangerous one, so that the least dangerous of as many are taken. */
type Losses = ReadonlyMap<string, number>;

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

const greedy = (sets: readonly (readonly string[])[], losses: Losses): Cut => {
    const rights = new Set<string>();
    const uncut = new Map<string, Set<readonly string[]>>();
    for (const set of sets) for (const right of set) (uncut.get(right) ?? put(uncut, right)).add(set);
    const isBetter = (a: string, b: string): boolean => {
        const order =
            (uncut.get(b)?.size ?? 0) - (uncut.get(a)?.size ?? 0) || (losses.get(a) ?? 0) - (losses.get(b) ?? 0);
        return order < 0 || (order === 0 && a < b);
    };
    while (uncut.size > 0) {
        const best = [...uncut.keys()].reduce((a, b) => (isBetter(b, a) ? b : a));
        rights.add(best);
        for (const set of uncut.get(best) ?? [])
            for (const right of set.filter(each => each !== best)) {
                const left = uncut.get(right);
                left?.delete(set);
                if (left?.size === 0) uncut.delete(right);
            }
        uncut.delete(best);
    }
    return { rights, proven: false };
};

const put = <T>(map: Map<string, Set<T>>, key: string): Set<T> => {
    const made = new Set<T>();
    map.set(key, made);
    return made;
};

const cutOf = (paths: readonly UncutPath[], losses: Losses): Cut => {
    const sets = distinct(paths);
    return sets.length > MOST_PATHS ? greedy(sets, losses) : exact(sets, losses);
};

const without = (model: AccessModel, gone: ReadonlySet<string>): AccessModel => ({
    ...model,
    rights: model.rights.filter(({ key }) => !gone.has(key)),
});

/**
 * The fewest rights without which a model has no path left, and of as few those whose danger adds up to the least.
 * Paths that show only once others are cut are found by cutting and looking again: each answer is the best for the paths
 * known so far, so that the first one that leaves none is the best of all.
 */
export const cheapestCut = (
    model: AccessModel,
    paths: readonly UncutPath[],
    find: (model: AccessModel) => readonly UncutPath[],
): Cut => {
    const losses = new Map(model.rights.map(right => [right.key, HARMLESS - dangerOf(right)]));
    const known = [...paths];
    const rounds = Math.min(MOST_ROUNDS, Math.ceil(MOST_RIGHTS / Math.max(1, model.rights.length)));
    let cut = cutOf(known, losses);
    for (let round = 0; round < rounds && cut.proven; round += 1) {
        const left = find(without(model, cut.rights));
        if (left.length === 0) return cut;
        known.push(...left);
        cut = cutOf(known, losses);
    }
    return { ...cut, proven: false };
};
