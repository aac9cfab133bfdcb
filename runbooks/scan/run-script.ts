import { asked } from "./asked.ts";
import { runBlock } from "./call-function.ts";
import { elapsed } from "./clock.ts";
import { Findings } from "./findings.ts";
import { forgetIdentities } from "./identity.ts";
import { IncludedScripts } from "./included-scripts.ts";
import { Exhausted, Machine } from "./machine.ts";
import type { FunctionDefinition } from "./world.ts";
import { parse } from "./read-script.ts";
import { Requests } from "./requests.ts";
import type { ScanOptions } from "./scan.ts";
import { ScriptWorld } from "./script-world.ts";
import { withPlainLines } from "./source.ts";
import type { Block } from "./syntax.ts";
import { unknown } from "./values.ts";

/** Share of the time left that following every way may take; in the rest the script is followed in outline. */
const THOROUGH = 0.6;

class ScriptRun {
    readonly findings = new Findings();
    private readonly options: ScanOptions;
    private readonly deadline: number;
    private readonly lines: readonly string[];

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
            include: new IncludedScripts(this.options, this.deadline, this.findings, line => this.textAt(line)).include,
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
