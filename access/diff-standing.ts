import { count } from "./action-set.ts";
import { MICROSOFT_GRAPH } from "./apis.ts";
import { roleReach, universeSize } from "./azure-reach.ts";
import { addBits, emptyBits } from "./bits.ts";
import { reachOf } from "./graph-reach.ts";
import { permissionNamed } from "./graph-sets.ts";
import { isDecided } from "./model.ts";
import type { Right } from "./model.ts";
import type { Tier } from "./tier.ts";

/** How dangerous the rights of one principal are together, and how much they open. */
export interface Standing {
    readonly rights: number;
    /** The most dangerous tier; absent without rights, and where none is known. */
    readonly tier?: Tier;
    /** Rights whose tier is not known. */
    readonly undecided: number;
    /** (method, path) pairs of Microsoft Graph that its permissions open. */
    readonly calls: number;
    /** Azure actions that its roles open, whatever the scope. */
    readonly actions: number;
}

const callsOf = (rights: readonly Right[]): number => {
    const numbers = new Set<number>();
    for (const right of rights) {
        if (right.kind !== "permission" || right.appId !== MICROSOFT_GRAPH || !isDecided(right.permission)) continue;
        const number = permissionNamed(right.permission)?.number;
        if (number !== undefined) numbers.add(number);
    }
    return numbers.size === 0 ? 0 : reachOf([...numbers]);
};

const actionsOf = (rights: readonly Right[]): number => {
    const definitions = new Set(
        rights.flatMap(right => (right.kind === "role" && isDecided(right.definition) ? [right.definition] : [])),
    );
    if (definitions.size === 0) return 0;
    const opened = emptyBits(universeSize());
    for (const definition of definitions) addBits(opened, roleReach(definition).opens);
    return count(opened);
};

/** What a principal's rights amount to. */
export const standingOf = (rights: readonly Right[]): Standing => {
    const tiers = rights.flatMap(({ tier }) => (isDecided(tier) ? [tier] : [])).sort();
    return {
        rights: rights.length,
        ...(tiers[0] === undefined ? {} : { tier: tiers[0] }),
        undecided: rights.filter(({ tier }) => !isDecided(tier)).length,
        calls: callsOf(rights),
        actions: actionsOf(rights),
    };
};
