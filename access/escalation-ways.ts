import type { EscalationGraph } from "./escalation-graph.ts";
import { takeoversOf } from "./escalation-hosts.ts";
import { placeKeys } from "./escalation-place.ts";
import type { Takeover } from "./escalation-takeover.ts";
import { takeoversOn, type Target } from "./escalation-targets.ts";

const wayKeys = new WeakMap<Takeover, string>();

/** Names a takeover in the keys of nodes: two may have the same edge. */
const wayKey = (takeover: Takeover): string => {
    const { edge, kind, types, words } = takeover;
    const key = wayKeys.get(takeover) ?? [edge, kind, types[0], words].join("|");
    wayKeys.set(takeover, key);
    return key;
};

/** A resource in a place, and who is left out of what it gives. */
interface Inside {
    readonly node: number;
    readonly exceptTo: string | undefined;
}

/** Node by number of the takeover. */
type Open = Map<number, number>;

const NONE: Open = new Map();

/** What can be done on each place: a node for each that all who may do it there lead to. */
export class Ways {
    /** The ways that are open on some target. Their numbers are their order. */
    readonly takeovers: readonly Takeover[];
    readonly #graph: EscalationGraph;
    readonly #numbers: ReadonlyMap<Takeover, number>;
    readonly #open = new Map<string, Open>();
    /** By the node of a place, the resources in it where one of them leaves somebody out. */
    readonly #apart = new Map<number, Inside[]>();

    /** @param asked Keys of the places that some right is asked for on: others are left out. */
    constructor(graph: EscalationGraph, targets: readonly Target[], asked: ReadonlySet<string>) {
        this.#graph = graph;
        this.takeovers = takeoversOn(targets);
        this.#numbers = new Map(this.takeovers.map((takeover, at) => [takeover, at]));
        for (const target of targets) this.#place(target, asked);
    }

    #place(target: Target, asked: ReadonlySet<string>): void {
        const places = placeKeys(target.place).filter(key => asked.has(key));
        if (places.length === 0) return;
        for (const takeover of takeoversOf(target.type)) {
            const node = this.#graph.node(`${target.key}|${wayKey(takeover)}`, target.name);
            for (const place of places) this.#put(this.#node(takeover, place), { node, exceptTo: target.exceptTo });
            for (const identity of target.identities) {
                const to = this.#graph.principal(identity);
                if (to !== undefined) this.#graph.add(node, { to, certain: true });
            }
        }
    }

    #put(place: number, inside: Inside): void {
        this.#graph.add(place, { to: inside.node, certain: true });
        if (inside.exceptTo === undefined) return;
        const list = this.#apart.get(place) ?? [];
        this.#apart.set(place, list);
        list.push(inside);
    }

    #node(takeover: Takeover, place: string): number {
        const [open, at] = [this.#open.get(place) ?? new Map<number, number>(), this.#numbers.get(takeover) ?? -1];
        this.#open.set(place, open);
        const node = open.get(at) ?? this.#graph.node(`way:${wayKey(takeover)}@${place}`);
        open.set(at, node);
        return node;
    }

    /** Where a holder gets to by a way on a place: to the place, or to the resources in it that do not leave it out. */
    nodesFor(holder: string, place: number): readonly number[] {
        const inside = this.#apart.get(place) ?? [];
        if (!inside.some(({ exceptTo }) => exceptTo === holder)) return [place];
        return inside.filter(({ exceptTo }) => exceptTo !== holder).map(({ node }) => node);
    }

    /** The ways that are open on a place, by number of the takeover. */
    on(place: string): ReadonlyMap<number, number> {
        return this.#open.get(place) ?? NONE;
    }
}
