/** A set of actions, or of needs: small numbers, one bit each. All sets of one problem have the same length. */
export type ActionSet = Uint32Array;

export const emptySet = (size: number): ActionSet => new Uint32Array((size + 31) >>> 5);

export const setBit = (set: ActionSet, at: number): void => {
    set[at >>> 5] = (set[at >>> 5] ?? 0) | (1 << (at & 31));
};

export const clearBit = (set: ActionSet, at: number): void => {
    set[at >>> 5] = (set[at >>> 5] ?? 0) & ~(1 << (at & 31));
};

export const hasBit = (set: ActionSet, at: number): boolean => (((set[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;

export const union = (a: ActionSet, b: ActionSet): ActionSet => a.map((word, at) => word | (b[at] ?? 0));

export const intersection = (a: ActionSet, b: ActionSet): ActionSet => a.map((word, at) => word & (b[at] ?? 0));

export const difference = (a: ActionSet, b: ActionSet): ActionSet => a.map((word, at) => word & ~(b[at] ?? 0));

export const isSubset = (a: ActionSet, b: ActionSet): boolean => {
    for (let at = 0; at < a.length; at += 1) if (((a[at] ?? 0) & ~(b[at] ?? 0)) !== 0) return false;
    return true;
};

/** Number of bits set in a word. */
export const popcount = (word: number): number => {
    const pairs = word - ((word >>> 1) & 0x55555555);
    const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
    return (((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
};

export const count = (set: ActionSet): number => {
    let total = 0;
    for (let at = 0; at < set.length; at += 1) total += popcount(set[at] ?? 0);
    return total;
};

/** The numbers in a set, ascending. */
export const members = (set: ActionSet): number[] => {
    const found: number[] = [];
    for (let at = 0; at < set.length; at += 1) {
        for (let word = set[at] ?? 0; word !== 0; word &= word - 1)
            found.push((at << 5) + 31 - Math.clz32(word & -word));
    }
    return found;
};
