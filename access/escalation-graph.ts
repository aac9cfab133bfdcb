/** How a hop is made, as far as it is the same for everyone it leads to. */
export interface Step {
    readonly edge: string;
    /** Keys of the rights that it takes. */
    readonly by: readonly string[];
    /** Whether all that it takes is decided. */
    readonly certain: boolean;
    /** Said of who makes it, before the name of the resource or principal that it leads to: `can add a secret to`. */
    readonly words: string;
    /** What gives it, after those names: `role 'Owner' on 'rg-a'`. */
    readonly how?: string;
}

/** A way on from a node. Only ways out of a principal have a step; ways into a principal end a hop. */
export interface Arc {
    readonly to: number;
    readonly certain: boolean;
    readonly step?: Step;
}

/** Whether a way takes one of some rights. */
export const takesOne = ({ step }: Arc, rights: ReadonlySet<string>): boolean =>
    step?.by.some(right => rights.has(right)) === true;

/**
 * Who can become whom, as a graph whose first nodes are the principals. Between them are nodes for places and
 * resources, so that many rights over many resources stay few arcs: a principal leads to a way on a place, that to the
 * resources in it, those to their identities.
 */
export class EscalationGraph {
    /** Keys of the principals: their numbers are their order. */
    readonly principals: readonly string[];
    readonly #numbers: ReadonlyMap<string, number>;
    readonly #nodes: Map<string, number>;
    readonly #keys: string[];
    readonly #labels: Map<number, string>;
    readonly #out: Arc[][];
    #isSure: boolean;

    constructor(principals: readonly string[], like?: EscalationGraph, out?: Arc[][]) {
        this.principals = like?.principals ?? [...new Set(principals)].sort();
        this.#numbers = like === undefined ? new Map(this.principals.map((key, at) => [key, at])) : like.#numbers;
        this.#nodes = like === undefined ? new Map<string, number>() : like.#nodes;
        this.#keys = like === undefined ? this.principals.map(key => `=${key}`) : like.#keys;
        this.#labels = like === undefined ? new Map<number, string>() : like.#labels;
        this.#out = out ?? this.principals.map(() => []);
        this.#isSure = like?.isSure ?? true;
    }

    get size(): number {
        return this.#out.length;
    }

    /** Whether every way that was ever added is sure. */
    get isSure(): boolean {
        return this.#isSure;
    }

    /** Number of a principal. */
    principal(key: string): number | undefined {
        return this.#numbers.get(key);
    }

    isPrincipal(node: number): boolean {
        return node < this.principals.length;
    }

    /** Whether a node leads to others between principals, as a place does to the resources in it. */
    isPlace(node: number): boolean {
        const [first] = this.out(node);
        return first !== undefined && !this.isPrincipal(first.to);
    }

    /** The node between principals with a key, where there is one. */
    find(key: string): number | undefined {
        return this.#nodes.get(key);
    }

    /** The node between principals with a key; its label is what hops through it are said to lead through. */
    node(key: string, label?: string): number {
        const known = this.#nodes.get(key);
        if (known !== undefined) return known;
        const made = this.#out.push([]) - 1;
        this.#nodes.set(key, made);
        this.#keys.push(key);
        if (label !== undefined) this.#labels.set(made, label);
        return made;
    }

    label(node: number): string | undefined {
        return this.#labels.get(node);
    }

    add(from: number, arc: Arc): void {
        this.#out[from]?.push(arc);
        this.#isSure &&= arc.certain;
    }

    /** The ways on from a node, in an order that the order of the model has no part in. */
    out(node: number): readonly Arc[] {
        return this.#out[node] ?? [];
    }

    /** Puts lists of ways in order. Numbers of nodes between principals are not an order: their keys are. */
    settle(nodes: Iterable<number> = this.#out.keys()): this {
        const keyOf = ({ to, step }: Arc): string => [step?.by.join(), step?.edge, this.#keys[to]].join("\n");
        for (const node of nodes) {
            const arcs = this.#out[node] ?? [];
            if (arcs.length < 2) continue;
            const sorted = arcs.map(arc => ({ arc, key: keyOf(arc) })).sort((a, b) => (a.key < b.key ? -1 : 1));
            this.#out[node] = sorted.map(({ arc }) => arc);
        }
        return this;
    }

    /** The same nodes, with no ways out of some, which are to be added anew, and without the ways that take some rights. */
    without(anew: readonly number[], thinned: readonly number[], gone: ReadonlySet<string>): EscalationGraph {
        const out = [...this.#out];
        for (const node of anew) out[node] = [];
        for (const node of thinned) out[node] = this.out(node).filter(arc => !takesOne(arc, gone));
        return new EscalationGraph(this.principals, this, out);
    }
}
