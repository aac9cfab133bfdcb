import type { Arc } from "./escalation-graph.ts";
import { HARMLESS } from "./escalation-danger.ts";
import { Incoming } from "./escalation-incoming.ts";
import { counts, reachable, type Search } from "./escalation-search.ts";

/** A principal that a node leads to. */
interface Lead {
    readonly principal: number;
    /** Hops to it. */
    readonly far: number;
    /** The way on, by its place among those of the node; none of the principal itself. */
    readonly by: number;
}

/** By which of its ways a node is told of something. */
type Told = Map<number, number[]>;

const note = (told: Told, node: number, at: number): void => {
    const ats = told.get(node);
    if (ats === undefined) told.set(node, [at]);
    else ats.push(at);
};

const NOBODY: readonly Lead[] = [];

/**
 * For each node the nearest of the most dangerous principals that it leads to, worked out for all nodes at once and
 * backwards from those principals: who leads to many by way of few is not searched again from each start. Among as near
 * ones that comes first whose way does, in the order of the ways out of each node.
 */
export class Nearest {
    readonly #search: Search;
    readonly #most: number;
    readonly #best: readonly number[];
    readonly #ways = new Map<number, readonly Arc[]>();
    readonly #ahead = new Map<number, number>();
    readonly #leads: Lead[][];

    /** @param most So many of each node are kept. */
    constructor(search: Search, most: number) {
        this.#search = search;
        this.#most = most;
        this.#best = reachable(search);
        this.#leads = Array.from({ length: search.graph.size }, () => []);
        this.#spread();
    }

    /** The least danger number that a node reaches, its own among them. */
    best(node: number): number {
        return this.#best[node] ?? HARMLESS;
    }

    /** The nearest of the most dangerous principals that a node leads to, the nearest first. */
    leads(node: number): readonly Lead[] {
        return this.#leads[node] ?? NOBODY;
    }

    /** The ways on from a node that count, those to the most dangerous principals first. */
    waysFrom(node: number): readonly Arc[] {
        const known = this.#ways.get(node);
        if (known !== undefined) return known;
        const arcs = this.#search.graph.out(node).filter(arc => counts(arc, this.#search));
        const ways =
            arcs.length < 2 ? arcs : arcs.toSorted((a, b) => this.#dangerAhead(a.to) - this.#dangerAhead(b.to));
        this.#ways.set(node, ways);
        return ways;
    }

    #dangerAhead(node: number): number {
        const { graph, dangers } = this.#search;
        if (graph.isPrincipal(node)) return dangers[node] ?? HARMLESS;
        const known = this.#ahead.get(node);
        if (known !== undefined) return known;
        const least = graph.out(node).reduce((danger, { to }) => Math.min(danger, dangers[to] ?? HARMLESS), HARMLESS);
        this.#ahead.set(node, least);
        return least;
    }

    /** The way from a node to a principal that it leads to. */
    wayTo(node: number, principal: number): readonly Arc[] {
        const arcs: Arc[] = [];
        for (let at = node; at !== principal;) {
            const by = this.leads(at).find(lead => lead.principal === principal)?.by ?? -1;
            const arc = this.waysFrom(at)[by];
            if (arc === undefined) return [];
            arcs.push(arc);
            at = arc.to;
        }
        return arcs;
    }

    #isGoal(node: number): boolean {
        const { graph, dangers } = this.#search;
        return graph.isPrincipal(node) && dangers[node] === this.best(node) && dangers[node] !== HARMLESS;
    }

    /** The ways into each node that what it leads to has to be told by. */
    #askers(): Incoming {
        return new Incoming(this.#leads.length, tell => {
            for (const node of this.#leads.keys()) {
                const best = this.best(node);
                if (best === HARMLESS || this.#isGoal(node)) continue;
                for (const [at, { to }] of this.waysFrom(node).entries())
                    if (this.best(to) === best) tell(to, node, at);
            }
        });
    }

    #spread(): void {
        const { graph } = this.#search;
        let reached: readonly number[] = graph.principals.map((_, node) => node).filter(node => this.#isGoal(node));
        if (reached.length === 0) return;
        for (const node of reached) this.#leads[node]?.push({ principal: node, far: 0, by: -1 });
        const askers = this.#askers();
        for (let far = 0; reached.length > 0; far += 1) {
            const [resources, places, principals]: [Told, Told, Told] = [new Map(), new Map(), new Map()];
            const tell = (node: number): void => {
                askers.each(node, (asker, at) => {
                    if ((this.#leads[asker]?.length ?? 0) >= this.#most) return;
                    const told = graph.isPrincipal(asker) ? principals : graph.isPlace(asker) ? places : resources;
                    note(told, asker, at);
                });
            };
            reached.forEach(tell);
            this.#take(resources, far, far).forEach(tell);
            this.#take(places, far, far).forEach(tell);
            reached = this.#take(principals, far, far + 1);
        }
    }

    /** Takes over what is so far by the ways that were told of it; gives the nodes that this was news to. */
    #take(told: Told, far: number, hops: number): readonly number[] {
        return [...told].flatMap(([node, ats]) => {
            const [leads, ways] = [this.#leads[node] ?? [], this.waysFrom(node)];
            const before = leads.length;
            for (const by of ats.toSorted((a, b) => a - b))
                for (const { principal, far: its } of this.leads(ways[by]?.to ?? -1))
                    if (its === far && leads.length < this.#most && !leads.some(each => each.principal === principal))
                        leads.push({ principal, far: hops, by });
            return leads.length > before ? [node] : [];
        });
    }
}
