import { HARMLESS } from "./escalation-danger.ts";
import type { Arc, EscalationGraph, Step } from "./escalation-graph.ts";

/** One hop from a principal to another, by their numbers. */
export interface Leg {
    readonly from: number;
    readonly to: number;
    readonly step: Step;
    readonly certain: boolean;
    /** Name of the resource that it leads through. */
    readonly through?: string;
}

/** What is searched for. */
export interface Search {
    readonly graph: EscalationGraph;
    /** How dangerous each principal is by its own rights, by its number. */
    readonly dangers: readonly number[];
    /** Whether ways count that are not sure. */
    readonly unsure: boolean;
}

const counts = (arc: Arc, { unsure }: Search): boolean => unsure || arc.certain;

/**
 * The least danger number that each node reaches, its own among them: worked out backwards from the most dangerous
 * principals, each arc looked at once.
 */
export const reachable = (search: Search): readonly number[] => {
    const { graph, dangers } = search;
    const into: number[][] = Array.from({ length: graph.size }, () => []);
    for (let node = 0; node < graph.size; node += 1)
        for (const arc of graph.out(node)) if (counts(arc, search)) into[arc.to]?.push(node);
    const best = new Array<number>(graph.size).fill(HARMLESS);
    for (let danger = 0; danger < HARMLESS; danger += 1) {
        const queue = dangers.flatMap((own, node) => (own === danger && best[node] === HARMLESS ? [node] : []));
        for (const node of queue) best[node] = danger;
        for (const node of queue)
            for (const from of into[node] ?? []) {
                if (best[from] !== HARMLESS) continue;
                best[from] = danger;
                queue.push(from);
            }
    }
    return best;
};

interface Visit {
    readonly node: number;
    readonly before: Visit | undefined;
    readonly arc: Arc | undefined;
}

/** A principal that was found, with the legs that lead there. */
export interface Found {
    readonly principal: number;
    readonly danger: number;
    readonly legs: readonly Leg[];
}

const legsTo = ({ graph }: Search, last: Visit): readonly Leg[] => {
    const legs: Leg[] = [];
    let [to, certain, through]: [number, boolean, string | undefined] = [last.node, true, undefined];
    for (let at: Visit | undefined = last; at?.before !== undefined; at = at.before) {
        const { arc, before } = at;
        certain &&= arc?.certain === true;
        through ??= graph.label(before.node);
        const step = arc?.step;
        if (step === undefined) continue;
        legs.push({ from: before.node, to, step, certain, ...(through !== undefined && { through }) });
        [to, certain, through] = [before.node, true, undefined];
    }
    return legs.reverse();
};

/** Membership of a group is no step of its own: what the group can do is told of the group. */
const isOwnStep = ({ step }: Arc): boolean => step?.edge !== "AZMemberOf";

/** Where a search begins, and what it is after. */
export interface Goal {
    readonly start: number;
    /** What the start holds itself: its own rights and those of its groups are nothing to be reached. */
    readonly own: ReadonlySet<number>;
    /** Less danger than this is nothing new. */
    readonly below: number;
    /** There is no more danger than this within reach. */
    readonly floor: number;
    /** So many are enough. */
    readonly most: number;
}

/**
 * The principals nearest to one that are as dangerous as it can get, at most `most` and one: breadth first, so that each
 * is found by a shortest path; what lies behind a principal as dangerous as that is not looked at.
 */
export const nearest = (search: Search, { start, own, below, floor, most }: Goal): readonly Found[] => {
    const { graph, dangers } = search;
    const seen = new Set([start]);
    let found: (readonly [number, Visit])[] = [];
    let worst = below;
    let level: Visit[] = [{ node: start, before: undefined, arc: undefined }];
    while (level.length > 0 && !(worst === floor && found.length > most)) {
        const next: Visit[] = [];
        for (const visit of level) {
            const danger = own.has(visit.node) ? HARMLESS : (dangers[visit.node] ?? HARMLESS);
            if (danger < below && danger <= worst) {
                if (danger < worst) [worst, found] = [danger, []];
                found.push([danger, visit]);
            }
            if (danger <= floor) continue;
            for (const arc of graph.out(visit.node)) {
                if (!counts(arc, search) || seen.has(arc.to) || (visit.node === start && !isOwnStep(arc))) continue;
                seen.add(arc.to);
                const onward = { node: arc.to, before: visit, arc };
                (graph.isPrincipal(arc.to) ? next : level).push(onward);
            }
        }
        level = next;
    }
    return found
        .filter(([, visit]) => isFirst(search, visit, own, worst))
        .map(([danger, visit]) => ({ principal: visit.node, danger, legs: legsTo(search, visit) }));
};

/** Whether nothing before it on its path is as dangerous already. */
const isFirst = ({ dangers }: Search, last: Visit, own: ReadonlySet<number>, worst: number): boolean => {
    for (let at = last.before; at !== undefined; at = at.before)
        if (!own.has(at.node) && (dangers[at.node] ?? HARMLESS) <= worst) return false;
    return true;
};
