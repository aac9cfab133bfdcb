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

/** Whether a way counts in a search. */
export const counts = (arc: Arc, { unsure }: Search): boolean => unsure || arc.certain;

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

/** A node as a search came to it. */
export interface Visit {
    readonly node: number;
    readonly before: Visit | undefined;
    readonly arc: Arc | undefined;
}

/** A principal that was found, with the legs that lead there. */
export interface Found {
    readonly principal: number;
    readonly danger: number;
    readonly legs: () => readonly Leg[];
}

/** The legs by which a search came to a node. */
export const legsTo = ({ graph }: Search, last: Visit): readonly Leg[] => {
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
