import type { Order } from "./diff-order.ts";
import { orderOf } from "./diff-order.ts";
import type { Place } from "./model.ts";
import type { ScopeKind } from "./scope.ts";

const RANK: Readonly<Record<ScopeKind, number>> = {
    tenant: 0,
    managementGroup: 1,
    subscription: 2,
    resourceGroup: 3,
    resource: 4,
};

const isSame = (a: Place, b: Place): boolean | undefined => {
    if (a.kind !== b.kind) return false;
    if (a.kind === "tenant") return true;
    if (a.id !== undefined && b.id !== undefined) return a.id.toLowerCase() === b.id.toLowerCase();
    return a.urn !== undefined && b.urn !== undefined ? a.urn === b.urn : undefined;
};

function* around(place: Place): Generator<Place> {
    for (let at: Place | undefined = place; at !== undefined; at = at.within) yield at;
}

/** Whether a role on `outer` also holds on `inner`; undefined where the plan does not tell. */
const holds = (outer: Place, inner: Place): boolean | undefined => {
    if (outer.kind === "tenant") return true;
    if (RANK[outer.kind] > RANK[inner.kind]) return false;
    const above = outer.id?.toLowerCase();
    if (above !== undefined && inner.id?.toLowerCase().startsWith(`${above}/`) === true) return true;
    const answers = [...around(inner)].map(place => isSame(outer, place));
    if (answers.includes(true)) return true;
    // Nothing says which subscriptions a management group holds: it counts as holding them.
    if (outer.kind === "managementGroup" && inner.kind !== "managementGroup") return true;
    return answers.includes(undefined) ? undefined : false;
};

/** How the scope after stands to the scope before. */
export const orderOfPlaces = (before: Place, after: Place): Order => {
    const [wider, narrower] = [holds(after, before), holds(before, after)];
    if (wider === undefined || narrower === undefined) return wider === true ? "wider" : "unclear";
    return orderOf(wider, narrower);
};
