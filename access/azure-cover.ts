import { emptySet, hasBit, isSubset, setBit, union } from "./action-set.ts";
import type { ActionSet } from "./action-set.ts";
import { Excess } from "./excess.ts";

/** A role as the search sees it. Candidates are numbered in name order. */
export interface Candidate {
    readonly controlPlane: boolean;
    /** The needs it covers. */
    readonly covers: ActionSet;
    /** The actions it opens beyond the needs. */
    readonly opens: ActionSet;
}

export interface Cover {
    /** Numbers of the candidates chosen, ascending. */
    readonly chosen: readonly number[];
    /** Whether the search ended before its bound on work, so that no better set exists. */
    readonly optimal: boolean;
}

/** Compared in this order: control plane roles, weighted excess, number of roles, then the numbers themselves. */
interface Cost {
    readonly controlPlane: number;
    readonly excess: number;
    readonly chosen: readonly number[];
}

const byNames = (a: readonly number[], b: readonly number[]): number => {
    const at = a.findIndex((value, index) => value !== b[index]);
    return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
};

const compare = (a: Cost, b: Cost): number =>
    a.controlPlane - b.controlPlane || a.excess - b.excess || a.chosen.length - b.chosen.length;

interface State extends Cost {
    readonly covered: ActionSet;
    readonly opened: ActionSet;
}

interface Branch {
    readonly options: readonly number[];
    readonly bound: Cost;
}

/**
 * Depth-first branch and bound over the ways to cover the need with fewest options. The bound: each need left calls for
 * one of its options, so the answer costs at least what the dearest need's cheapest option adds.
 */
export class CoverSearch {
    readonly #candidates: readonly Candidate[];
    readonly #needs: readonly (readonly number[])[];
    readonly #excess: Excess;
    readonly #banned: Uint8Array;
    #best: Cost | undefined;
    #nodes: number;

    /** @param needs per need, the numbers of the candidates that cover it; none is empty */
    constructor(
        candidates: readonly Candidate[],
        needs: readonly (readonly number[])[],
        writes: ActionSet,
        nodes: number,
    ) {
        this.#candidates = candidates;
        this.#needs = needs;
        this.#excess = new Excess(
            candidates.map(({ opens }) => opens),
            writes,
        );
        this.#banned = new Uint8Array(candidates.length);
        this.#nodes = nodes;
    }

    /** The cheapest cover. */
    solve(): Cover {
        const size = this.#candidates[0]?.opens.length ?? 0;
        const start: State = {
            controlPlane: 0,
            excess: 0,
            chosen: [],
            covered: emptySet(this.#needs.length),
            opened: new Uint32Array(size),
        };
        this.#greedy(start);
        this.#banDominated();
        this.#visit(start);
        this.#banned.fill(0);
        this.#visit(start);
        return { chosen: this.#best?.chosen ?? [], optimal: this.#nodes > 0 };
    }

    #add(state: State, option: number): State {
        const { controlPlane, covers, opens } = this.#candidates[option] as Candidate;
        return {
            controlPlane: state.controlPlane + Number(controlPlane),
            excess: state.excess + this.#excess.added(option, state.opened),
            chosen: [...state.chosen, option].sort((a, b) => a - b),
            covered: union(state.covered, covers),
            opened: union(state.opened, opens),
        };
    }

    #left(state: State): number[] {
        return [...this.#needs.keys()].filter(need => !hasBit(state.covered, need));
    }

    #keep(cost: Cost): void {
        const order = this.#best === undefined ? -1 : compare(cost, this.#best);
        if (order < 0 || (order === 0 && byNames(cost.chosen, this.#best?.chosen ?? []) < 0)) this.#best = cost;
    }

    /** A first answer: always the option with the least cost per need it adds. */
    #greedy(start: State): void {
        let state = start;
        for (let left = this.#left(state); left.length > 0; left = this.#left(state)) {
            const worth = (option: number): number => {
                const candidate = this.#candidates[option] as Candidate;
                const gained = left.filter(need => hasBit(candidate.covers, need)).length;
                return (this.#excess.added(option, state.opened) + Number(candidate.controlPlane) * 1e6 + 1) / gained;
            };
            const options = new Set(left.flatMap(need => this.#needs[need] ?? []));
            const best = [...options]
                .map(option => ({ option, cost: worth(option) }))
                .sort((a, b) => a.cost - b.cost || a.option - b.option)[0];
            if (best === undefined) return;
            state = this.#add(state, best.option);
        }
        this.#keep(state);
    }

    /** A candidate that covers no more, opens no less and is no safer than another is not needed for the least cost. */
    #banDominated(): void {
        const beats = (a: Candidate, b: Candidate): boolean =>
            Number(a.controlPlane) <= Number(b.controlPlane) &&
            isSubset(b.covers, a.covers) &&
            isSubset(a.opens, b.opens);
        for (const [at, candidate] of this.#candidates.entries()) {
            const beaten = this.#candidates.some(
                (other, index) =>
                    index !== at &&
                    this.#banned[index] === 0 &&
                    beats(other, candidate) &&
                    (index < at || !beats(candidate, other)),
            );
            if (beaten) this.#banned[at] = 1;
        }
    }

    #branch(state: State, left: readonly number[]): Branch | undefined {
        const added = new Map<number, number>();
        const costOf = (option: number): number => {
            const cost = added.get(option) ?? this.#excess.added(option, state.opened);
            added.set(option, cost);
            return cost;
        };
        let narrowest: readonly number[] | undefined;
        let [dearest, controlPlane] = [0, 0];
        for (const need of left) {
            const options = (this.#needs[need] ?? []).filter(option => this.#banned[option] === 0);
            if (options.length === 0) return undefined;
            dearest = Math.max(dearest, Math.min(...options.map(costOf)));
            if (options.every(option => this.#candidates[option]?.controlPlane)) controlPlane = 1;
            if (narrowest === undefined || options.length < narrowest.length) narrowest = options;
        }
        const risk = (option: number): number => Number(this.#candidates[option]?.controlPlane);
        return {
            options: (narrowest ?? []).toSorted((a, b) => risk(a) - risk(b) || costOf(a) - costOf(b) || a - b),
            bound: {
                controlPlane: state.controlPlane + controlPlane,
                excess: state.excess + dearest,
                chosen: [...state.chosen, -1],
            },
        };
    }

    #visit(state: State): void {
        const left = this.#left(state);
        if (left.length === 0) this.#keep(state);
        if (left.length === 0 || this.#nodes <= 0) return;
        this.#nodes -= 1;
        const branch = this.#branch(state, left);
        if (branch === undefined || (this.#best !== undefined && compare(branch.bound, this.#best) > 0)) return;
        const tried: number[] = [];
        for (const option of branch.options) {
            const next = this.#add(state, option);
            if (this.#best === undefined || compare(next, this.#best) <= 0) this.#visit(next);
            this.#banned[option] = 1;
            tried.push(option);
        }
        for (const option of tried) this.#banned[option] = 0;
    }
}

/** The needs each candidate covers, as a set, from the options of each need. */
export const coversOf = (needs: readonly (readonly number[])[], candidates: number): ActionSet[] => {
    const sets = Array.from({ length: candidates }, () => emptySet(needs.length));
    needs.forEach((options, need) => {
        for (const option of options) setBit(sets[option] as ActionSet, need);
    });
    return sets;
};
