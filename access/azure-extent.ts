import { count, intersection, members } from "./action-set.ts";
import { roleReach, universeName, writeActions } from "./azure-reach.ts";
import { knownActions } from "./azure-actions.ts";
import { hasBit } from "./bits.ts";
import type { RoleDefinition } from "./roles.ts";

/** How much a role opens, in known actions. */
export interface RoleExtent {
    /** Known control plane actions it allows. */
    readonly actions: number;
    /** Known data actions it allows. */
    readonly dataActions: number;
    /** How many of both do more than read. */
    readonly writes: number;
    /** Those allowed only under a condition. */
    readonly conditional: readonly string[];
    /** Providers by the number of actions opened, largest first. */
    readonly providers: readonly { readonly provider: string; readonly actions: number }[];
}

/** How much a role opens, where, and what only under a condition. */
export const roleExtent = (role: RoleDefinition): RoleExtent => {
    const { opens, covers } = roleReach(role);
    const opened = members(opens);
    const control = knownActions("action").names.length;
    const conditional = opened.filter(at => !hasBit(covers, at));
    const byProvider = Map.groupBy(opened, at => (universeName(at).split("/")[0] ?? "").toLowerCase());
    const providers = [...byProvider].map(([, places]) => ({
        provider: universeName(places[0] ?? -1).split("/")[0] ?? "",
        actions: places.length,
    }));
    const actions = opened.filter(at => at < control).length;
    return {
        actions,
        dataActions: opened.length - actions,
        writes: count(intersection(opens, writeActions())),
        conditional: conditional.map(universeName),
        providers: providers.toSorted((a, b) => b.actions - a.actions || (a.provider < b.provider ? -1 : 1)),
    };
};
