/** What is lost with a right: more with a dangerous one, so that the least dangerous of as many are taken. */
export type Losses = ReadonlyMap<string, number>;

/** A right, with the sets it is in that no right taken is in. */
interface Candidate {
    readonly right: string;
    readonly sets: Set<readonly string[]>;
}

const candidatesOf = (sets: readonly (readonly string[])[]): ReadonlyMap<string, Candidate> => {
    const found = new Map<string, Candidate>();
    for (const set of sets)
        for (const right of set) {
            const candidate = found.get(right) ?? { right, sets: new Set() };
            found.set(right, candidate);
            candidate.sets.add(set);
        }
    return found;
};

/**
 * Rights of which each set has one: again and again the one that most sets are left of, of as many the least loss, then
 * the first. Counts only fall, so that candidates wait by the count they had, and are put back when theirs has fallen.
 */
export const takeMost = (sets: readonly (readonly string[])[], losses: Losses): ReadonlySet<string> => {
    const [taken, candidates] = [new Set<string>(), candidatesOf(sets)];
    const waiting: Candidate[][] = [];
    const wait = (candidate: Candidate): void => {
        (waiting[candidate.sets.size] ??= []).push(candidate);
    };
    [...candidates.values()].forEach(wait);
    for (let count = waiting.length - 1; count > 0; count -= 1) {
        const queue = (waiting[count] ?? []).toSorted(
            (a, b) => (losses.get(a.right) ?? 0) - (losses.get(b.right) ?? 0) || (a.right < b.right ? -1 : 1),
        );
        for (const candidate of queue) {
            if (candidate.sets.size < count) wait(candidate);
            else take(candidate, candidates, taken);
        }
    }
    return taken;
};

const take = ({ right, sets }: Candidate, candidates: ReadonlyMap<string, Candidate>, taken: Set<string>): void => {
    taken.add(right);
    for (const set of [...sets]) for (const each of set) candidates.get(each)?.sets.delete(set);
};
