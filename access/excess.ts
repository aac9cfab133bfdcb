import type { ActionSet } from "./action-set.ts";
import { popcount } from "./action-set.ts";

/** An action that changes something weighs as much as this many that read. */
export const WRITE_WEIGHT = 2;

/** Weighs what sets of opened actions add to each other. Looks only at the words of a set that are not empty. */
export class Excess {
    readonly #sets: readonly ActionSet[];
    readonly #writes: ActionSet;
    readonly #words: readonly Uint16Array[];

    constructor(sets: readonly ActionSet[], writes: ActionSet) {
        this.#sets = sets;
        this.#writes = writes;
        this.#words = sets.map(set => Uint16Array.from([...set.keys()].filter(at => set[at] !== 0)));
    }

    /** Weight of the actions set number `at` opens that are not opened yet. */
    added(at: number, opened: ActionSet): number {
        const set = this.#sets[at];
        const words = this.#words[at];
        if (set === undefined || words === undefined) throw new RangeError(`no set ${at.toString()}`);
        let total = 0;
        for (const word of words) {
            const fresh = (set[word] ?? 0) & ~(opened[word] ?? 0);
            if (fresh !== 0)
                total += popcount(fresh) + (WRITE_WEIGHT - 1) * popcount(fresh & (this.#writes[word] ?? 0));
        }
        return total;
    }
}
