import { HARMLESS } from "./escalation-danger.ts";
import { Incoming } from "./escalation-incoming.ts";
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

/** A principal that was found, with the ways that lead there. */
export interface Found {
    readonly principal: number;
    readonly danger: number;
    readonly arcs: readonly Arc[];
}

/** Whether a way counts in a search. */
export const counts = (arc: Arc, { unsure }: Search): boolean => unsure || arc.certain;

/** Membership of a group is no step of its own: what the group can do is told of the group. */
export const isOwnStep = ({ step }: Arc): boolean => step?.edge !== "AZMemberOf";

/**
 * The least danger number that each node reaches, its own among them: worked out backwards from the most dangerous
 * principals, each arc looked at once.
 */
export const reachable = (search: Search): readonly number[] => {
    const { graph, dangers } = search;
    const into = new Incoming(graph.size, tell => {
        for (let node = 0; node < graph.size; node += 1)
            for (const arc of graph.out(node)) if (counts(arc, search)) tell(arc.to, node, 0);
    });
    const best = new Array<number>(graph.size).fill(HARMLESS);
    for (let danger = 0; danger < HARMLESS; danger += 1) {
        const queue = dangers.flatMap((own, node) => (own === danger && best[node] === HARMLESS ? [node] : []));
        for (const node of queue) best[node] = danger;
        for (const node of queue)
            into.each(node, from => {
                if (best[from] !== HARMLESS) return;
                best[from] = danger;
                queue.push(from);
            });
    }
    return best;
};

/** The legs of a way from a principal. */
export const legsOf = ({ graph }: Pick<Search, "graph">, start: number, arcs: readonly Arc[]): readonly Leg[] => {
    const legs: Leg[] = [];
    let [from, step, certain, through]: [number, Step | undefined, boolean, string | undefined] = [
        start,
        undefined,
        true,
        undefined,
    ];
    for (const arc of arcs) {
        step ??= arc.step;
        certain &&= arc.certain;
        through = graph.label(arc.to) ?? through;
        if (!graph.isPrincipal(arc.to) || step === undefined) continue;
        legs.push({ from, to: arc.to, step, certain, ...(through !== undefined && { through }) });
        [from, step, certain, through] = [arc.to, undefined, true, undefined];
    }
    return legs;
};
