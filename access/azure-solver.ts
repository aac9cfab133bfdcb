import { count, difference, intersection, union } from "./action-set.ts";
import { readNeeds } from "./azure-needs.ts";
import type { Need, Unusable } from "./azure-needs.ts";
import { optionsOf } from "./azure-options.ts";
import type { Coverable } from "./azure-options.ts";
import { roleReach, universeIndex, universeSize, writeActions } from "./azure-reach.ts";
import { searchRoles, weightOf } from "./azure-search.ts";
import { emptyBits, setBit } from "./bits.ts";
import type { Bits } from "./bits.ts";
import { poolOf } from "./role-pool.ts";
import type { RolePool } from "./role-pool.ts";
import { roles } from "./roles.ts";
import type { RoleDefinition } from "./roles.ts";
import { commonScope } from "./scope.ts";
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

/** One role that would do alone. */
export type SingleRole = Pick<ChosenRole, "id" | "name" | "tier" | "excess">;

export interface AzureSolution {
    readonly roles: readonly ChosenRole[];
    /** The next best of the roles that cover alone all that `roles` covers together, safest and narrowest first. */
    readonly alternatives: readonly SingleRole[];
    /** The narrowest scope that holds everything the calls among the lines name; null when they name nothing. */
    readonly scope: string | null;
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

const neededActions = (needs: readonly Need[]): Bits => {
    const set = emptyBits(universeSize());
    for (const { action, kind } of needs) {
        const at = universeIndex(action, kind);
        if (at !== undefined) setBit(set, at);
    }
    return set;
};

const ALTERNATIVES = 3;

const alternatives = (
    needs: readonly Coverable[],
    chosen: readonly number[],
    pool: RolePool,
    needed: Bits,
): SingleRole[] => {
    const [first, ...others] = needs.map(({ options }) => options);
    const able = (first ?? []).filter(number => others.every(options => options.includes(number)));
    return able
        .filter(number => chosen.length > 1 || number !== chosen[0])
        .map(number => ({ number, role: pool.at(number), opens: difference(roleReach(pool.at(number)).opens, needed) }))
        .map(({ number, role, opens }) => ({ number, role, excess: count(opens), weight: weightOf(opens) }))
        .sort(
            (a, b) =>
                Number(a.role.tier === 0) - Number(b.role.tier === 0) || a.weight - b.weight || a.number - b.number,
        )
        .slice(0, ALTERNATIVES)
        .map(({ role: { id, name, tier }, excess }) => ({ id, name, tier, excess }));
};

const describe = (
    number: number,
    chosen: readonly number[],
    { pool, needs, needed }: { pool: RolePool; needs: readonly Coverable[]; needed: Bits },
): ChosenRole => {
    const role = pool.at(number);
    const opens = difference(roleReach(role).opens, needed);
    const others = new Set(chosen.filter(other => other !== number));
    const only = needs.filter(({ options }) => options.includes(number) && !options.some(at => others.has(at)));
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
    const { needs, unusable, scopes } = readNeeds(lines);
    const pool = poolOf(options.roles ?? roles());
    const { coverable, uncoverable, refused } = optionsOf(needs, pool, options.allowRoleAssignments ?? false);
    const needed = neededActions(needs);
    const { chosen, optimal } = searchRoles(pool, coverable, needed);
    const reaches = chosen.map(number => roleReach(pool.at(number)).opens);
    const opened = difference(reaches.reduce(union, emptyBits(universeSize())), needed);
    const bad = [...unusable, ...uncoverable, ...refused];
    const exact = needs.filter(({ action }) => !refused.some(other => other.action === action));
    return {
        roles: chosen.map(number => describe(number, chosen, { pool, needs: coverable, needed })),
        alternatives: alternatives(coverable, chosen, pool, needed),
        scope: scopes.length === 0 ? null : commonScope(scopes).id,
        custom: {
            actions: exact.filter(({ kind }) => kind === "action").map(({ action }) => action),
            dataActions: exact.filter(({ kind }) => kind === "dataAction").map(({ action }) => action),
        },
        uncovered: bad.map(({ action }) => action),
        unusable: bad,
        unknown: needs.filter(({ known }) => !known).map(({ action }) => action),
        excess: count(opened),
        weightedExcess: weightOf(opened),
        optimal,
    };
};
