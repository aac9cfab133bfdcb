import { members } from "./action-set.ts";
import { emptyBits, hasBit, setBit } from "./bits.ts";
import type { Bits } from "./bits.ts";

/** Sets over few weighted cells that cost the same as the sets over many actions they stand for. */
export interface Cells {
    readonly sets: readonly Bits[];
    readonly weights: readonly number[];
}

/** Groups the actions that are in the same sets, by splitting groups set by set. */
const group = (sets: readonly (readonly number[])[], size: number): { cellOf: Int32Array; cells: number } => {
    const cellOf = new Int32Array(size);
    let cells = 1;
    for (const set of sets) {
        const split = new Map<number, number>();
        for (const at of set) {
            const old = cellOf[at] ?? 0;
            const cell = split.get(old) ?? cells++;
            split.set(old, cell);
            cellOf[at] = cell;
        }
    }
    return { cellOf, cells };
};

/**
 * Merges actions that no set tells apart into one cell of their summed weight.
 * @param sets what each role opens
 * @param heavy actions that weigh `factor` instead of 1
 */
export const mergeCells = (sets: readonly Bits[], heavy: Bits, factor: number): Cells => {
    const lists = sets.map(members);
    const { cellOf, cells } = group(lists, heavy.length << 5);
    const used = new Map<number, number>();
    const weights: number[] = [];
    const numberOf = (at: number): number => {
        const cell = cellOf[at] ?? 0;
        const number = used.get(cell) ?? used.size;
        used.set(cell, number);
        return number;
    };
    for (const at of new Set(lists.flat())) {
        const number = numberOf(at);
        weights[number] = (weights[number] ?? 0) + (hasBit(heavy, at) ? factor : 1);
    }
    const merged = lists.map(list => {
        const set = emptyBits(Math.min(cells, used.size));
        for (const at of list) setBit(set, numberOf(at));
        return set;
    });
    return { sets: merged, weights };
};
