import { addBits, weightBeyond } from "./bits.ts";
import type { Bits } from "./bits.ts";
import { costOf } from "./cover-problem.ts";
import type { Alternative, CoverProblem, Requirement, Rest } from "./cover-problem.ts";

const opensTogether = ({ opens }: CoverProblem, alternative: Alternative, size: number): Bits => {
    const bits = new Uint32Array(size);
    for (const candidate of alternative) addBits(bits, opens[candidate] ?? bits);
    return bits;
};

/** How many requirements can be picked that share no candidate: each needs a candidate of its own. */
const disjoint = (requirements: readonly Requirement[]): number => {
    const seen = new Set<number>();
    let count = 0;
    for (const requirement of [...requirements].sort((a, b) => a.length - b.length)) {
        const candidates = requirement.flat();
        if (candidates.some(candidate => seen.has(candidate))) continue;
        for (const candidate of candidates) seen.add(candidate);
        count += 1;
    }
    return count;
};

const isCritical = (problem: CoverProblem, requirement: Requirement): boolean =>
    requirement.every(alternative => alternative.some(candidate => problem.critical[candidate] === true));

/** What every alternative of a requirement opens. */
const core = (alternatives: readonly Bits[], size: number): Bits => {
    const common = new Uint32Array(size).fill(0xffffffff);
    for (const bits of alternatives)
        for (let word = 0; word < size; word++) common[word] = (common[word] ?? 0) & (bits[word] ?? 0);
    return common;
};

/** Each weight divided among the requirements that may open it, so that none is counted twice. */
const shares = ({ weights }: CoverProblem, reachable: readonly Bits[]): Float64Array => {
    const share = new Float64Array(weights.length);
    for (const bits of reachable)
        for (let word = 0; word < bits.length; word++)
            for (let left = bits[word] ?? 0; left !== 0; left &= left - 1) {
                const index = (word << 5) | (31 - Math.clz32(left & -left));
                share[index] = (share[index] ?? 0) + 1;
            }
    for (let index = 0; index < share.length; index++) {
        const count = share[index] ?? 0;
        if (count > 0) share[index] = (weights[index] ?? 0) / count;
    }
    return share;
};

/** A weight that no answer undercuts: what all alternatives open, and of the rest a fair share a requirement. */
const weightBound = (problem: CoverProblem, { requirements, opened }: Rest): number => {
    const size = opened.length;
    const opens = requirements.map(requirement => requirement.map(each => opensTogether(problem, each, size)));
    const certain = new Uint32Array(opened);
    for (const alternatives of opens) addBits(certain, core(alternatives, size));
    const reachable = opens.map(alternatives => {
        const union = new Uint32Array(size);
        for (const bits of alternatives) addBits(union, bits);
        return union;
    });
    const share = shares(problem, reachable);
    let bound = weightBeyond(certain, opened, problem.weights);
    for (const alternatives of opens)
        bound += Math.min(...alternatives.map(bits => weightBeyond(bits, certain, share)));
    return Math.ceil(bound - 1e-3);
};

/** A cost that no answer to the rest of the problem undercuts. */
export const lowerBound = (problem: CoverProblem, rest: Rest): number => {
    if (rest.requirements.length === 0) return 0;
    const critical = disjoint(rest.requirements.filter(requirement => isCritical(problem, requirement)));
    return costOf(critical, weightBound(problem, rest), disjoint(rest.requirements));
};
