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

/**
 * Who can become whom, as a graph whose first nodes are the principals. Between them are nodes for places and
 * resources, so that many rights over many resources stay few arcs: a principal leads to a way on a place, that to the
 * resources in it, those to their identities.
 */
export class EscalationGraph {
    /** Keys of the principals: their numbers are their order. */
    readonly principals: readonly string[];
    readonly #numbers: ReadonlyMap<string, number>;
    readonly #nodes = new Map<string, number>();
    readonly #labels = new Map<number, string>();
    readonly #out: Arc[][];

    constructor(principals: readonly string[]) {
        this.principals = [...new Set(principals)].sort();
        this.#numbers = new Map(this.principals.map((key, at) => [key, at]));
        this.#out = this.principals.map(() => []);
    }

    get size(): number {
        return this.#out.length;
    }

    /** Number of a principal. */
    principal(key: string): number | undefined {
        return this.#numbers.get(key);
    }

    isPrincipal(node: number): boolean {
        return node < this.principals.length;
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
        if (label !== undefined) this.#labels.set(made, label);
        return made;
    }

    label(node: number): string | undefined {
        return this.#labels.get(node);
    }

    add(from: number, arc: Arc): void {
        this.#out[from]?.push(arc);
    }

    /** The ways on from a node, in an order that the order of the model has no part in. */
    out(node: number): readonly Arc[] {
        return this.#out[node] ?? [];
    }

    /** Puts every list of ways in order. Numbers of nodes between principals are not an order: their keys are. */
    settle(): this {
        const keys = new Map([...this.#nodes].map(([key, node]) => [node, key]));
        const keyOf = ({ to, step }: Arc): string =>
            [step?.by.join(), step?.edge, keys.get(to) ?? `=${this.principals[to] ?? ""}`].join("\n");
        for (const [node, arcs] of this.#out.entries()) {
            if (arcs.length < 2) continue;
            const sorted = arcs.map(arc => ({ arc, key: keyOf(arc) })).sort((a, b) => (a.key < b.key ? -1 : 1));
            this.#out[node] = sorted.map(({ arc }) => arc);
        }
        return this;
    }
}
