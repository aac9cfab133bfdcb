import { addPeople } from "./escalation-people.ts";
import { type Building, membershipsOf } from "./escalation-building.ts";
import { type Danger, dangerOf, HARMLESS, heldDanger, tierOfDanger } from "./escalation-danger.ts";
import { EscalationGraph } from "./escalation-graph.ts";
import { lastHop, hopOf } from "./escalation-hop.ts";
import { namesOf } from "./escalation-names.ts";
import type { EscalationOptions, UncutPath } from "./escalation-path.ts";
import type { Thresholds } from "./escalation-thresholds.ts";
import { addRoles } from "./escalation-roles.ts";
import type { Found } from "./escalation-search.ts";
import { Searcher } from "./escalation-searcher.ts";
import type { AccessModel, PrincipalKind, Right } from "./model.ts";

const MOST = 5;

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
    readonly searcher: Searcher;
    readonly worst: ReadonlyMap<number, readonly [Right, number]>;
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
    return { searcher: new Searcher({ graph: building.graph, dangers, unsure }), worst };
};

const pathOf = (
    building: Building,
    { worst }: Round,
    { principal, danger, legs: trace }: Found,
    more: boolean,
): UncutPath[] => {
    const [right, legs] = [worst.get(principal)?.[0], trace()];
    const from = building.graph.principals[legs[0]?.from ?? -1];
    const most = right === undefined ? HARMLESS : dangerOf(right);
    if (right === undefined || from === undefined || most === HARMLESS) return [];
    const hops = [...legs.map(leg => hopOf(building, leg)), lastHop(building, right)];
    return [
        {
            from,
            to: right.key,
            tier: tierOfDanger(most),
            danger: most,
            hops,
            certain: legs.every(({ certain }) => certain) && danger === most && heldDanger(right) === most,
            ...(more && { more: true as const }),
            ...entriesOf(building, from),
        },
    ];
};

const entriesOf = ({ model }: Building, from: string): Pick<UncutPath, "entries"> => {
    const entries = model.entries.filter(({ principal }) => principal === from).map(({ key }) => key);
    return entries.length === 0 ? {} : { entries };
};

interface Told {
    readonly paths: readonly UncutPath[];
    /** How dangerous they are, as the round counts it. */
    readonly danger: number;
}

/** A principal and the groups that it is in. */
const ownOf = ({ graph, groups }: Building, start: number): ReadonlySet<number> => {
    const lent = (groups.get(graph.principals[start] ?? "") ?? []).flatMap(({ group }) => graph.principal(group) ?? []);
    return new Set([start, ...lent]);
};

const pathsFrom = (building: Building, round: Round, start: number, below: number, most: number): Told => {
    if (round.searcher.best(start) >= below) return { paths: [], danger: below };
    const found = round.searcher.nearest({ start, own: ownOf(building, start), below, most: most + 1 });
    const told = found.slice(0, most);
    const paths = told.flatMap((each, at) =>
        pathOf(building, round, each, at === told.length - 1 && found.length > told.length),
    );
    return { paths, danger: found[0]?.danger ?? below };
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
        const certain = pathsFrom(building, sure, start, thresholds.get(key) ?? HARMLESS, most);
        const known = new Set(certain.paths.map(({ to }) => to));
        const further = pathsFrom(building, unsure, start, certain.danger, most);
        return [...certain.paths, ...further.paths.filter(({ to }) => !known.has(to))];
    });
};
