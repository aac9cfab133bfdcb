/** Where in the configuration something is: `["workloads", "nightly-report", "graph", 0]`. */
export type Path = readonly (string | number)[];

const written = (path: Path): string =>
    path
        .map((key, at) =>
            typeof key === "number" ? `[${key}]` : at === 0 ? key : /^[\w-]+$/.test(key) ? `.${key}` : `["${key}"]`,
        )
        .join("");

/** Collects everything that is wrong with a configuration, to say it all at once. */
export class Problems {
    readonly #found: string[] = [];
    readonly #silent: Path[] = [];
    readonly #warnings = new Set<string>();

    /** Takes no further problems of a place: they would follow from what has been said of it. */
    silence(path: Path): void {
        this.#silent.push(path);
    }

    add(path: Path, message: string): void {
        if (this.#silent.some(place => place.every((key, at) => path[at] === key))) return;
        this.#found.push(`leastwise:${written(path)}: ${message}`);
    }

    /** Something that is allowed but should be looked at. */
    warn(message: string): void {
        this.#warnings.add(message);
    }

    warnAt(path: Path, message: string): void {
        this.warn(`leastwise:${written(path)}: ${message}`);
    }

    get warnings(): readonly string[] {
        return [...this.#warnings];
    }

    /** What `read` gives, or undefined when it throws: its error is a problem of that place. */
    at<T>(path: Path, read: () => T): T | undefined {
        try {
            return read();
        } catch (error) {
            this.add(path, error instanceof Error ? error.message : String(error));
            return undefined;
        }
    }

    get count(): number {
        return this.#found.length;
    }

    /** @throws one Error with all problems, a line each, when there are any. */
    raise(): void {
        if (this.#found.length === 0) return;
        const lines = [...new Set(this.#found)];
        throw new Error(
            lines.length === 1 ? lines[0] : `the configuration has ${lines.length} errors:\n${lines.join("\n")}`,
        );
    }
}
