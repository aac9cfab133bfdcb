import type { FunctionDefinition } from "./world.ts";
import type { Machine } from "./machine.ts";
import { restore, takeSnapshot } from "./scope.ts";
import type { Scope, Snapshot } from "./scope.ts";
import type { Stmt } from "./syntax.ts";

interface Skipped {
    readonly body: readonly Stmt[];
    readonly scope: Scope;
    readonly state: Snapshot;
}

/** Depth of the script's own functions; blocks do not count. */
const depthOf = ({ frames }: Machine): number => frames.filter(({ isBlock }) => !isBlock).length;

/**
 * Which statements were reached. A way that is closed by a setting written in the script, or by an empty list, is open
 * as soon as someone edits that line: what is never reached is followed in the end, by itself, from the state it was
 * passed in. In the script's functions it is followed with arguments that are not known.
 */
export class Reached {
    private readonly bodies = new Set<Stmt>();
    private readonly commands = new Set<object>();
    private readonly skipped = new Map<Stmt, Skipped>();
    private readonly inside = new Set<string>();
    /** Depth at which what was reached before is passed over; undefined on the first way through. */
    private late: number | undefined;

    mark([first]: readonly Stmt[]): void {
        if (first !== undefined) this.bodies.add(first);
    }

    /** Notes statements that are passed by. */
    skip(machine: Machine, body: readonly Stmt[]): void {
        const [first] = body;
        if (first === undefined || this.bodies.has(first) || this.late !== undefined) return;
        const function_ = machine.frames.findLast(({ isBlock }) => !isBlock);
        if (function_ !== undefined) this.inside.add(function_.name.toLowerCase());
        else if (!this.skipped.has(first)) {
            this.skipped.set(first, { body, scope: machine.scope, state: takeSnapshot(machine.scope) });
        }
    }

    /** Whether a command is passed over: late on the way, one that was reached before. */
    passesOver(machine: Machine, command: object): boolean {
        const isKnown = this.commands.has(command);
        this.commands.add(command);
        return isKnown && this.opensAll(machine);
    }

    /** Whether no way is closed: late on the way, where only what was never reached counts. */
    opensAll(machine: Machine): boolean {
        return this.late !== undefined && depthOf(machine) === this.late;
    }

    /** Functions in which something was passed by. */
    functions(machine: Machine): readonly FunctionDefinition[] {
        return [...machine.functions.values()].filter(({ name }) => this.inside.has(name.toLowerCase()));
    }

    /** Does late work, in which what was reached before at this depth is passed over. */
    lately(depth: number, work: () => void): void {
        this.late = depth;
        try {
            work();
        } finally {
            this.late = undefined;
        }
    }

    /** Follows the script's own statements that were never reached. */
    followSkipped(machine: Machine): void {
        this.lately(0, () => {
            for (const [first, { body, scope, state }] of this.skipped) {
                if (this.bodies.has(first)) continue;
                machine.within(scope, () => {
                    restore(scope, state);
                    machine.run(body);
                });
            }
        });
    }
}
