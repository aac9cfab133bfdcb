import { addBits, emptyBits, isSubset, setBit, weightBeyond } from "./bits.ts";
import type { Bits } from "./bits.ts";
import type { Alternative, CoverProblem, Requirement, Rest } from "./cover-problem.ts";

/** The problem with candidates taken: requirements that are met go, and what is left of the others stays. */
export const afterTaking = (requirements: readonly Requirement[], taken: ReadonlySet<number>): Requirement[] =>
    requirements.flatMap(requirement => {
        if (!requirement.some(alternative => alternative.some(candidate => taken.has(candidate)))) return [requirement];
        const left = requirement.map(alternative => alternative.filter(candidate => !taken.has(candidate)));
        return left.some(alternative => alternative.length === 0) ? [] : [left];
    });

/** The problem without some candidates. */
export const without = (requirements: readonly Requirement[], dropped: ReadonlySet<number>): Requirement[] =>
    requirements.map(requirement =>
        requirement.filter(alternative => !alternative.some(candidate => dropped.has(candidate))),
    );

/** Candidates that every answer takes: those in all alternatives of a requirement. */
const forced = (requirements: readonly Requirement[]): Set<number> => {
    const found = new Set<number>();
    for (const [first, ...others] of requirements)
        for (const candidate of first ?? [])
            if (others.every(alternative => alternative.includes(candidate))) found.add(candidate);
    return found;
};

/** Requirements that no other one implies: whoever meets a stricter one meets these. */
const strictest = (requirements: readonly Requirement[]): Requirement[] => {
    if (requirements.length < 2) return [...requirements];
    const numbers = new Map<number | string, number>();
    const numberOf = (alternative: Alternative): number => {
        const [first = -1, second] = alternative;
        const key = second === undefined ? first : alternative.join();
        const number = numbers.get(key) ?? numbers.size;
        numbers.set(key, number);
        return number;
    };
    const lists = requirements.map(requirement => requirement.map(numberOf));
    const sets = lists.map(list => {
        const bits = emptyBits(numbers.size);
        for (const number of list) setBit(bits, number);
        return bits;
    });
    const order = [...lists.keys()].sort((a, b) => (lists[a]?.length ?? 0) - (lists[b]?.length ?? 0) || a - b);
    const kept: number[] = [];
    for (const index of order) {
        const own = sets[index] ?? emptyBits(0);
        if (!kept.some(other => isSubset(sets[other] ?? own, own))) kept.push(index);
    }
    return kept.sort((a, b) => a - b).flatMap(index => [requirements[index] ?? []]);
};

interface Standing {
    readonly candidate: number;
    /** The requirements it meets alone. */
    readonly meets: Bits;
    /** Some requirement needs it together with another candidate. */
    inPair: boolean;
    weight: number;
    /** The weight nobody else opens. */
    own: number;
}

const standings = ({ opens, weights }: CoverProblem, { requirements, opened }: Rest): Standing[] => {
    const found = new Map<number, Standing>();
    for (const [index, requirement] of requirements.entries())
        for (const alternative of requirement)
            for (const candidate of alternative) {
                const standing = found.get(candidate) ?? {
                    candidate,
                    meets: emptyBits(requirements.length),
                    inPair: false,
                    weight: 0,
                    own: 0,
                };
                found.set(candidate, standing);
                if (alternative.length === 1) setBit(standing.meets, index);
                else standing.inPair = true;
            }
    const once = new Uint32Array(opened);
    const shared = new Uint32Array(opened);
    for (const candidate of found.keys()) {
        const bits = opens[candidate] ?? opened;
        for (let word = 0; word < bits.length; word++) {
            shared[word] = (shared[word] ?? 0) | ((once[word] ?? 0) & (bits[word] ?? 0));
            once[word] = (once[word] ?? 0) | (bits[word] ?? 0);
        }
    }
    for (const standing of found.values()) {
        const bits = opens[standing.candidate] ?? opened;
        standing.weight = weightBeyond(bits, opened, weights);
        standing.own = weightBeyond(bits, shared, weights);
    }
    return [...found.values()];
};

/** Whether an answer with `worse` gets strictly better, or equal and first by name, with `better` in its place. */
const dominates = (problem: CoverProblem, opened: Bits, better: Standing, worse: Standing): boolean => {
    if (!isSubset(worse.meets, better.meets)) return false;
    const more = Number(problem.critical[better.candidate]) - Number(problem.critical[worse.candidate]);
    if (more !== 0) return more < 0;
    if (better.weight > worse.weight) return false;
    if (better.weight < worse.own) return true;
    const [own, other] = [problem.opens[better.candidate] ?? opened, problem.opens[worse.candidate] ?? opened];
    const gain = worse.own - weightBeyond(own, opened, problem.weights, other);
    return gain > 0 || (gain === 0 && better.candidate < worse.candidate);
};

/** Candidates that no answer needs, because another one always does as well or better. */
const dominated = (problem: CoverProblem, rest: Rest): Set<number> => {
    const all = standings(problem, rest).sort((a, b) => a.weight - b.weight || a.candidate - b.candidate);
    const dropped = new Set<number>();
    for (const worse of [...all].reverse())
        if (
            !worse.inPair &&
            all.some(
                better =>
                    better !== worse &&
                    !dropped.has(better.candidate) &&
                    dominates(problem, rest.opened, better, worse),
            )
        )
            dropped.add(worse.candidate);
    return dropped;
};

/** Takes what every best answer takes and drops what none needs, until neither is found. */
export const reduce = (problem: CoverProblem, rest: Rest): { taken: number[]; rest: Rest } => {
    const opened = new Uint32Array(rest.opened);
    const taken: number[] = [];
    let { requirements } = rest;
    while (requirements.length > 0) {
        const must = forced(requirements);
        if (must.size > 0) {
            for (const candidate of must) addBits(opened, problem.opens[candidate] ?? opened);
            taken.push(...must);
            requirements = afterTaking(requirements, must);
            continue;
        }
        requirements = strictest(requirements);
        const dropped = dominated(problem, { requirements, opened });
        if (dropped.size === 0) break;
        requirements = without(requirements, dropped);
    }
    return { taken, rest: { requirements, opened } };
};
