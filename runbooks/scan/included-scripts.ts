import { parametersOf } from "./binding.ts";
import type { Bound } from "./binding.ts";
import type { Findings } from "./findings.ts";
import type { Machine } from "./machine.ts";
import { parse } from "./read-script.ts";
import type { Parsed } from "./read-script.ts";
import type { ScanOptions } from "./scan.ts";
import { decodeSource, withPlainLines } from "./source.ts";
import type { Include } from "./surroundings.ts";
import type { Block } from "./syntax.ts";
import type { Value } from "./values.ts";
import type { FunctionDefinition } from "./world.ts";

const MAX_INCLUDED = 12;

const fileName = (name: string): string => name.replace(/^.*[\\/]/, "");

/** Other scripts that a script uses: each is read once, and none is followed inside itself. */
export class IncludedScripts {
    private readonly sibling: ScanOptions["sibling"];
    private readonly deadline: number;
    private readonly findings: Findings;
    private readonly textAt: (line: number) => string;
    private readonly included = new Map<string, Parsed | undefined>();
    private readonly open = new Set<string>();

    constructor(options: ScanOptions, deadline: number, findings: Findings, textAt: (line: number) => string) {
        this.sibling = options.sibling;
        this.deadline = deadline;
        this.findings = findings;
        this.textAt = textAt;
    }

    private load(name: string): Parsed | undefined {
        const key = fileName(name).toLowerCase();
        if (this.included.has(key)) return this.included.get(key);
        const source = this.included.size < MAX_INCLUDED ? this.sibling?.(name) : undefined;
        const text =
            source === undefined
                ? undefined
                : typeof source === "string"
                  ? withPlainLines(source)
                  : decodeSource(source);
        const parsed = text === undefined ? undefined : parse(text, this.deadline);
        this.included.set(key, parsed);
        return parsed;
    }

    readonly include: Include = (machine, name, bound, kind, line) => {
        const file = fileName(name);
        const parsed = this.load(name);
        if (parsed === undefined) {
            if (kind !== "started")
                this.findings.unknown(line, this.textAt(line), `the script '${file}' is not there to be read`);
            return undefined;
        }
        if (this.open.has(file.toLowerCase())) return undefined;
        this.open.add(file.toLowerCase());
        try {
            return this.findings.within({ line, via: file }, () =>
                this.follow(machine, parsed.block, file, bound, kind, line),
            );
        } finally {
            this.open.delete(file.toLowerCase());
        }
    };

    private follow(
        machine: Machine,
        block: Block,
        file: string,
        bound: Bound,
        kind: string,
        line: number,
    ): Value | undefined {
        const known = new Set(machine.functions.values());
        machine.define(block.body);
        for (const [key, definition] of machine.functions) {
            if (!known.has(definition)) machine.functions.set(key, { ...definition, file });
        }
        if (kind === "sourced") {
            machine.run(block.body);
            return undefined;
        }
        const definition: FunctionDefinition = { name: file, body: block, line };
        return machine.call(definition, parametersOf(bound, block.params, undefined), line);
    }
}
