import type { ActionKind } from "./azure-actions.ts";
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

const mayReach = (role: RoleDefinition, provider: string, kind: ActionKind): boolean =>
    role.permissions.some(block =>
        block[kind === "action" ? "actions" : "dataActions"].some(pattern => {
            const [literal = "", ...rest] = pattern.toLowerCase().split("*");
            return literal.startsWith(provider) || (rest.length > 0 && provider.startsWith(literal));
        }),
    );

/** Finds the roles that cover a need whatever the request; of a need the tables do not have, only among those of its provider. */
class Coverers {
    readonly #pool: readonly RoleDefinition[];
    readonly #ofProvider = new Map<string, readonly number[]>();

    constructor(pool: readonly RoleDefinition[]) {
        this.#pool = pool;
    }

    of({ action, kind }: Need): readonly number[] {
        const at = universeIndex(action, kind);
        if (at === undefined)
            return this.#near(action, kind).filter(number => roleAllows(this.#role(number), action, kind));
        return [...this.#pool.keys()].filter(number => hasBit(roleReach(this.#role(number)).covers, at));
    }

    #role(number: number): RoleDefinition {
        return this.#pool[number] as RoleDefinition;
    }

    #near(action: string, kind: ActionKind): readonly number[] {
        const provider = `${(action.split("/")[0] ?? "").toLowerCase()}/`;
        const known = this.#ofProvider.get(`${kind} ${provider}`);
        if (known !== undefined) return known;
        const found = [...this.#pool.keys()].filter(number => mayReach(this.#role(number), provider, kind));
        this.#ofProvider.set(`${kind} ${provider}`, found);
        return found;
    }
}

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
    const coverers = new Coverers(pool);
    const rows = needs
        .filter(({ kind, action }) => allowAssigning || kind !== "action" || !isAssigning(action))
        .map(need => ({ need, action: need.action, options: coverers.of(need) }));
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
