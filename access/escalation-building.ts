import type { EscalationGraph, Step } from "./escalation-graph.ts";
import type { Memberships } from "./escalation-memberships.ts";
import { managedGroupOf, type PlaceKeys, scopeKeys } from "./escalation-place.ts";
import type { Power, Powers } from "./escalation-power.ts";
import type { Takeover } from "./escalation-takeover.ts";
import type { Ways } from "./escalation-ways.ts";
import {
    type Decided,
    isDecided,
    type Place,
    type PrincipalKind,
    type Right,
    type RoleRight,
    type Undecided,
} from "./model.ts";

/** What the parts of a graph are built from. */
export interface Building {
    readonly graph: EscalationGraph;
    readonly rights: readonly Right[];
    readonly rightsOf: ReadonlyMap<string, readonly Right[]>;
    /** Names of principals and hosts by key. */
    readonly names: ReadonlyMap<string, string>;
    readonly kinds: ReadonlyMap<string, PrincipalKind>;
    readonly groups: Memberships;
    readonly powers: Powers;
    readonly ways: Ways;
    /** What principals are whatever rights they hold, by key. */
    readonly standIns: ReadonlyMap<string, readonly StandIn[]>;
    /** Keys of the entries by which somebody outside signs in, by that of the principal. */
    readonly entries: ReadonlyMap<string, readonly string[]>;
}

/** One that another acts as without a right of its own. */
export interface StandIn {
    /** Key of a principal. */
    readonly to?: string;
    /** Key of the node that leads to several. */
    readonly node?: string;
    readonly edge: string;
    readonly words: string;
    readonly certain: boolean;
}

const ANYWHERE: PlaceKeys = [["any", false]];

const keysOf = new WeakMap<Decided<Place>, PlaceKeys>();

const undecidedKeys = ({ atOrManagedBy: resource }: Undecided): PlaceKeys =>
    resource === undefined
        ? ANYWHERE
        : [resource, managedGroupOf(resource)].flatMap(scopeKeys).map(([key]) => [key, false]);

/** Where a role holds: perhaps anywhere, where its scope is not known. */
export const placesOf = ({ scope }: RoleRight): PlaceKeys => {
    const keys = keysOf.get(scope) ?? (isDecided(scope) ? scopeKeys(scope) : undecidedKeys(scope));
    keysOf.set(scope, keys);
    return keys;
};

/** The step that a role makes possible. */
export const stepOf = (right: RoleRight, takeover: Takeover, power: Power, how: string): Step => {
    const isSure = power.certain && isDecided(right.scope);
    const can = isSure ? "can" : "may be able to";
    const verb = power.selfGranted === true ? `give itself a role and ${takeover.words}` : takeover.words;
    return {
        edge: power.edge,
        by: [right.key],
        certain: power.certain,
        words: `${can} ${verb}`,
        how,
    };
};

/** Leads from a holder to what it may do on some places, as far as there are resources. */
export const lead = (
    { graph, ways }: Building,
    holder: string,
    keys: PlaceKeys,
    stepFor: (takeover: number) => Step | undefined,
): void => {
    const from = graph.principal(holder);
    if (from === undefined) return;
    for (const [place, isSure] of keys)
        for (const [takeover, node] of ways.on(place)) {
            const step = stepFor(takeover);
            if (step === undefined) continue;
            const certain = step.certain && isSure;
            const words = certain ? step.words : step.words.replace(/^can /, "may be able to ");
            for (const to of ways.nodesFor(holder, node))
                graph.add(from, { to, certain, step: { ...step, certain, words } });
        }
};
