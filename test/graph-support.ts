import type { Call } from "../access/calls.ts";
import { optionsOf } from "../access/graph-lookup.ts";
import type { Reading } from "../access/graph-sets.ts";
import { callTable } from "../access/graph-table.ts";
import { METHOD_LETTERS } from "../access/method.ts";

const METHODS = new Map(Object.entries(METHOD_LETTERS).map(([method, letter]) => [letter, method]));

function* callsUnder(node: object, path: string): Generator<Call> {
    for (const [segment, child] of Object.entries(node) as [string, object | string][])
        if (typeof child === "object") yield* callsUnder(child, `${path}/${segment.replace("{}", "{id}")}`);
        else
            for (const text of child.split(" "))
                yield { method: METHODS.get(text.charAt(0)) ?? "", path, version: "v1.0" };
}

/** Every call of the table that some permission allows to an application. */
export const allCalls = (reading: Reading = "reviewed"): Call[] =>
    [...callsUnder(callTable().paths, "")].filter(call => optionsOf(call, reading).length > 0);

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
