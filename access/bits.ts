/** Sets of small numbers as words of 32 bits. */
export type Bits = Uint32Array;

export const emptyBits = (size: number): Bits => new Uint32Array((size + 31) >>> 5);

export const setBit = (bits: Bits, index: number): void => {
    bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31));
};

export const hasBit = (bits: Bits, index: number): boolean => ((bits[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;

export const addBits = (into: Bits, more: Bits): void => {
    for (let word = 0; word < into.length; word++) into[word] = (into[word] ?? 0) | (more[word] ?? 0);
};

export const isSubset = (some: Bits, all: Bits): boolean => {
    for (let word = 0; word < some.length; word++) if (((some[word] ?? 0) & ~(all[word] ?? 0)) !== 0) return false;
    return true;
};

/** The weight of the numbers in `bits` that are in neither `covered` nor `also`. */
export const weightBeyond = (bits: Bits, covered: Bits, weights: ArrayLike<number>, also: Bits = covered): number => {
    let sum = 0;
    for (let word = 0; word < bits.length; word++) {
        let left = (bits[word] ?? 0) & ~(covered[word] ?? 0) & ~(also[word] ?? 0);
        while (left !== 0) {
            const bit = 31 - Math.clz32(left);
            sum += weights[(word << 5) | bit] ?? 0;
            left &= ~(1 << bit);
        }
    }
    return sum;
};
