import type { Bound } from "./binding.ts";
import type { Machine } from "./machine.ts";
import type { Value } from "./values.ts";

interface Use {
    readonly machine: Machine;
    readonly bound: Bound;
    readonly input: Value | undefined;
    readonly line: number;
}

export type Builtin = (use: Use) => Value;
