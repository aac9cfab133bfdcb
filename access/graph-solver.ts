import { formatCall } from "./calls.ts";
import type { Call } from "./calls.ts";
import { solveCover } from "./cover.ts";
import { optionsOf, resolve, whyUnmatched } from "./graph-lookup.ts";
import { graphProblem, reachOf } from "./graph-reach.ts";
import { permissions } from "./graph-sets.ts";
import type { Option, Permission, Reading } from "./graph-sets.ts";
import type { Tier } from "./tier.ts";

/** A permission of an answer, with its proof. */
export interface SolvedPermission {
    readonly name: string;
    readonly tier: Tier;
    /** (method, path) pairs it opens on its own. */
    readonly reach: number;
    /** The calls that no other permission of the answer allows. */
    readonly coversOnly: readonly string[];
    /** Pairs it opens beyond the calls of the workload. */
    readonly beyond: number;
}

/** A call that no permission allows to an application, and why. */
export interface Unmatched {
    readonly call: string;
    readonly why: string;
}

/** The least set of permissions that allows some calls. */
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

export interface SolveOptions {
    /**
     * Which facts count: those of the source table as reviewed, or the table as it is.
     * @default - as reviewed
     */
    readonly facts?: Reading;
}

/** A call that some permission allows. */
interface Need {
    readonly text: string;
    readonly options: readonly Option[];
    /** The pair of the table it is, to count it once however it is written. */
    readonly pair: string;
}

const byText = (a: { text: string }, b: { text: string }): number => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);

const sorted = (calls: readonly Call[], reading: Reading): { needs: Need[]; unmatched: Unmatched[] } => {
    const needs = new Map<string, Need>();
    const unmatched = new Map<string, Unmatched>();
    for (const call of calls) {
        const text = formatCall(call);
        const options = optionsOf(call, reading);
        if (options.length === 0) {
            unmatched.set(text, { call: text, why: whyUnmatched(call) ?? "" });
            continue;
        }
        const found = resolve(call);
        const pair = found.kind === "found" ? `${call.method} ${found.segments.join("/")}` : "";
        needs.set(`${text} ${call.properties?.join() ?? ""}`, { text, options, pair });
    }
    const byCall = (a: Unmatched, b: Unmatched): number => (a.call < b.call ? -1 : 1);
    return { needs: [...needs.values()].sort(byText), unmatched: [...unmatched.values()].sort(byCall) };
};

const isMet = (options: readonly Option[], held: ReadonlySet<number>): boolean =>
    options.some(option => option.every(number => held.has(number)));

const describe = (permission: Permission, needs: readonly Need[], held: ReadonlySet<number>): SolvedPermission => {
    const { number, name, tier } = permission;
    const others = new Set([...held].filter(other => other !== number));
    const usable = needs.filter(({ options }) => options.some(option => option.includes(number)));
    const only = usable.filter(({ options }) => !isMet(options, others)).map(({ text }) => text);
    const reach = reachOf([number]);
    const needed = new Set(usable.map(({ pair }) => pair)).size;
    return { name, tier, reach, coversOnly: [...new Set(only)], beyond: reach - needed };
};

const solution = (
    taken: readonly number[],
    needs: readonly Need[],
    unmatched: readonly Unmatched[],
    optimal: boolean,
): GraphSolution => {
    const held = new Set(taken);
    const reach = reachOf(taken);
    const asked = needs.filter(({ options }) => options.every(option => option.length > 0));
    return {
        permissions: taken.flatMap(number => describe(permissions()[number] as Permission, needs, held)),
        reach,
        beyond: reach - new Set(asked.map(({ pair }) => pair)).size,
        unmatched,
        optimal,
    };
};

/**
 * The least set of permissions that allows every call: fewest control-plane permissions; then least reach, with writes
 * weighing more; then fewest permissions; then the first by name. Calls that no permission allows are in `unmatched`.
 */
export const solveGraph = (calls: readonly Call[], { facts = "reviewed" }: SolveOptions = {}): GraphSolution => {
    const { needs, unmatched } = sorted(calls, facts);
    const distinct = new Map(needs.map(({ options }) => [options, options]));
    const { taken, optimal } = solveCover(graphProblem(), [...distinct.values()]);
    return solution(taken, needs, unmatched, optimal);
};
