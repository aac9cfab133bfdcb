import { decide } from "./condition.ts";
import { hasConstantValue } from "./constant.ts";
import type { Machine } from "./machine.ts";
import { changed, copyOf, handOver, joinSnapshots, restore, takeSnapshot } from "./scope.ts";
import type { Snapshot } from "./scope.ts";
import type { Stmt } from "./syntax.ts";
import { clausesTaken } from "./switch-clauses.ts";
import { elements } from "./value-elements.ts";
import { NOTHING, originOf, unknown } from "./values.ts";

const MAX_ITERATIONS = 40;
const FEW_ITERATIONS = 6;
/** Loops inside as many others run once: what they carry over is seen when the outer ones run again. */
const DEEP = 2;

/** Follows the branches and loops of a script: every way that can be taken is, from the same state. */
export class ControlFlow {
    /** How many branches deep the machine is. */
    branching = 0;
    /** For each loop the machine is in, the states in which it is left. */
    loops: Snapshot[][] = [];
    private readonly machine: Machine;
    private nesting = 0;

    constructor(machine: Machine) {
        this.machine = machine;
    }

    leave({ word, value }: Stmt & { k: "flow" }): boolean {
        const result = value === undefined ? NOTHING : this.machine.valueOf(value);
        if (word === "return") this.machine.frames.at(-1)?.returns.push(result);
        if (word === "break" || word === "continue") this.loops.at(-1)?.push(takeSnapshot(this.machine.scope));
        return false;
    }

    /** Runs each way on from the same state, then goes on from all states that were left alive. */
    private branches(ways: readonly (() => boolean)[]): boolean {
        const before = takeSnapshot(this.machine.scope);
        const alive: Snapshot[] = [];
        const isOne = ways.length === 1;
        if (!isOne) this.branching++;
        for (const way of ways) {
            restore(this.machine.scope, copyOf(before));
            if (way()) alive.push(handOver(this.machine.scope));
        }
        if (!isOne) this.branching--;
        if (alive.length === 0) return false;
        restore(this.machine.scope, joinSnapshots(alive));
        return true;
    }

    conditional({ clauses, otherwise }: Stmt & { k: "if" }): boolean {
        const ways: (() => boolean)[] = [];
        for (const [condition, body] of clauses) {
            const isDead = hasConstantValue(condition);
            const decided =
                !isDead && this.machine.reached.opensAll(this.machine)
                    ? this.undecided(condition)
                    : decide(this.machine, condition);
            if (decided === false) {
                if (!isDead) this.machine.reached.skip(this.machine, body);
                continue;
            }
            ways.push(() => this.machine.run(body));
            if (decided === true) {
                if (isDead) return this.branches(ways);
                for (const [, other] of clauses) this.machine.reached.skip(this.machine, other);
                if (otherwise !== undefined) this.machine.reached.skip(this.machine, otherwise);
                return this.branches(ways);
            }
        }
        ways.push(() => (otherwise === undefined ? true : this.machine.run(otherwise)));
        return this.branches(ways);
    }

    private never([only, ...more]: readonly Stmt[]): boolean {
        if (only === undefined || more.length > 0 || !hasConstantValue(only)) return false;
        return decide(this.machine, only) === false;
    }

    private undecided(condition: Stmt): undefined {
        decide(this.machine, condition);
    }

    choice({ on, clauses }: Stmt & { k: "switch" }): boolean {
        const subject = this.machine.valueOf(on);
        const { taken, mayFall } = clausesTaken(this.machine, subject, clauses);
        for (const clause of clauses) if (!taken.includes(clause)) this.machine.reached.skip(this.machine, clause[1]);
        this.loops.push([]);
        const outer = this.machine.scope.vars.get("_");
        const ways = taken.map(([, body]) => () => {
            this.machine.scope.vars.set("_", subject);
            return this.machine.run(body);
        });
        const on_ = this.branches(mayFall ? [...ways, () => true] : ways);
        if (outer !== undefined) this.machine.scope.vars.set("_", outer);
        return this.afterLoop(on_);
    }

    /** Goes on after a loop or switch, from its end and from every place that left it. */
    private afterLoop(alive: boolean): boolean {
        const exits = this.loops.pop() ?? [];
        if (exits.length === 0) return alive;
        restore(this.machine.scope, joinSnapshots(alive ? [handOver(this.machine.scope), ...exits] : exits));
        return true;
    }

    /** A body run until its variables settle: twice is enough for what is reused from one round in the next. */
    private rounds(body: () => boolean): void {
        const before = takeSnapshot(this.machine.scope);
        const rounds = this.nesting < (this.machine.isOutline ? 1 : DEEP) ? 2 : 1;
        this.nesting++;
        for (let round = 0; round < rounds; round++) {
            this.loops.push([]);
            this.afterLoop(body());
            const after = handOver(this.machine.scope);
            const isChanged = changed(before, after);
            restore(this.machine.scope, joinSnapshots([before, after]));
            if (!isChanged) break;
        }
        this.nesting--;
    }

    foreach({ name, over, body }: Stmt & { k: "foreach" }): boolean {
        const all = this.machine.valueOf(over);
        const { items, open } = elements(all);
        const most = this.machine.isOutline ? FEW_ITERATIONS : MAX_ITERATIONS;
        const known = items.slice(0, most);
        for (const item of known) {
            this.machine.scope.vars.set(name, item);
            this.loops.push([]);
            if (!this.afterLoop(this.machine.run(body))) break;
        }
        if (!open && items.length <= most && items.length > 0) return true;
        this.rounds(() => {
            this.machine.scope.vars.set(name, unknown(`$${name}`, "value", originOf(all)));
            return this.machine.run(body);
        });
        return true;
    }

    loop({ form, first, condition, step, body }: Stmt & { k: "loop" }): boolean {
        this.machine.run(first);
        if (form !== "do" && this.never(condition)) return true;
        this.rounds(() => {
            if (form !== "do") this.machine.run(condition);
            const alive = this.machine.run(body);
            if (form === "do") this.machine.run(condition);
            this.machine.run(step);
            return alive;
        });
        return true;
    }

    attempt({ body, catches, last }: Stmt & { k: "try" }): boolean {
        const before = takeSnapshot(this.machine.scope);
        let alive = this.machine.run(body);
        const after = handOver(this.machine.scope);
        if (catches.length > 0) {
            const failing = joinSnapshots([before, after]);
            const ends = alive ? [after] : [];
            for (const each of catches) {
                restore(this.machine.scope, copyOf(failing));
                this.machine.scope.vars.set("_", unknown("$_"));
                if (this.machine.run(each)) ends.push(handOver(this.machine.scope));
            }
            alive = ends.length > 0;
            restore(this.machine.scope, joinSnapshots(alive ? ends : [after]));
        }
        return this.machine.run(last) && alive;
    }
}
