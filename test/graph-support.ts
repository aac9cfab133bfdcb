import type { Call } from "../access/calls.ts";
import { listedCalls } from "../access/graph-listing.ts";
import { optionsOf } from "../access/graph-lookup.ts";
import type { Reading } from "../access/graph-sets.ts";

/** Every call of the table that some permission allows to an application. */
export const allCalls = (reading: Reading = "reviewed"): Call[] =>
    listedCalls().filter(call => optionsOf(call, reading).length > 0);

/** Numbers below a bound, the same in every run. */
export const randomFrom = (seed: number): ((below: number) => number) => {
    let state = seed;
    return below => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
};

/** Some calls of a list, with repetition. */
export const sample = (calls: readonly Call[], size: number, random: (below: number) => number): Call[] =>
    Array.from({ length: size }, () => calls[random(calls.length)] as Call);
