import { formatCall } from "./calls.ts";
import type { Call } from "./calls.ts";
import { optionsOf, resolve, whyUnmatched } from "./graph-lookup.ts";
import type { Resolution } from "./graph-lookup.ts";
import { reachOf } from "./graph-reach.ts";
import { permissions } from "./graph-sets.ts";
import type { Option, Reading } from "./graph-sets.ts";
import type { Tier } from "./tier.ts";

/** A permission of an answer, with its proof. */
export interface SolvedPermission {
    readonly name: string;
    readonly tier: Tier;
    /** (method, path) pairs it opens on its own. */
    readonly reach: number;
    /** The calls that no other permission of the answer allows. */
    readonly coversOnly: readonly string[];
    /** Pairs it opens beyond the calls it serves. */
    readonly beyond: number;
}

/** A call that no permission allows to an application, and why. */
export interface Unmatched {
    readonly call: string;
    readonly why: string;
}

/** A set of permissions that allows some calls. */
export interface GraphSolution {
    /** In the order of names. */
    readonly permissions: readonly SolvedPermission[];
    /** (method, path) pairs that the set opens. */
    readonly reach: number;
    /** Pairs that the set opens beyond the calls. */
    readonly beyond: number;
    readonly unmatched: readonly Unmatched[];
    /** False when the search stopped at its bound on work, so that a better set may exist. */
    readonly optimal: boolean;
}

/** A call that some permission allows. */
export interface Need {
    readonly text: string;
    readonly options: readonly Option[];
    readonly found: Resolution;
}

/** What calls need, in the order of their texts, and those that nothing allows. */
export interface Needs {
    readonly needs: readonly Need[];
    readonly unmatched: readonly Unmatched[];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Looks every call up, each once. */
export const needsOf = (calls: readonly Call[], reading: Reading): Needs => {
    const needs = new Map<string, Need>();
    const unmatched = new Map<string, Unmatched>();
    for (const call of calls) {
        const text = formatCall(call);
        const options = optionsOf(call, reading);
        if (options.length === 0) unmatched.set(text, { call: text, why: whyUnmatched(call) ?? "" });
        else
            needs.set(call.properties === undefined ? text : `${text} ${call.properties.join()}`, {
                text,
                options,
                found: resolve(call),
            });
    }
    return {
        needs: [...needs.values()].sort((a, b) => compare(a.text, b.text)),
        unmatched: [...unmatched.values()].sort((a, b) => compare(a.call, b.call)),
    };
};

/** Whether permissions that are held meet a need. */
export const isMet = ({ options }: Need, held: ReadonlySet<number>): boolean =>
    options.some(option => option.every(number => held.has(number)));

/** The needs that are not met any more without one permission. */
export const metOnlyBy = (number: number, needs: readonly Need[], held: ReadonlySet<number>): Need[] => {
    const others = new Set(held);
    others.delete(number);
    return needs.filter(
        need => need.options.some(option => option.includes(number)) && isMet(need, held) && !isMet(need, others),
    );
};

/** How many pairs of the table the calls are. */
const countPairs = (needs: readonly Need[]): number => {
    const pairs = new Set<string>();
    for (const { found } of needs) if (found.kind === "found") pairs.add(found.pair);
    return pairs.size;
};

const describe = (number: number, needs: readonly Need[], held: ReadonlySet<number>): SolvedPermission[] => {
    const permission = permissions()[number];
    if (permission === undefined) return [];
    const usable = needs.filter(({ options }) => options.some(option => option.includes(number)));
    const reach = reachOf([number]);
    return [
        {
            name: permission.name,
            tier: permission.tier,
            reach,
            coversOnly: [...new Set(metOnlyBy(number, needs, held).map(({ text }) => text))],
            beyond: reach - countPairs(usable),
        },
    ];
};

/** The answer that a set of permissions is. */
export const solutionOf = (taken: readonly number[], { needs, unmatched }: Needs, optimal: boolean): GraphSolution => {
    const held = new Set(taken);
    const reach = reachOf(taken);
    return {
        permissions: taken.flatMap(number => describe(number, needs, held)),
        reach,
        beyond: reach - countPairs(needs),
        unmatched,
        optimal,
    };
};
