import { InvalidArgumentError, type Command } from "commander";

const wholeNumber =
    (least: number, most: number, expected: string) =>
    (text: string): number => {
        const number = Number(text);
        if (text.trim() !== "" && Number.isInteger(number) && number >= least && number <= most) return number;
        throw new InvalidArgumentError(`expected ${expected}`);
    };

/** Reads an option's value that counts something. */
export const positive = wholeNumber(1, Number.MAX_SAFE_INTEGER, "a whole number from 1");

/** Reads an option's value that is a port. */
export const port = wholeNumber(0, 65_535, "a port from 0 to 65535");

const milliseconds = wholeNumber(0, 600_000, "milliseconds from 0 to 600000");

/** How the sandbox is to behave. */
export interface SandboxBehaviour {
    /** File with a fault plan. */
    readonly faults?: string;
    /** Milliseconds that each request takes at least. */
    readonly latency?: number;
}

/** Adds the options that say how the sandbox is to behave. */
export const withBehaviour = (command: Command): Command =>
    command
        .option("--faults <file>", "a fault plan: what goes wrong in the sandbox")
        .option("--latency <ms>", "time that each request to the sandbox takes at least", milliseconds);
