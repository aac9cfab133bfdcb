import { HARMLESS } from "./escalation-danger.ts";
import type { Arc } from "./escalation-graph.ts";
import { counts, type Found, legsTo, reachable, type Search, type Visit } from "./escalation-search.ts";

/** Membership of a group is no step of its own: what the group can do is told of the group. */
const isOwnStep = ({ step }: Arc): boolean => step?.edge !== "AZMemberOf";

/** Where a search begins, and what it is after. */
export interface Goal {
    readonly start: number;
    /** What the start holds itself: its own rights and those of its groups are nothing to be reached. */
    readonly own: ReadonlySet<number>;
    /** Less danger than this is nothing new. */
    readonly below: number;
    /** So many are enough. */
    readonly most: number;
}

/** Searches one graph again and again. */
export class Searcher {
    readonly #search: Search;
    readonly #best: readonly number[];
    readonly #ways = new Map<number, readonly Arc[]>();
    /** The number of the search that saw each node last. */
    readonly #seen: Uint32Array;
    #searches = 0;

    constructor(search: Search) {
        this.#search = search;
        this.#best = reachable(search);
        this.#seen = new Uint32Array(search.graph.size);
    }

    /** The least danger number that a node reaches, its own among them. */
    best(node: number): number {
        return this.#best[node] ?? HARMLESS;
    }

    #danger(node: number): number {
        const { graph, dangers } = this.#search;
        if (graph.isPrincipal(node)) return dangers[node] ?? HARMLESS;
        return Math.min(HARMLESS, ...graph.out(node).map(({ to }) => dangers[to] ?? HARMLESS));
    }

    /** The ways on from a node, those to the most dangerous principals first. */
    #waysFrom(node: number): readonly Arc[] {
        const known = this.#ways.get(node);
        if (known !== undefined) return known;
        const arcs = this.#search.graph.out(node).filter(arc => counts(arc, this.#search));
        const ways = arcs
            .map(arc => ({ arc, danger: this.#danger(arc.to) }))
            .sort((a, b) => a.danger - b.danger)
            .map(({ arc }) => arc);
        this.#ways.set(node, ways);
        return ways;
    }

    /**
     * The principals nearest to one that are as dangerous as it can get: breadth first, so that each is found by a
     * shortest path. What lies behind one that is found is not looked at, nor what leads to none.
     */
    nearest(goal: Goal): readonly Found[] {
        for (let danger = this.best(goal.start); danger < goal.below; danger += 1) {
            const found = this.#within(goal, danger);
            if (found.length > 0)
                return found.map(visit => ({ principal: visit.node, danger, legs: () => legsTo(this.#search, visit) }));
        }
        return [];
    }

    #within({ start, own, most }: Goal, danger: number): readonly Visit[] {
        const { graph, dangers } = this.#search;
        const [seen, current] = [this.#seen, (this.#searches += 1)];
        seen[start] = current;
        const found: Visit[] = [];
        let next: Visit[] = [];
        const expand = (visit: Visit): void => {
            for (const arc of this.#waysFrom(visit.node)) {
                const { to } = arc;
                if (found.length >= most) return;
                if (seen[to] === current || this.best(to) > danger) continue;
                if (visit.node === start && !isOwnStep(arc)) continue;
                seen[to] = current;
                const onward = { node: to, before: visit, arc };
                if (!graph.isPrincipal(to)) expand(onward);
                else if ((dangers[to] ?? HARMLESS) <= danger && !own.has(to)) found.push(onward);
                else next.push(onward);
            }
        };
        for (
            let level: Visit[] = [{ node: start, before: undefined, arc: undefined }];
            level.length > 0;
            level = next
        ) {
            next = [];
            for (const visit of level) expand(visit);
        }
        return found;
    }
}
