import type { Bound } from "./binding.ts";
import type { Findings } from "./findings.ts";
import type { Machine } from "./machine.ts";
import type { Requests } from "./requests.ts";
import type { Block } from "./syntax.ts";
import type { Value } from "./values.ts";
import type { Wrapper } from "./wrappers.ts";

/** Follows another script: dot-sourced, called, or started as a runbook. */
export type Include = (
    machine: Machine,
    name: string,
    bound: Bound,
    kind: "sourced" | "called" | "started",
    line: number,
) => Value | undefined;

/** What a script runs in. */
export interface Surroundings {
    readonly findings: Findings;
    readonly requests: Requests;
    readonly include: Include;
    readonly wrappers: readonly Wrapper[];
    readonly textAt: (line: number) => string;
    /** Reads code that a text holds. */
    readonly read: (code: string) => Block;
}
