import { styleText } from "node:util";

const LINES_SHOWN = 20;
const LINE_WIDTH = 400;

const fit = (text: string): string => {
    const lines = text.split("\n").map(line => (line.length > LINE_WIDTH ? `${line.slice(0, LINE_WIDTH)}…` : line));
    const hidden = lines.length - LINES_SHOWN;
    return hidden <= 0 ? lines.join("\n") : [...lines.slice(0, LINES_SHOWN), `… ${hidden} more lines`].join("\n");
};

/** An error as the user sees it: one message that fits on a screen; with DEBUG set, everything. */
export const describe = (error: unknown, env: NodeJS.ProcessEnv = process.env): string => {
    const label = styleText("red", "leastwise:", { stream: process.stderr });
    if (!(error instanceof Error)) return `${label} ${String(error)}`;
    const debug = env["DEBUG"] !== undefined && env["DEBUG"] !== "";
    return `${label} ${debug ? (error.stack ?? error.message) : fit(error.message)}`;
};
