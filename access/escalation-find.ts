import type { Building } from "./escalation-building.ts";
import { type Danger, dangerOf, HARMLESS, heldDanger, tierOfDanger } from "./escalation-danger.ts";
import { lastHop, hopOf } from "./escalation-hop.ts";
import type { EscalationOptions, UncutPath } from "./escalation-path.ts";
import type { Thresholds } from "./escalation-thresholds.ts";
import { type Found, legsOf } from "./escalation-search.ts";
import { Searcher } from "./escalation-searcher.ts";
import type { PrincipalKind, Right } from "./model.ts";

const MOST = 5;

/** The most dangerous right of each principal, the first by key among equals. */
const worstRights = (
    { rights, graph }: Building,
    danger: (right: Right) => Danger | typeof HARMLESS,
    isTold: (right: Right) => boolean,
): ReadonlyMap<number, readonly [Right, number]> => {
    const worst = new Map<number, readonly [Right, number]>();
    for (const right of rights.filter(isTold)) {
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

const startsOf = ({ kinds, graph }: Building): readonly number[] => {
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
    const { leastTier = 2, to = () => true, most = MOST } = options;
    const isTold = (right: Right): boolean => {
        const level = danger(right);
        return level !== HARMLESS && tierOfDanger(level) <= leastTier && to(right.holder);
    };
    const worst = worstRights(building, danger, isTold);
    const dangers = building.graph.principals.map((_, node) => worst.get(node)?.[1] ?? HARMLESS);
    return { searcher: new Searcher({ graph: building.graph, dangers, unsure }, most + 1), worst };
};

const pathOf = (building: Building, { worst }: Round, start: number, found: Found, more: boolean): UncutPath[] => {
    const right = worst.get(found.principal)?.[0];
    const legs = legsOf(building, start, found.arcs);
    const from = building.graph.principals[start];
    const most = right === undefined ? HARMLESS : dangerOf(right);
    if (right === undefined || from === undefined || most === HARMLESS) return [];
    const hops = [...legs.map(leg => hopOf(building, leg)), lastHop(building, right)];
    const entries = building.entries.get(from);
    return [
        {
            from,
            to: right.key,
            tier: tierOfDanger(most),
            danger: most,
            hops,
            certain: legs.every(({ certain }) => certain) && found.danger === most && heldDanger(right) === most,
            ...(more && { more: true as const }),
            ...(entries && { entries }),
        },
    ];
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
    const found = round.searcher.nearest({ start, own: ownOf(building, start), below });
    const told = found.slice(0, most);
    const paths = told.flatMap((each, at) =>
        pathOf(building, round, start, each, at === told.length - 1 && found.length > told.length),
    );
    return { paths, danger: found[0]?.danger ?? below };
};

/** Whether looking for what may be would find the same as looking for what is sure. */
const isAllSure = ({ graph, rights }: Building): boolean =>
    graph.isSure && rights.every(right => dangerOf(right) === heldDanger(right));

/**
 * The paths of who can become whom. Those that are sure come first; those that may be are told where they lead further.
 */
export const findPaths = (
    building: Building,
    thresholds: Thresholds,
    options: EscalationOptions,
): readonly UncutPath[] => {
    const { most = MOST, from = () => true } = options;
    const sure = roundOf(building, options, false);
    const unsure = isAllSure(building) ? undefined : roundOf(building, options, true);
    return startsOf(building).flatMap(start => {
        const key = building.graph.principals[start] ?? "";
        if (!from(key)) return [];
        const certain = pathsFrom(building, sure, start, thresholds.get(key) ?? HARMLESS, most);
        if (unsure === undefined) return certain.paths;
        const known = new Set(certain.paths.map(({ to }) => to));
        const further = pathsFrom(building, unsure, start, certain.danger, most);
        return [...certain.paths, ...further.paths.filter(({ to }) => !known.has(to))];
    });
};
