import { callFunction } from "./call-function.ts";
import { elapsed } from "./clock.ts";
import { decide } from "./condition.ts";
import { evaluate } from "./evaluate.ts";
import { identity } from "./identity.ts";
import { runPipeline } from "./pipeline.ts";
import { Reached } from "./reached.ts";
import { Scope, changed, copyOf, handOver, joinSnapshots, restore, takeSnapshot } from "./scope.ts";
import type { Snapshot } from "./scope.ts";
import { bodies } from "./statements.ts";
import { assign } from "./store.ts";
import type { Block, Expr, Stmt } from "./syntax.ts";
import { anyOf, optionsOf } from "./value-options.ts";
import { NOTHING, grownList, originOf, plain, unknown } from "./values.ts";
import { elements } from "./value-elements.ts";
import type { BlockValue, Value } from "./values.ts";
import type { Frame, FunctionDefinition, World } from "./world.ts";

/** The work or the time allowed is used up. */
export class Exhausted extends Error {}

const MAX_STEPS = 1_500_000;

const MAX_ITERATIONS = 40;

const FEW_ITERATIONS = 6;

/** Loops inside as many others run once: what they carry over is seen when the outer ones run again. */
const DEEP = 2;

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
    private branching = 0;
    private readonly deadline: number;
    private loops: Snapshot[][] = [];
    private steps = 0;
    private nesting = 0;

    /** In outline, loops run less often and a function is followed once for the same arguments. */
    private readonly isOutline: boolean;
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
        const { outputs, isUnsure, branching } = this;
        this.outputs = [];
        this.isUnsure = false;
        this.branching = 0;
        try {
            work();
            return { made: this.outputs, maybe: this.isUnsure };
        } finally {
            this.outputs = outputs;
            this.isUnsure = isUnsure;
            this.branching = branching;
        }
    }

    /** Runs statements in a scope of their own, as `& { }` does. */
    within<T>(scope: Scope, work: () => T): T {
        const { scope: before, loops } = this;
        this.scope = scope;
        this.loops = [];
        try {
            return work();
        } finally {
            this.scope = before;
            this.loops = loops;
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
                return this.conditional(statement);
            case "switch":
                return this.choice(statement);
            case "foreach":
                return this.foreach(statement);
            case "loop":
                return this.loop(statement);
            case "try":
                return this.attempt(statement);
            case "function":
                return true;
            case "flow":
                return this.leave(statement);
            case "nest":
                return this.run(statement.body);
        }
    }

    private write(value: Value): void {
        if (value.t === "nothing") return;
        this.outputs.push(value);
        this.isUnsure ||= this.branching > 0;
    }

    private leave({ word, value }: Stmt & { k: "flow" }): boolean {
        const result = value === undefined ? NOTHING : this.valueOf(value);
        if (word === "return") this.frames.at(-1)?.returns.push(result);
        if (word === "break" || word === "continue") this.loops.at(-1)?.push(takeSnapshot(this.scope));
        return false;
    }

    /** Runs each way on from the same state, then goes on from all states that were left alive. */
    private branches(ways: readonly (() => boolean)[]): boolean {
        const before = takeSnapshot(this.scope);
        const alive: Snapshot[] = [];
        const isOne = ways.length === 1;
        if (!isOne) this.branching++;
        for (const way of ways) {
            restore(this.scope, copyOf(before));
            if (way()) alive.push(handOver(this.scope));
        }
        if (!isOne) this.branching--;
        if (alive.length === 0) return false;
        restore(this.scope, joinSnapshots(alive));
        return true;
    }

    private conditional({ clauses, otherwise }: Stmt & { k: "if" }): boolean {
        const ways: (() => boolean)[] = [];
        for (const [condition, body] of clauses) {
            const decided = this.reached.opensAll(this) ? this.undecided(condition) : decide(this, condition);
            if (decided === false) {
                this.reached.skip(this, body);
                continue;
            }
            ways.push(() => this.run(body));
            if (decided === true) {
                for (const [, other] of clauses) this.reached.skip(this, other);
                if (otherwise !== undefined) this.reached.skip(this, otherwise);
                return this.branches(ways);
            }
        }
        ways.push(() => (otherwise === undefined ? true : this.run(otherwise)));
        return this.branches(ways);
    }

    private undecided(condition: Stmt): undefined {
        decide(this, condition);
    }

    private choice({ on, clauses }: Stmt & { k: "switch" }): boolean {
        const subject = this.valueOf(on);
        const names = optionsOf(subject).map(plain);
        const isKnown = names.every(name => name !== undefined) && !this.reached.opensAll(this);
        const chosen = clauses.filter(([condition]) => {
            const label = condition.k === "block" ? undefined : plain(this.evaluate(condition));
            return !isKnown || label === undefined || label.toLowerCase() === "default" || matches(names, label);
        });
        const isDefault = ([condition]: (typeof clauses)[number]): boolean =>
            condition.k === "text" &&
            condition.parts.length === 1 &&
            String(condition.parts[0]).toLowerCase() === "default";
        const literalHit =
            isKnown &&
            names.length === 1 &&
            chosen.some(
                ([c]) => c.k === "text" && !isDefault([c, []]) && matches(names, plain(this.evaluate(c)) ?? ""),
            );
        const taken = literalHit ? chosen.filter(clause => !isDefault(clause)) : chosen;
        for (const clause of clauses) if (!taken.includes(clause)) this.reached.skip(this, clause[1]);
        this.loops.push([]);
        const outer = this.scope.vars.get("_");
        const ways = taken.map(([, body]) => () => {
            this.scope.vars.set("_", subject);
            return this.run(body);
        });
        const falls = !taken.some(isDefault) && !literalHit ? [() => true] : [];
        const on_ = this.branches([...ways, ...falls]);
        if (outer !== undefined) this.scope.vars.set("_", outer);
        return this.afterLoop(on_);
    }

    /** Goes on after a loop or switch, from its end and from every place that left it. */
    private afterLoop(alive: boolean): boolean {
        const exits = this.loops.pop() ?? [];
        if (exits.length === 0) return alive;
        restore(this.scope, joinSnapshots(alive ? [handOver(this.scope), ...exits] : exits));
        return true;
    }

    /** A body run until its variables settle: twice is enough for what is reused from one round in the next. */
    private rounds(body: () => boolean): void {
        const before = takeSnapshot(this.scope);
        const rounds = this.nesting < (this.isOutline ? 1 : DEEP) ? 2 : 1;
        this.nesting++;
        for (let round = 0; round < rounds; round++) {
            this.loops.push([]);
            this.afterLoop(body());
            const after = handOver(this.scope);
            const isChanged = changed(before, after);
            restore(this.scope, joinSnapshots([before, after]));
            if (!isChanged) break;
        }
        this.nesting--;
    }

    private foreach({ name, over, body }: Stmt & { k: "foreach" }): boolean {
        const all = this.valueOf(over);
        const { items, open } = elements(all);
        const most = this.isOutline ? FEW_ITERATIONS : MAX_ITERATIONS;
        const known = items.slice(0, most);
        for (const item of known) {
            this.scope.vars.set(name, item);
            this.loops.push([]);
            if (!this.afterLoop(this.run(body))) break;
        }
        if (!open && items.length <= most && items.length > 0) return true;
        this.rounds(() => {
            this.scope.vars.set(name, unknown(`$${name}`, "value", originOf(all)));
            return this.run(body);
        });
        return true;
    }

    private loop({ form, first, condition, step, body }: Stmt & { k: "loop" }): boolean {
        this.run(first);
        this.rounds(() => {
            if (form !== "do") this.run(condition);
            const alive = this.run(body);
            if (form === "do") this.run(condition);
            this.run(step);
            return alive;
        });
        return true;
    }

    private attempt({ body, catches, last }: Stmt & { k: "try" }): boolean {
        const before = takeSnapshot(this.scope);
        let alive = this.run(body);
        const after = handOver(this.scope);
        if (catches.length > 0) {
            const failing = joinSnapshots([before, after]);
            const ends = alive ? [after] : [];
            for (const each of catches) {
                restore(this.scope, copyOf(failing));
                this.scope.vars.set("_", unknown("$_"));
                if (this.run(each)) ends.push(handOver(this.scope));
            }
            alive = ends.length > 0;
            restore(this.scope, joinSnapshots(alive ? ends : [after]));
        }
        return this.run(last) && alive;
    }
}

const matches = (names: readonly (string | undefined)[], label: string): boolean =>
    names.some(name => name?.toLowerCase() === label.toLowerCase());
