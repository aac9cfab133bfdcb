import { count, difference, intersection, union } from "./action-set.ts";
import type { Coverable } from "./azure-options.ts";
import { roleReach, universeSize, writeActions } from "./azure-reach.ts";
import { emptyBits, isSubset, setBit } from "./bits.ts";
import type { Bits } from "./bits.ts";
import { mergeCells } from "./cells.ts";
import { solveCover } from "./cover.ts";
import type { RolePool } from "./role-pool.ts";

/** How much more an action that changes something weighs than one that reads, when excess is minimised. */
export const WRITE_WEIGHT = 2;

/** Weight of a set of actions. */
export const weightOf = (set: Bits): number =>
    count(set) + (WRITE_WEIGHT - 1) * count(intersection(set, writeActions()));

type Columns = readonly (readonly number[])[];

const asSet = (options: readonly number[], size: number): Bits => {
    const set = emptyBits(size);
    for (const option of options) setBit(set, option);
    return set;
};

/** One of each group of needs with the same options, and none whose options include all those of another. */
const strictest = (columns: Columns, size: number): Columns => {
    const unique = [...new Map(columns.map(options => [options.join(), options])).values()];
    const kept: { options: readonly number[]; set: Bits }[] = [];
    for (const options of unique.sort((a, b) => a.length - b.length)) {
        const set = asSet(options, size);
        if (!kept.some(other => isSubset(other.set, set))) kept.push({ options, set });
    }
    return kept.map(({ options }) => options);
};

/** The options outside the control plane, where every need has one. */
const safest = (columns: Columns, pool: RolePool): Columns => {
    const safe = columns.map(options => options.filter(number => pool.at(number).tier !== 0));
    return safe.every(options => options.length > 0) ? safe : columns;
};

/** Drops options that alone open more than a simple answer does: the cheapest option of every need. */
const affordable = (columns: Columns, beyond: ReadonlyMap<number, Bits>): Columns => {
    const costs = new Map([...beyond].map(([number, set]) => [number, weightOf(set)]));
    const costOf = (number: number): number => costs.get(number) ?? 0;
    const cheapest = columns.map(column => column.reduce((best, next) => (costOf(next) < costOf(best) ? next : best)));
    const sets = [...new Set(cheapest)].map(number => beyond.get(number) ?? emptyBits(0));
    const simple = weightOf(sets.reduce(union, emptyBits(universeSize())));
    return columns.map(column => column.filter(number => costOf(number) <= simple));
};

/**
 * The cheapest set of roles, as numbers in the pool.
 * @param needed the known actions among the needs: opening these costs nothing
 */
export const searchRoles = (
    pool: RolePool,
    needs: readonly Coverable[],
    needed: Bits,
): { readonly chosen: readonly number[]; readonly optimal: boolean } => {
    const asked = strictest(
        safest(
            needs.map(({ options }) => options),
            pool,
        ),
        pool.roles.length,
    );
    const beyond = new Map(
        [...new Set(asked.flat())].map(number => [number, difference(roleReach(pool.at(number)).opens, needed)]),
    );
    const isSafe = [...beyond.keys()].every(number => pool.at(number).tier !== 0);
    const columns = isSafe ? affordable(asked, beyond) : asked;
    const candidates = [...new Set(columns.flat())].sort((a, b) => a - b);
    const places = new Map(candidates.map((number, place) => [number, place]));
    const opens = candidates.map(number => beyond.get(number) ?? emptyBits(0));
    const { sets, weights } = mergeCells(opens, writeActions(), WRITE_WEIGHT);
    const critical = candidates.map(number => pool.at(number).tier === 0);
    const requirements = columns.map(column => column.map(number => [places.get(number) ?? 0]));
    const { taken, optimal } = solveCover({ opens: sets, weights, critical }, requirements);
    return { chosen: taken.map(place => candidates[place] ?? 0), optimal };
};
