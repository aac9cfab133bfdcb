import type { Need, Unusable } from "./azure-needs.ts";
import { roleReach, universeIndex } from "./azure-reach.ts";
import { emptyBits, hasBit, isSubset, setBit } from "./bits.ts";
import type { Bits } from "./bits.ts";
import { canAssignRoles, isAssigning } from "./role-assigning.ts";
import { roleAllows, roleMayAllow } from "./roles.ts";
import type { RoleDefinition } from "./roles.ts";

/** Needs with the numbers of the roles in the pool that cover them. */
export type NeedOptions = readonly { readonly action: string; readonly options: readonly number[] }[];

export interface Options {
    /** Roles that may be offered, by name. */
    readonly pool: readonly RoleDefinition[];
    readonly coverable: NeedOptions;
    /** Needs no role of the pool covers. */
    readonly uncoverable: readonly Unusable[];
    /** Needs that give rights away, where that is not asked for. */
    readonly refused: readonly Unusable[];
}

/** The numbers of the roles in the pool that cover a need whatever the request. */
const coverers = ({ action, kind }: Need, pool: readonly RoleDefinition[]): number[] => {
    const at = universeIndex(action, kind);
    const covers = (role: RoleDefinition): boolean =>
        at === undefined ? roleAllows(role, action, kind) : hasBit(roleReach(role).covers, at);
    return [...pool.keys()].filter(number => covers(pool[number] as RoleDefinition));
};

const byName = (a: RoleDefinition, b: RoleDefinition): number => {
    const [x, y] = [a, b].map(({ name, id }) => `${name.toLowerCase()} ${id}`) as [string, string];
    return x < y ? -1 : x > y ? 1 : 0;
};

const whyUncovered = ({ action, kind }: Need, list: readonly RoleDefinition[]): string => {
    const holders = list.filter(role => roleMayAllow(role, action, kind));
    const names = holders
        .slice(0, 3)
        .map(({ name }) => `'${name}'`)
        .join(", ");
    if (holders.length === 0) return "no built-in role allows it";
    return holders.every(canAssignRoles)
        ? `only roles that can write role assignments allow it: ${names}`
        : `built-in roles allow it only under a condition: ${names}`;
};

/** Sorts the needs by what can be done about them. */
export const optionsOf = (
    needs: readonly Need[],
    list: readonly RoleDefinition[],
    allowAssigning: boolean,
): Options => {
    const pool = list.filter(role => allowAssigning || !canAssignRoles(role)).toSorted(byName);
    const refused = allowAssigning ? [] : needs.filter(({ kind, action }) => kind === "action" && isAssigning(action));
    const rows = needs
        .filter(need => !refused.includes(need))
        .map(need => ({ need, action: need.action, options: coverers(need, pool) }));
    return {
        pool,
        coverable: rows.filter(({ options }) => options.length > 0),
        uncoverable: rows
            .filter(({ options }) => options.length === 0)
            .map(({ need }) => ({ action: need.action, why: whyUncovered(need, list) })),
        refused: refused.map(({ action }) => ({ action, why: "whoever may do this can give itself any right" })),
    };
};

const asSet = (options: readonly number[], size: number): Bits => {
    const set = emptyBits(size);
    for (const option of options) setBit(set, option);
    return set;
};

/**
 * The needs that decide: one of each group with the same options, and none whose options include all those of another
 * (covering the other covers it). Where every need has an option outside the control plane, only those options stay.
 */
export const fewestNeeds = (needs: NeedOptions, pool: readonly RoleDefinition[]): (readonly number[])[] => {
    const safe = needs.map(({ options }) => options.filter(at => pool[at]?.tier !== 0));
    const rows = safe.every(options => options.length > 0) ? safe : needs.map(({ options }) => options);
    const unique = [...new Map(rows.map(options => [options.join(), options])).values()].sort(
        (a, b) => a.length - b.length,
    );
    const kept: { options: readonly number[]; set: Bits }[] = [];
    for (const options of unique) {
        const set = asSet(options, pool.length);
        if (!kept.some(other => isSubset(other.set, set))) kept.push({ options, set });
    }
    return kept.map(({ options }) => options);
};
