import { ControlFlow } from "./control-flow.ts";
import { callFunction } from "./call-function.ts";
import { elapsed } from "./clock.ts";
import { evaluate } from "./evaluate.ts";
import { identity } from "./identity.ts";
import { runPipeline } from "./pipeline.ts";
import { Reached } from "./reached.ts";
import { Scope } from "./scope.ts";
import { bodies } from "./statements.ts";
import { assign } from "./store.ts";
import type { Block, Expr, Stmt } from "./syntax.ts";
import { anyOf } from "./value-options.ts";
import { NOTHING, grownList, unknown } from "./values.ts";
import type { BlockValue, Value } from "./values.ts";
import type { Frame, FunctionDefinition, World } from "./world.ts";

/** The work or the time allowed is used up. */
export class Exhausted extends Error {}

const MAX_STEPS = 1_500_000;

/**
 * Follows a script without running it: every branch that can be taken is, variables hold all values they may have, and
 * what is not known is a named hole.
 */
export class Machine {
    scope: Scope;
    readonly world: World;
    readonly functions = new Map<string, FunctionDefinition>();
    readonly frames: Frame[] = [];
    /** Functions that were called. */
    readonly called = new Set<string>();
    readonly reached = new Reached();
    /** Script blocks that were written, and those of them that were run. */
    readonly written = new Map<Block, BlockValue>();
    readonly ran = new Set<Block>();
    outputs: Value[] = [];
    /** Whether what was written since the last collection began may not have been. */
    isUnsure = false;
    private readonly deadline: number;
    private readonly flow = new ControlFlow(this);
    private steps = 0;

    /** In outline, loops run less often and a function is followed once for the same arguments. */
    readonly isOutline: boolean;
    private readonly results = new Map<string, Value>();

    constructor(world: World, deadline: number, isOutline = false) {
        this.world = world;
        this.deadline = deadline;
        this.isOutline = isOutline;
        this.scope = new Scope();
    }

    get depth(): number {
        return this.frames.length;
    }

    step(): void {
        this.steps++;
        if (this.steps > MAX_STEPS) throw new Exhausted("the script has too many ways through it");
        if ((this.steps & 1023) === 0 && elapsed() > this.deadline) throw new Exhausted("time is up");
    }

    evaluate(expression: Expr): Value {
        return evaluate(this, expression);
    }

    /** Makes the functions of a script known, those inside others too, before anything runs. */
    define(statements: readonly Stmt[]): void {
        for (const statement of statements) {
            if (statement.k === "function") {
                this.functions.set(statement.name.toLowerCase(), statement);
                this.define(statement.body.body);
            } else for (const body of bodies(statement)) this.define(body);
        }
    }

    call(definition: FunctionDefinition, bound: ReadonlyMap<string, Value>, line: number): Value {
        const work = (): Value =>
            this.isOutline ? this.once(definition, bound, line) : callFunction(this, definition, bound, line);
        return definition.file === undefined ? work() : this.world.within(definition.file, line, work);
    }

    private once(definition: FunctionDefinition, bound: ReadonlyMap<string, Value>, line: number): Value {
        const args = [...bound].map(([name, value]) => `${name}=${String(identity(value))}`).join();
        const key = `${definition.name} ${String(definition.line)} ${String(line)} ${args}`;
        const known = this.results.get(key);
        if (known !== undefined) return known;
        this.results.set(key, unknown(definition.name));
        const made = callFunction(this, definition, bound, line);
        this.results.set(key, made);
        return made;
    }

    /** What statements write to the pipeline. */
    collect(work: () => void): Value[] {
        return this.collectAll(work).made;
    }

    /** The same, and whether some of it may not be written. */
    collectAll(work: () => void): { readonly made: Value[]; readonly maybe: boolean } {
        const { outputs, isUnsure } = this;
        const { branching } = this.flow;
        this.outputs = [];
        this.isUnsure = false;
        this.flow.branching = 0;
        try {
            work();
            return { made: this.outputs, maybe: this.isUnsure };
        } finally {
            this.outputs = outputs;
            this.isUnsure = isUnsure;
            this.flow.branching = branching;
        }
    }

    /** Runs statements in a scope of their own, as `& { }` does. */
    within<T>(scope: Scope, work: () => T): T {
        const { scope: before } = this;
        const { loops } = this.flow;
        this.scope = scope;
        this.flow.loops = [];
        try {
            return work();
        } finally {
            this.scope = before;
            this.flow.loops = loops;
        }
    }

    /** Whether the next statement is reached. */
    run(statements: readonly Stmt[]): boolean {
        this.reached.mark(statements);
        for (const [index, statement] of statements.entries()) {
            this.step();
            if (this.statement(statement)) continue;
            if (index + 1 < statements.length) this.reached.skip(this, statements.slice(index + 1));
            return false;
        }
        return true;
    }

    /** The value of a statement used as one, as in `$x = if (…) {…} else {…}`. */
    valueOf(statement: Stmt): Value {
        if (statement.k === "pipe") return runPipeline(this, statement.elements);
        const made = this.collect(() => this.statement(statement));
        if (statement.k === "foreach" || statement.k === "loop") return grownList(made, true);
        return made.length === 0 ? NOTHING : anyOf(made);
    }

    private statement(statement: Stmt): boolean {
        switch (statement.k) {
            case "pipe":
                this.write(runPipeline(this, statement.elements));
                return true;
            case "assign":
                assign(this, statement);
                return true;
            case "if":
                return this.flow.conditional(statement);
            case "switch":
                return this.flow.choice(statement);
            case "foreach":
                return this.flow.foreach(statement);
            case "loop":
                return this.flow.loop(statement);
            case "try":
                return this.flow.attempt(statement);
            case "function":
                return true;
            case "flow":
                return this.flow.leave(statement);
            case "nest":
                return this.run(statement.body);
        }
    }

    private write(value: Value): void {
        if (value.t === "nothing") return;
        this.outputs.push(value);
        this.isUnsure ||= this.flow.branching > 0;
    }
}
