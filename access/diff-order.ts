/** How what is after stands to what was before; `apart` where neither holds the other, `unclear` where nothing tells. */
export type Order = "same" | "wider" | "narrower" | "apart" | "unclear";

/** The order of two rights, from the orders of their parts. */
export const combine = (orders: readonly Order[]): Order => {
    if (orders.includes("apart")) return "apart";
    if (orders.includes("unclear")) return "unclear";
    const [wider, narrower] = [orders.includes("wider"), orders.includes("narrower")];
    if (wider && narrower) return "apart";
    return wider ? "wider" : narrower ? "narrower" : "same";
};

/** The order of two sets, from whether each holds the other. */
export const orderOf = (afterHoldsBefore: boolean, beforeHoldsAfter: boolean): Order => {
    if (afterHoldsBefore) return beforeHoldsAfter ? "same" : "wider";
    return beforeHoldsAfter ? "narrower" : "apart";
};

/** The order of two limits, where none is wider than any. */
export const orderOfLimits = (before: string | undefined, after: string | undefined): Order =>
    before === after ? "same" : orderOf(after === undefined, before === undefined);

const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
    [...some].every(each => all.has(each));

/** The order of two sets of texts. */
export const orderOfSets = (before: ReadonlySet<string>, after: ReadonlySet<string>): Order =>
    orderOf(isWithin(before, after), isWithin(after, before));
