import type { Need, Unusable } from "./azure-needs.ts";
import { canAssignRoles, isAssigning } from "./role-assigning.ts";
import type { RolePool } from "./role-pool.ts";

/** A need with the numbers of the roles that cover it. */
export interface Coverable {
    readonly action: string;
    readonly options: readonly number[];
}

export interface Options {
    readonly coverable: readonly Coverable[];
    /** Needs no role that may be offered covers. */
    readonly uncoverable: readonly Unusable[];
    /** Needs that give rights away, where that is not asked for. */
    readonly refused: readonly Unusable[];
}

const whyUncovered = (need: Need, pool: RolePool): string => {
    const holders = pool.holders(need);
    const names = holders
        .slice(0, 3)
        .map(({ name }) => `'${name}'`)
        .join(", ");
    if (holders.length === 0) return "no built-in role allows it";
    return holders.every(canAssignRoles)
        ? `only roles that can write role assignments allow it: ${names}`
        : `built-in roles allow it only under a condition: ${names}`;
};

const REFUSED = "whoever may do this can give itself any right";

/** Sorts the needs by what can be done about them. */
export const optionsOf = (needs: readonly Need[], pool: RolePool, allowAssigning: boolean): Options => {
    const coverable: Coverable[] = [];
    const uncoverable: Unusable[] = [];
    const refused: Unusable[] = [];
    for (const need of needs) {
        const { action, kind } = need;
        if (!allowAssigning && kind === "action" && isAssigning(action)) {
            refused.push({ action, why: REFUSED });
            continue;
        }
        const options = pool.coverers(need).filter(number => allowAssigning || !canAssignRoles(pool.at(number)));
        if (options.length > 0) coverable.push({ action, options });
        else uncoverable.push({ action, why: whyUncovered(need, pool) });
    }
    return { coverable, uncoverable, refused };
};
