import { mergeCells } from "./cells.ts";
import { solveCover } from "./cover.ts";
import { readNeeds } from "./azure-needs.ts";
import type { Need, Unusable } from "./azure-needs.ts";
import { fewestNeeds, optionsOf } from "./azure-options.ts";
import type { NeedOptions } from "./azure-options.ts";
import { roleReach, universeIndex, universeSize, writeActions } from "./azure-reach.ts";
import { count, difference, intersection, union } from "./action-set.ts";
import { emptyBits, setBit } from "./bits.ts";
import type { Bits } from "./bits.ts";
import { roles } from "./roles.ts";
import type { RoleDefinition } from "./roles.ts";
import type { Tier } from "./tier.ts";

export interface AzureOptions {
    /** @default - every built-in role */
    readonly roles?: readonly RoleDefinition[];
    /** @default - false: no role that can give rights away is offered */
    readonly allowRoleAssignments?: boolean;
}

export interface ChosenRole {
    readonly id: string;
    readonly name: string;
    readonly tier: Tier;
    /** Known actions the role opens beyond the needs. */
    readonly excess: number;
    /** How many of those do more than read. */
    readonly excessWrites: number;
    /** Needs no other chosen role covers: why it is there. */
    readonly coversOnly: readonly string[];
}

export interface AzureSolution {
    readonly roles: readonly ChosenRole[];
    /** The exact custom role: the needs and nothing else. */
    readonly custom: { readonly actions: readonly string[]; readonly dataActions: readonly string[] };
    /** What `roles` does not cover; `unusable` says why. */
    readonly uncovered: readonly string[];
    readonly unusable: readonly Unusable[];
    /** Needs the tables do not have by name, of providers they know. */
    readonly unknown: readonly string[];
    /** Known actions the roles open together beyond the needs. */
    readonly excess: number;
    /** The same with writes weighing more: what is minimised. */
    readonly weightedExcess: number;
    /** Whether the search reached its end, so that no better set of roles exists. */
    readonly optimal: boolean;
}

/** How much more an action that changes something weighs than one that reads, when excess is minimised. */
export const WRITE_WEIGHT = 2;

const neededActions = (needs: readonly Need[]): Bits => {
    const set = emptyBits(universeSize());
    for (const { action, kind } of needs) {
        const at = universeIndex(action, kind);
        if (at !== undefined) setBit(set, at);
    }
    return set;
};

interface Chosen {
    readonly chosen: readonly RoleDefinition[];
    readonly optimal: boolean;
}

const weightOf = (set: Bits): number => count(set) + (WRITE_WEIGHT - 1) * count(intersection(set, writeActions()));

/** Drops options that alone open more than a simple answer does: the cheapest option of every need. */
const affordable = (
    columns: readonly (readonly number[])[],
    beyond: ReadonlyMap<number, Bits>,
): (readonly number[])[] => {
    const costs = new Map([...beyond].map(([at, set]) => [at, weightOf(set)]));
    const costOf = (at: number): number => costs.get(at) ?? 0;
    const cheapest = columns.map(column => column.reduce((best, at) => (costOf(at) < costOf(best) ? at : best)));
    const simple = weightOf(
        [...new Set(cheapest)].map(at => beyond.get(at) ?? emptyBits(0)).reduce(union, emptyBits(universeSize())),
    );
    return columns.map(column => column.filter(at => costOf(at) <= simple));
};

const search = (pool: readonly RoleDefinition[], coverable: NeedOptions, need: Bits): Chosen => {
    const needs = fewestNeeds(coverable, pool);
    const beyond = new Map(
        [...new Set(needs.flat())].map(at => [at, difference(roleReach(pool[at] as RoleDefinition).opens, need)]),
    );
    const isSafe = [...beyond.keys()].every(at => pool[at]?.tier !== 0);
    const columns = isSafe ? affordable(needs, beyond) : needs;
    const used = [...new Set(columns.flat())].sort((a, b) => a - b);
    const numbers = new Map(used.map((at, number) => [at, number]));
    const candidates = used.map(at => pool[at] as RoleDefinition);
    const opens = used.map(at => beyond.get(at) ?? emptyBits(0));
    const { sets, weights } = mergeCells(opens, writeActions(), WRITE_WEIGHT);
    const { taken, optimal } = solveCover(
        { opens: sets, weights, critical: candidates.map(({ tier }) => tier === 0) },
        columns.map(column => column.map(at => [numbers.get(at) ?? 0])),
    );
    return { chosen: taken.map(at => candidates[at] as RoleDefinition), optimal };
};

const describe = (
    role: RoleDefinition,
    chosen: readonly RoleDefinition[],
    needs: NeedOptions,
    pool: readonly RoleDefinition[],
    need: Bits,
): ChosenRole => {
    const opens = difference(roleReach(role).opens, need);
    const others = new Set(chosen.filter(other => other !== role).map(other => pool.indexOf(other)));
    const self = pool.indexOf(role);
    const only = needs.filter(({ options }) => options.includes(self) && !options.some(at => others.has(at)));
    return {
        id: role.id,
        name: role.name,
        tier: role.tier,
        excess: count(opens),
        excessWrites: count(intersection(opens, writeActions())),
        coversOnly: only.map(({ action }) => action),
    };
};

/**
 * The least built-in roles that cover all the actions: fewest roles of the control plane, then least excess (writes
 * weighing more), then fewest roles, then name order. Lines are actions or Resource Manager calls; bad ones are reported.
 * @example solveAzure(["Microsoft.Compute/virtualMachines/read", "POST /subscriptions/{}/resourceGroups/{}/providers/…"])
 */
export const solveAzure = (lines: Iterable<string>, options: AzureOptions = {}): AzureSolution => {
    const { needs, unusable } = readNeeds(lines);
    const { pool, coverable, uncoverable, refused } = optionsOf(
        needs,
        options.roles ?? roles(),
        options.allowRoleAssignments ?? false,
    );
    const need = neededActions(needs);
    const { chosen, optimal } = search(pool, coverable, need);
    const opened = difference(chosen.map(role => roleReach(role).opens).reduce(union, emptyBits(universeSize())), need);
    const bad = [...unusable, ...uncoverable, ...refused];
    const exact = needs.filter(({ action }) => !refused.some(other => other.action === action));
    const [excess, writes] = [count(opened), count(intersection(opened, writeActions()))];
    return {
        roles: chosen.map(role => describe(role, chosen, coverable, pool, need)),
        custom: {
            actions: exact.filter(({ kind }) => kind === "action").map(({ action }) => action),
            dataActions: exact.filter(({ kind }) => kind === "dataAction").map(({ action }) => action),
        },
        uncovered: bad.map(({ action }) => action),
        unusable: bad,
        unknown: needs.filter(({ known }) => !known).map(({ action }) => action),
        excess,
        weightedExcess: excess + (WRITE_WEIGHT - 1) * writes,
        optimal,
    };
};
