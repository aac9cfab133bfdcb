import { asked } from "./asked.ts";
import { parametersOf } from "./binding.ts";
import type { Bound } from "./binding.ts";
import { runBlock } from "./call-function.ts";
import { elapsed } from "./clock.ts";
import { Findings } from "./findings.ts";
import { forgetIdentities } from "./identity.ts";
import { Exhausted, Machine } from "./machine.ts";
import type { FunctionDefinition } from "./world.ts";
import { parse } from "./read-script.ts";
import type { Parsed } from "./read-script.ts";
import { Requests } from "./requests.ts";
import type { ScanOptions } from "./scan.ts";
import { ScriptWorld } from "./script-world.ts";
import { decodeSource, withPlainLines } from "./source.ts";
import type { Block } from "./syntax.ts";
import { unknown } from "./values.ts";
import type { Value } from "./values.ts";

const MAX_INCLUDED = 12;

/** Share of the time left that following every way may take; in the rest the script is followed in outline. */
const THOROUGH = 0.6;

const fileName = (name: string): string => name.replace(/^.*[\\/]/, "");

class ScriptRun {
    readonly findings = new Findings();
    private readonly options: ScanOptions;
    private readonly deadline: number;
    private readonly lines: readonly string[];
    private readonly included = new Map<string, Parsed | undefined>();
    private readonly open = new Set<string>();

    constructor(text: string, options: ScanOptions, deadline: number) {
        this.options = options;
        this.deadline = deadline;
        this.lines = text.split("\n");
    }

    run(text: string): number {
        const { block, errors, complete } = parse(text, this.deadline);
        if (!complete) this.findings.unknown(1, "", "the script could not be read in time");
        const requests = new Requests(this.findings, line => this.textAt(line));
        const world = new ScriptWorld({
            findings: this.findings,
            requests,
            include: this.include,
            wrappers: this.options.wrappers ?? [],
            textAt: line => this.textAt(line),
            read: code => parse(withPlainLines(code), this.deadline).block,
        });
        const now = elapsed();
        const first = now + (this.deadline - now) * THOROUGH;
        const failure = this.follows(new Machine(world, first), block);
        if (failure !== undefined) {
            this.findings.unknown(1, "", failure);
            this.follows(new Machine(world, this.deadline, true), block);
        }
        return errors;
    }

    /** Why a script could not be followed to its end; undefined when it could. */
    private follows(machine: Machine, block: Block): string | undefined {
        try {
            this.whole(machine, block);
            return undefined;
        } catch (error) {
            if (error instanceof Exhausted) return error.message;
            if (error instanceof RangeError) return "the script is nested too deeply";
            throw error;
        }
    }

    private textAt(line: number): string {
        return (this.lines[line - 1] ?? "").trim().slice(0, 200);
    }

    private whole(machine: Machine, block: Block): void {
        machine.define(block.body);
        for (const parameter of block.params)
            machine.scope.vars.set(parameter.name, asked(machine, parameter, "value"));
        machine.run(block.body);
        this.uncalled(machine);
        this.unused(machine);
        machine.reached.lately(1, () => {
            for (const definition of machine.reached.functions(machine)) this.byItself(machine, definition);
        });
        machine.reached.followSkipped(machine);
    }

    /** Script blocks that nothing was seen to run, such as those given to an event, are run as they are. */
    private unused(machine: Machine): void {
        for (const [body, block] of machine.written) {
            if (!machine.ran.has(body)) machine.within(block.scope, () => runBlock(machine, block, unknown("$_")));
        }
    }

    /** Functions nothing was seen to call: what they do of themselves counts, what their caller would decide does not. */
    private uncalled(machine: Machine): void {
        for (const definition of [...machine.functions.values()]) {
            if (machine.called.has(definition.name.toLowerCase()) || definition.file !== undefined) continue;
            this.byItself(machine, definition);
        }
    }

    private byItself(machine: Machine, definition: FunctionDefinition): void {
        const unbound = definition.body.params.map(
            parameter => [parameter.name, asked(machine, parameter, "parameter")] as const,
        );
        machine.call(definition, new Map(unbound), definition.line);
    }

    private load(name: string): Parsed | undefined {
        const key = fileName(name).toLowerCase();
        if (this.included.has(key)) return this.included.get(key);
        const source = this.included.size < MAX_INCLUDED ? this.options.sibling?.(name) : undefined;
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

    private readonly include = (
        machine: Machine,
        name: string,
        bound: Bound,
        kind: "sourced" | "called" | "started",
        line: number,
    ): Value | undefined => {
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

/** Follows a script and the scripts it uses. */
export const runScript = (
    text: string,
    options: ScanOptions,
    deadline: number,
): { readonly findings: Findings; readonly parseErrors: number } => {
    forgetIdentities();
    const run = new ScriptRun(text, options, deadline);
    const parseErrors = run.run(text);
    return { findings: run.findings, parseErrors };
};
