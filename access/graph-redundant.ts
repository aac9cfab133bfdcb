import { addBits, type Bits, emptyBits, isSubset, setBit } from "./bits.ts";
import { lazy } from "./facts.ts";
import { graphProblem, reachOf } from "./graph-reach.ts";
import { limitedIn, permissionNamed, permissions, setOptions } from "./graph-sets.ts";
import { callTable } from "./graph-table.ts";
import type { Redundant } from "./judge-graph.ts";

/** What a permission allows by itself and in general, and whether it is listed somewhere for a use of its own. */
interface Extent {
    readonly allows: Bits;
    readonly isSpecial: boolean;
}

const SPECIAL: ReadonlySet<string> = new Set(["special", "properties", "devices"]);

const extents = lazy((): readonly Extent[] => {
    const { sets } = callTable();
    const found = permissions().map(() => ({ allows: emptyBits(sets.length), isSpecial: false }));
    for (const set of sets.keys()) {
        for (const [number, ...partners] of setOptions(set)) {
            const extent = number === undefined ? undefined : found[number];
            if (extent !== undefined && partners.length === 0) setBit(extent.allows, set);
        }
        for (const { permission, limit } of limitedIn(set)) {
            const extent = found[permission.number];
            if (extent !== undefined && SPECIAL.has(limit[0])) extent.isSpecial = true;
        }
    }
    return found;
});

const nameOf = (number: number): string => permissions()[number]?.name ?? "";
const opensOf = (number: number): Bits => graphProblem().opens[number] ?? emptyBits(0);

const RANKS = ["ReadBasic", "Read", "ReadWrite"];
const NAME = /^(.+?)\.(ReadBasic|Read|ReadWrite)((?:\.[^.]+)*)$/;

/**
 * Whether one name says what another says and no more: `Mail.Read` beside `Mail.ReadWrite`.
 * Source: https://learn.microsoft.com/graph/permissions-overview#permissions-naming-pattern
 */
const isSaidBy = (name: string, other: string): boolean => {
    const [, resource, rank = "", on] = NAME.exec(name.replace(/\.All$/, "")) ?? [];
    const [, otherResource, otherRank = "", otherOn] = NAME.exec(other.replace(/\.All$/, "")) ?? [];
    return (
        resource !== undefined &&
        resource === otherResource &&
        on === otherOn &&
        RANKS.indexOf(rank) <= RANKS.indexOf(otherRank)
    );
};

const isBasic = (name: string): boolean => name.includes(".ReadBasic");

/** One that shows basics alone may be listed for the same calls, and shows less of what they answer. */
const showsLess = (other: number, number: number): boolean => isBasic(nameOf(other)) && !isBasic(nameOf(number));

/** Two that open just the same calls may well open different data with them. */
const opensMore = (others: readonly number[], number: number): boolean => reachOf(others) > reachOf([number]);

/** Opens more than its calls tell: https://learn.microsoft.com/graph/permissions-reference#memberreadhidden */
const UNTOLD = "Member.Read.Hidden";

const isTold = (number: number): boolean =>
    reachOf([number]) > 0 && extents()[number]?.isSpecial === false && nameOf(number) !== UNTOLD;

const isCovered = (number: number, by: readonly number[]): boolean => {
    if (by.some(other => isSaidBy(nameOf(number), nameOf(other)))) return true;
    if (!isTold(number)) return false;
    const full = by.filter(other => !showsLess(other, number));
    const allowed = emptyBits(callTable().sets.length);
    for (const other of full) addBits(allowed, extents()[other]?.allows ?? emptyBits(0));
    return isSubset(opensOf(number), allowed) && opensMore(full, number);
};

const sharesIn = (number: number, other: number): boolean => {
    const [opens, allows] = [opensOf(number), extents()[other]?.allows];
    return !showsLess(other, number) && opens.some((word, at) => (word & (allows?.[at] ?? 0)) !== 0);
};

/** The one permission that covers another, the largest first; else all of those that share in it. */
const coverersOf = (number: number, others: readonly number[]): readonly number[] => {
    const single = others.toSorted((a, b) => reachOf([b]) - reachOf([a])).find(other => isCovered(number, [other]));
    if (single !== undefined) return [single];
    return isCovered(number, others) ? others.filter(other => sharesIn(number, other)) : [];
};

/**
 * Permissions of Microsoft Graph that open no call which the others do not allow too, whatever calls are made. One that the tables list for no call, or for a use of its own, is never told.
 */
export const redundantPermissions = (granted: readonly string[]): readonly Redundant[] => {
    const held = new Set(granted.flatMap(name => permissionNamed(name)?.number ?? []));
    const judged = [...held].sort((a, b) => reachOf([a]) - reachOf([b]) || (nameOf(a) < nameOf(b) ? 1 : -1));
    return judged.flatMap(number => {
        const coveredBy = coverersOf(
            number,
            [...held].filter(other => other !== number),
        );
        if (coveredBy.length === 0) return [];
        held.delete(number);
        return [{ permission: nameOf(number), coveredBy: coveredBy.map(nameOf).sort() }];
    });
};
