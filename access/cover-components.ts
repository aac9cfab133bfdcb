import type { CoverProblem, Requirement, Rest } from "./cover-problem.ts";

/** Which of several things belong together. */
class Groups {
    readonly #parent: number[];

    constructor(size: number) {
        this.#parent = Array.from({ length: size }, (_, index) => index);
    }

    find(index: number): number {
        let at = index;
        while (this.#parent[at] !== at) {
            const up = this.#parent[at] ?? at;
            this.#parent[at] = this.#parent[up] ?? up;
            at = up;
        }
        return at;
    }

    join(a: number, b: number): void {
        this.#parent[this.find(a)] = this.find(b);
    }
}

/** Joins the requirements that share a candidate, or whose candidates open some of the same. */
const grouped = ({ opens }: CoverProblem, { requirements, opened }: Rest): Groups => {
    const groups = new Groups(requirements.length);
    const firstWith = new Map<number, number>();
    const firstOpening = new Int32Array(opened.length << 5).fill(-1);
    for (const [index, requirement] of requirements.entries())
        for (const candidate of new Set(requirement.flat())) {
            const first = firstWith.get(candidate);
            if (first !== undefined) {
                groups.join(index, first);
                continue;
            }
            firstWith.set(candidate, index);
            const bits = opens[candidate] ?? opened;
            for (let word = 0; word < bits.length; word++)
                for (let left = (bits[word] ?? 0) & ~(opened[word] ?? 0); left !== 0; left &= left - 1) {
                    const bit = (word << 5) | (31 - Math.clz32(left & -left));
                    const other = firstOpening[bit] ?? -1;
                    if (other < 0) firstOpening[bit] = index;
                    else groups.join(index, other);
                }
        }
    return groups;
};

/** The parts of a problem that share neither candidates nor anything they open. */
export const components = (problem: CoverProblem, rest: Rest): Rest[] => {
    const groups = grouped(problem, rest);
    const parts = new Map<number, Requirement[]>();
    for (const [index, requirement] of rest.requirements.entries()) {
        const group = groups.find(index);
        parts.set(group, [...(parts.get(group) ?? []), requirement]);
    }
    return [...parts.values()].map(requirements => ({ requirements, opened: rest.opened }));
};
