/** Derives from a value the keys under which an index lists it. */
export type IndexKeys<T> = (value: T) => readonly string[];

/** Told of each write, so that it can be recorded; a removal has no value. */
export type OnChange = (key: string, value: unknown) => void;

/**
 * Records by key with secondary indexes. Values are never changed in place: `set` a new one,
 * or the indexes and the state file do not learn of it.
 */
export class Table<T, I extends string = never> {
    readonly #rows = new Map<string, T>();
    readonly #keysOf: Readonly<Record<I, IndexKeys<T>>>;
    readonly #indexes = new Map<I, Map<string, Map<string, T>>>();
    readonly #onChange: OnChange;

    constructor(keysOf: Readonly<Record<I, IndexKeys<T>>>, onChange: OnChange) {
        this.#keysOf = keysOf;
        this.#onChange = onChange;
        for (const name of Object.keys(keysOf) as I[]) this.#indexes.set(name, new Map());
    }

    get size(): number {
        return this.#rows.size;
    }

    get(key: string): T | undefined {
        return this.#rows.get(key);
    }

    has(key: string): boolean {
        return this.#rows.has(key);
    }

    /** All values, oldest first. */
    values(): MapIterator<T> {
        return this.#rows.values();
    }

    entries(): MapIterator<[string, T]> {
        return this.#rows.entries();
    }

    /** The values that an index lists under a key, oldest first. */
    by(index: I, key: string): readonly T[] {
        return [...(this.#indexes.get(index)?.get(key)?.values() ?? [])];
    }

    set(key: string, value: T): T {
        this.load(key, value);
        this.#onChange(key, value);
        return value;
    }

    delete(key: string): boolean {
        const removed = this.unload(key);
        if (removed) this.#onChange(key, undefined);
        return removed;
    }

    /** Sets a value read from the state file: not a change. */
    load(key: string, value: T): void {
        this.#unindex(key);
        this.#rows.set(key, value);
        for (const [name, index] of this.#indexes) {
            for (const indexKey of this.#keysOf[name](value)) {
                const listed = index.get(indexKey);
                if (listed) listed.set(key, value);
                else index.set(indexKey, new Map([[key, value]]));
            }
        }
    }

    /** Removes a value as the state file says: not a change. */
    unload(key: string): boolean {
        this.#unindex(key);
        return this.#rows.delete(key);
    }

    #unindex(key: string): void {
        const value = this.#rows.get(key);
        if (value === undefined) return;
        for (const [name, index] of this.#indexes) {
            for (const indexKey of this.#keysOf[name](value)) {
                const listed = index.get(indexKey);
                listed?.delete(key);
                if (listed?.size === 0) index.delete(indexKey);
            }
        }
    }
}
