import type { EscalationGraph, Step } from "./escalation-graph.ts";
import { type PlaceKeys, scopeKeys } from "./escalation-place.ts";
import type { Power } from "./escalation-power.ts";
import type { Takeover } from "./escalation-takeover.ts";
import { type AccessModel, isDecided, type MemberRight, type RoleRight } from "./model.ts";

/** A group that somebody is in, and the memberships that lead there. */
export interface Membership {
    readonly group: string;
    readonly by: readonly string[];
}

/** What the parts of a graph are built from. */
export interface Building {
    readonly graph: EscalationGraph;
    readonly model: AccessModel;
    /** Names of principals and hosts by key. */
    readonly names: ReadonlyMap<string, string>;
    /** The groups of each principal by key, also those that it is in through others. */
    readonly groups: ReadonlyMap<string, readonly Membership[]>;
}

const ANYWHERE: PlaceKeys = [["any", false]];

/** Where a role holds: perhaps anywhere, where its scope is not known. */
export const placesOf = ({ scope }: RoleRight): PlaceKeys => (isDecided(scope) ? scopeKeys(scope) : ANYWHERE);

const wayKeys = new WeakMap<Takeover, string>();

/** Names a takeover in the keys of nodes: two may have the same edge. */
export const wayKey = (takeover: Takeover): string => {
    const { edge, kind, types, words } = takeover;
    const key = wayKeys.get(takeover) ?? [edge, kind, types[0], words].join("|");
    wayKeys.set(takeover, key);
    return key;
};

/** Key of the node that all who may do something on a place lead to. */
export const bucketKey = (takeover: Takeover, place: string): string => `way:${wayKey(takeover)}@${place}`;

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
export const lead = ({ graph }: Building, holder: string, takeover: Takeover, keys: PlaceKeys, step: Step): void => {
    const from = graph.principal(holder);
    if (from === undefined) return;
    for (const [place, isSure] of keys) {
        const to = graph.find(bucketKey(takeover, place));
        if (to === undefined) continue;
        const certain = step.certain && isSure;
        const words = certain ? step.words : step.words.replace(/^can /, "may be able to ");
        graph.add(from, { to, certain, step: { ...step, certain, words } });
    }
};

/** The groups that each principal is in, also through other groups. */
export const membershipsOf = ({ rights }: AccessModel): ReadonlyMap<string, readonly Membership[]> => {
    const direct = Map.groupBy(
        rights.filter((right): right is MemberRight => right.kind === "member"),
        ({ holder }) => holder,
    );
    const closure = (holder: string): readonly Membership[] => {
        const found = new Map<string, Membership>();
        const walk = (key: string, by: readonly string[]): void => {
            for (const { group, key: right } of direct.get(key) ?? []) {
                if (group === holder || found.has(group)) continue;
                found.set(group, { group, by: [...by, right] });
                walk(group, [...by, right]);
            }
        };
        walk(holder, []);
        return [...found.values()];
    };
    return new Map([...direct.keys()].map(key => [key, closure(key)]));
};
