import { addPeople } from "./escalation-people.ts";
import { type Building, membershipsOf } from "./escalation-building.ts";
import { type Danger, dangerOf, HARMLESS, heldDanger, tierOfDanger } from "./escalation-danger.ts";
import { EscalationGraph } from "./escalation-graph.ts";
import { lastHop, hopOf } from "./escalation-hop.ts";
import { namesOf } from "./escalation-names.ts";
import type { EscalationOptions, UncutPath } from "./escalation-path.ts";
import type { Thresholds } from "./escalation-thresholds.ts";
import { addRoles } from "./escalation-roles.ts";
import { type Found, nearest, reachable, type Search } from "./escalation-search.ts";
import type { AccessModel, PrincipalKind, Right } from "./model.ts";

const MOST = 10;

const build = (model: AccessModel): Building => {
    const keys = [
        ...model.principals.map(({ key }) => key),
        ...model.rights.map(({ holder }) => holder),
        ...model.hosts.flatMap(({ identities }) => identities),
        ...model.entries.map(({ principal }) => principal),
    ];
    const building = { graph: new EscalationGraph(keys), model, names: namesOf(model), groups: membershipsOf(model) };
    addRoles(building);
    addPeople(building);
    building.graph.settle();
    return building;
};

/** The most dangerous right of each principal, the first by key among equals. */
const worstRights = (
    { model, graph }: Building,
    danger: (right: Right) => Danger | typeof HARMLESS,
    isTold: (right: Right) => boolean,
): ReadonlyMap<number, readonly [Right, number]> => {
    const worst = new Map<number, readonly [Right, number]>();
    for (const right of model.rights.filter(isTold)) {
        const [holder, level] = [graph.principal(right.holder), danger(right)];
        if (holder !== undefined && level < (worst.get(holder)?.[1] ?? HARMLESS)) worst.set(holder, [right, level]);
    }
    return worst;
};

/** Identities first, then others that act; an application acts through its service principal. */
const STARTS: readonly PrincipalKind[] = [
    "system-assigned",
    "user-assigned",
    "service-principal",
    "unknown",
    "user",
    "group",
];

const startsOf = ({ model, graph }: Building): readonly number[] => {
    const kinds = new Map(model.principals.map(({ key, kind }) => [key, kind]));
    const rankOf = (node: number): number => STARTS.indexOf(kinds.get(graph.principals[node] ?? "") ?? "unknown");
    const all = graph.principals.map((_, node) => node).filter(node => rankOf(node) >= 0);
    return all.toSorted((a, b) => rankOf(a) - rankOf(b) || a - b);
};

interface Round {
    readonly search: Search;
    readonly worst: ReadonlyMap<number, readonly [Right, number]>;
    readonly best: readonly number[];
}

const roundOf = (building: Building, options: EscalationOptions, unsure: boolean): Round => {
    const danger = unsure ? dangerOf : heldDanger;
    const { leastTier = 2, to = () => true } = options;
    const isTold = (right: Right): boolean => {
        const level = danger(right);
        return level !== HARMLESS && tierOfDanger(level) <= leastTier && to(right.holder);
    };
    const worst = worstRights(building, danger, isTold);
    const dangers = building.graph.principals.map((_, node) => worst.get(node)?.[1] ?? HARMLESS);
    const search = { graph: building.graph, dangers, unsure };
    return { search, worst, best: reachable(search) };
};

const pathOf = (
    building: Building,
    { worst }: Round,
    { principal, danger, legs }: Found,
    more: boolean,
): UncutPath[] => {
    const right = worst.get(principal)?.[0];
    const from = building.graph.principals[legs[0]?.from ?? -1];
    if (right === undefined || from === undefined) return [];
    const hops = [...legs.map(leg => hopOf(building, leg)), lastHop(building, right)];
    const entries = building.model.entries.filter(entry => entry.principal === from).map(({ key }) => key);
    return [
        {
            from,
            to: right.key,
            tier: tierOfDanger(danger as Danger),
            danger: danger as Danger,
            hops,
            certain: legs.every(({ certain }) => certain) && heldDanger(right) === danger,
            ...(more && { more: true as const }),
            ...(entries.length > 0 && { entries }),
        },
    ];
};

const pathsFrom = (
    building: Building,
    round: Round,
    start: number,
    below: number,
    most: number,
): readonly UncutPath[] => {
    const floor = round.best[start] ?? HARMLESS;
    if (floor >= below) return [];
    const found = nearest(round.search, start, below, floor, most);
    const told = found.slice(0, most);
    return told.flatMap((each, at) =>
        pathOf(building, round, each, at === told.length - 1 && found.length > told.length),
    );
};

/**
 * The paths of a model. Those that are sure come first; those that may be are told where they lead further.
 */
export const findPaths = (
    model: AccessModel,
    thresholds: Thresholds,
    options: EscalationOptions,
): readonly UncutPath[] => {
    const building = build(model);
    const { most = MOST, from = () => true } = options;
    const [sure, unsure] = [roundOf(building, options, false), roundOf(building, options, true)];
    return startsOf(building).flatMap(start => {
        const key = building.graph.principals[start] ?? "";
        if (!from(key)) return [];
        const below = thresholds.get(key) ?? HARMLESS;
        const certain = pathsFrom(building, sure, start, below, most);
        const reached = Math.min(below, ...certain.map(({ danger }) => danger));
        return [...certain, ...pathsFrom(building, unsure, start, reached, most)];
    });
};
