import { MICROSOFT_GRAPH, findAppRole } from "./apis.ts";
import type { Call } from "./calls.ts";
import { graphProblem, reachOf } from "./graph-reach.ts";
import { permissionNamed, permissions } from "./graph-sets.ts";
import { isMet, metOnlyBy, needsOf } from "./graph-solution.ts";
import type { Need, Unmatched } from "./graph-solution.ts";
import { leastFor } from "./graph-solver.ts";

/** A permission to add, with the calls that are not allowed without it. */
export interface Missing {
    readonly permission: string;
    readonly calls: readonly string[];
}

/** A permission whose calls other granted ones allow too. */
export interface Redundant {
    readonly permission: string;
    readonly coveredBy: readonly string[];
}

/** A permission in whose place others would open less. */
export interface Replaceable {
    readonly permission: string;
    readonly by: readonly string[];
    /** (method, path) pairs that would no longer be open. */
    readonly saves: number;
}

/** What is wrong with granted permissions, given the calls that are made; all lists empty when nothing is. */
export interface GraphJudgement {
    readonly missing: readonly Missing[];
    /** Granted, and of use to none of the calls. */
    readonly unneeded: readonly string[];
    readonly redundant: readonly Redundant[];
    readonly replaceable: readonly Replaceable[];
    readonly unmatched: readonly Unmatched[];
}

const nameOf = (number: number): string => permissions()[number]?.name ?? "";

const namesOf = (numbers: Iterable<number>): string[] => [...numbers].map(nameOf).sort();

/**
 * The least permissions for what the granted ones do not meet. What those open beside the calls makes nothing cheaper:
 * beside an excess, a larger permission would seem to add less.
 */
const missing = (needs: readonly Need[], granted: readonly number[]): Missing[] => {
    const given = new Set(granted);
    const unmet = needs
        .filter(need => !isMet(need, given))
        .map(need => ({ ...need, options: need.options.map(option => option.filter(number => !given.has(number))) }));
    const { taken } = leastFor(unmet);
    const held = new Set([...granted, ...taken]);
    return taken.map(number => ({
        permission: nameOf(number),
        calls: [...new Set(metOnlyBy(number, needs, held).map(({ text }) => text))],
    }));
};

/** The fewest and least of the granted permissions that meet what all of them meet. */
const sufficient = (met: readonly Need[], granted: readonly number[]): number[] => {
    const held = new Set(granted);
    const within = met.map(need => ({
        ...need,
        options: need.options.filter(option => option.every(number => held.has(number))),
    }));
    return leastFor(within).taken;
};

const redundant = (met: readonly Need[], useful: readonly number[], kept: readonly number[]): Redundant[] =>
    useful
        .filter(number => !kept.includes(number))
        .map(number => {
            const served = met.filter(({ options }) => options.some(option => option.includes(number)));
            const others = kept.filter(other =>
                served.some(need => need.options.some(option => option.includes(other))),
            );
            return { permission: nameOf(number), coveredBy: namesOf(others) };
        });

/** Kept permissions that lesser ones could stand in for: no more control plane, and less open. */
const replaceable = (met: readonly Need[], kept: readonly number[]): Replaceable[] =>
    kept.flatMap(number => {
        const others = kept.filter(other => other !== number);
        const { taken } = leastFor(met, others);
        const { critical } = graphProblem();
        const dangerous = taken.filter(other => critical[other]).length - Number(critical[number]);
        const saves = reachOf(kept) - reachOf([...others, ...taken]);
        const isLess = dangerous < 0 || (dangerous === 0 && saves > 0);
        return taken.includes(number) || !isLess ? [] : [{ permission: nameOf(number), by: namesOf(taken), saves }];
    });

/**
 * Judges granted permissions by the calls that are made: what is missing, of no use, covered by others, or larger than
 * need be. Throws for a name that is no application permission of Microsoft Graph.
 */
export const judgeGraph = (granted: readonly string[], calls: readonly Call[]): GraphJudgement => {
    const names = [...new Set(granted.map(name => findAppRole(MICROSOFT_GRAPH, name).name))].sort();
    const numbers = names.flatMap(name => permissionNamed(name)?.number ?? []);
    const { needs, unmatched } = needsOf(calls, "reviewed");
    const met = needs.filter(need => isMet(need, new Set(numbers)));
    const useful = numbers.filter(number =>
        needs.some(({ options }) => options.some(option => option.includes(number))),
    );
    const kept = sufficient(met, useful);
    const inUse = new Set(useful.map(nameOf));
    return {
        missing: missing(needs, numbers),
        unneeded: names.filter(name => !inUse.has(name)),
        redundant: redundant(met, useful, kept),
        replaceable: replaceable(met, kept),
        unmatched,
    };
};
