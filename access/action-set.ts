import type { Bits } from "./bits.ts";

export const clearBit = (set: Bits, at: number): void => {
    set[at >>> 5] = (set[at >>> 5] ?? 0) & ~(1 << (at & 31));
};

export const union = (a: Bits, b: Bits): Bits => a.map((word, at) => word | (b[at] ?? 0));

export const intersection = (a: Bits, b: Bits): Bits => a.map((word, at) => word & (b[at] ?? 0));

export const difference = (a: Bits, b: Bits): Bits => a.map((word, at) => word & ~(b[at] ?? 0));

const popcount = (word: number): number => {
    const pairs = word - ((word >>> 1) & 0x55555555);
    const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
    return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

export const count = (set: Bits): number => {
    let total = 0;
    for (let at = 0; at < set.length; at += 1) total += popcount(set[at] ?? 0);
    return total;
};

/** The numbers in a set, ascending. */
export const members = (set: Bits): number[] => {
    const found: number[] = [];
    for (let at = 0; at < set.length; at += 1) {
        for (let word = set[at] ?? 0; word !== 0; word &= word - 1)
            found.push((at << 5) + 31 - Math.clz32(word & -word));
    }
    return found;
};
