/** Calls back for each way: where it leads to, where it comes from, and which of the ways from there it is. */
type EachWay = (tell: (to: number, from: number, at: number) => void) => void;

/** The ways into each node of a graph, kept in a few long lists: there are far more of them than of anything else. */
export class Incoming {
    /** Where in the lists the ways into each node begin; one more at the end. */
    readonly #starts: Uint32Array;
    readonly #from: Uint32Array;
    readonly #at: Uint32Array;

    /** @param each is called twice, and has to tell of the same ways. */
    constructor(size: number, each: EachWay) {
        const starts = new Uint32Array(size + 1);
        each(to => {
            starts[to + 1] = (starts[to + 1] ?? 0) + 1;
        });
        for (let node = 0; node < size; node += 1) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
        const [next, count] = [starts.slice(), starts[size] ?? 0];
        this.#starts = starts;
        this.#from = new Uint32Array(count);
        this.#at = new Uint32Array(count);
        each((to, from, at) => {
            const place = next[to] ?? 0;
            next[to] = place + 1;
            this.#from[place] = from;
            this.#at[place] = at;
        });
    }

    /** Calls back for each way into a node. */
    each(node: number, tell: (from: number, at: number) => void): void {
        const end = this.#starts[node + 1] ?? 0;
        for (let place = this.#starts[node] ?? 0; place < end; place += 1)
            tell(this.#from[place] ?? 0, this.#at[place] ?? 0);
    }
}
