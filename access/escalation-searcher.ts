import { HARMLESS } from "./escalation-danger.ts";
import type { Arc } from "./escalation-graph.ts";
import { Nearest } from "./escalation-nearest.ts";
import { type Found, isOwnStep, type Search } from "./escalation-search.ts";

/** Where a search begins, and what it is after. */
export interface Goal {
    readonly start: number;
    /** What the start holds itself: its own rights and those of its groups are nothing to be reached. */
    readonly own: ReadonlySet<number>;
    /** Less danger than this is nothing new. */
    readonly below: number;
}

/** A node as a search came to it. */
interface Visit {
    readonly node: number;
    readonly before?: Visit;
    readonly arc?: Arc;
}

const arcsTo = (last: Visit): readonly Arc[] => {
    const arcs: Arc[] = [];
    for (let at: Visit | undefined = last; at?.arc !== undefined; at = at.before) arcs.push(at.arc);
    return arcs.reverse();
};

/** Searches one graph again and again. */
export class Searcher {
    readonly #search: Search;
    readonly #most: number;
    readonly #nearest: Nearest;
    /** The number of the search that saw each node last. */
    readonly #seen: Uint32Array;
    #searches = 0;

    /** @param most So many principals are enough for each start. */
    constructor(search: Search, most: number) {
        this.#search = search;
        this.#most = most;
        this.#nearest = new Nearest(search, most);
        this.#seen = new Uint32Array(search.graph.size);
    }

    /** The least danger number that a node reaches, its own among them. */
    best(node: number): number {
        return this.#nearest.best(node);
    }

    #danger(node: number): number {
        return this.#search.dangers[node] ?? HARMLESS;
    }

    /**
     * The principals nearest to one that are as dangerous as it can get, each by a shortest way. What lies behind one
     * that is found is not looked at.
     */
    nearest(goal: Goal): readonly Found[] {
        const { start, own, below } = goal;
        const ways = this.#nearest.waysFrom(start).filter(isOwnStep);
        const danger = ways.reduce((least, { to }) => Math.min(least, this.best(to)), below);
        if (danger >= below) return [];
        const isOwn = [...own].some(node => this.#danger(node) <= danger);
        return (isOwn ? undefined : this.#known(start, ways, danger)) ?? this.#looked(goal, danger);
    }

    /** What is known of all nodes; undefined where that has a way lead back through the start. */
    #known(start: number, ways: readonly Arc[], danger: number): readonly Found[] | undefined {
        const leads = ways
            .filter(({ to }) => this.best(to) === danger)
            .flatMap(arc => this.#nearest.leads(arc.to).map(lead => ({ ...lead, arc })))
            .sort((a, b) => a.far - b.far);
        const found = new Map<number, Found>();
        for (const { principal, arc } of leads) {
            if (found.size >= this.#most) break;
            if (found.has(principal)) continue;
            const arcs = [arc, ...this.#nearest.wayTo(arc.to, principal)];
            if (arcs.some(({ to }) => to === start)) return undefined;
            found.set(principal, { principal, danger, arcs });
        }
        return [...found.values()];
    }

    #looked(goal: Goal, least: number): readonly Found[] {
        for (let danger = least; danger < goal.below; danger += 1) {
            const found = this.#within(goal, danger);
            if (found.length > 0) return found.map(visit => ({ principal: visit.node, danger, arcs: arcsTo(visit) }));
        }
        return [];
    }

    /** Breadth first, leaving out what leads to none. */
    #within({ start, own }: Goal, danger: number): readonly Visit[] {
        const { graph } = this.#search;
        const [seen, current] = [this.#seen, (this.#searches += 1)];
        seen[start] = current;
        const found: Visit[] = [];
        let next: Visit[] = [];
        const expand = (visit: Visit): void => {
            for (const arc of this.#nearest.waysFrom(visit.node)) {
                const { to } = arc;
                if (found.length >= this.#most) return;
                if (seen[to] === current || this.best(to) > danger) continue;
                if (visit.node === start && !isOwnStep(arc)) continue;
                seen[to] = current;
                const onward = { node: to, before: visit, arc };
                if (!graph.isPrincipal(to)) expand(onward);
                else if (this.#danger(to) <= danger && !own.has(to)) found.push(onward);
                else next.push(onward);
            }
        };
        for (let level: Visit[] = [{ node: start }]; level.length > 0; level = next) {
            next = [];
            for (const visit of level) expand(visit);
        }
        return found;
    }
}
