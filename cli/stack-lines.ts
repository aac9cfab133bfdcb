import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { isMap, isScalar, LineCounter, type Node, type Pair, parseDocument, visit } from "yaml";

/** Where something is written. */
export interface Line {
    /** From the project's folder. */
    readonly path: string;
    readonly line: number;
}

/** The lines of a stack's configuration file that declare workloads and what they are granted. */
export class StackLines {
    readonly #path: string;
    readonly #counter = new LineCounter();
    readonly #workloads = new Map<string, Pair>();

    /** @param file a file that has been read without errors */
    constructor(file: string) {
        this.#path = basename(file);
        const document = parseDocument(readFileSync(file, "utf8"), { lineCounter: this.#counter });
        const declared = document.getIn(["config", "leastwise:workloads"], true);
        if (!isMap(declared)) return;
        for (const pair of declared.items) if (isScalar(pair.key)) this.#workloads.set(String(pair.key.value), pair);
    }

    /** The workload that a resource belongs to, by the resource's name: its own, or its own and a part's. */
    workloadOf(resource: string): string | undefined {
        const owners = [...this.#workloads.keys()].filter(name => resource === name || resource.startsWith(`${name}-`));
        return owners.sort((a, b) => b.length - a.length)[0];
    }

    /** The line in a workload where one of the words is written; that of the workload itself where none is. */
    find(workload: string, words: readonly string[]): Line | undefined {
        const pair = this.#workloads.get(workload);
        if (pair === undefined) return undefined;
        const wanted = new Set(words.map(word => word.toLowerCase()));
        let found: Node | undefined;
        visit(pair.value as Node, {
            Scalar: (_, node) => {
                if (!wanted.has(String(node.value).toLowerCase())) return undefined;
                found = node;
                return visit.BREAK;
            },
        });
        return this.#lineOf(found ?? (pair.key as Node));
    }

    #lineOf({ range }: Node): Line | undefined {
        return range ? { path: this.#path, line: this.#counter.linePos(range[0]).line } : undefined;
    }
}
