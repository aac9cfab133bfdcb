import type { Machine } from "./machine.ts";
import type { Block, Command } from "./syntax.ts";
import type { Value } from "./values.ts";

/** A call of one of the script's own functions that is under way. */
export interface Frame {
    readonly name: string;
    /** Where it was called. */
    readonly line: number;
    readonly returns: Value[];
    /** A script block, not a function. */
    readonly isBlock: boolean;
}

export interface FunctionDefinition {
    readonly name: string;
    readonly body: Block;
    readonly line: number;
    /** The other script it is written in. @default - the runbook itself */
    readonly file?: string;
}

/** What the script asks of the world; the machine itself knows only the language. */
export interface World {
    /** A command that is not the script's own. */
    command(machine: Machine, command: Command, name: string, input: Value | undefined): Value;
    /** Code that is held in a text; undefined when it cannot be read. */
    code(text: string): Block | undefined;
    /** Runs work whose place in the runbook is a line, however deep in other scripts it is written. */
    within<T>(file: string, line: number, work: () => T): T;
    /** A .NET method; undefined leaves it to the machine. */
    method(
        machine: Machine,
        of: Value,
        type: string | undefined,
        name: string,
        args: readonly Value[],
        line: number,
    ): Value | undefined;
}
