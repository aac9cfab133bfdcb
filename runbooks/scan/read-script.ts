import { elapsed } from "./clock.ts";
import { Lowering, lowerBlock } from "./lower.ts";
import { mend } from "./mend.ts";
import { parseRobustly } from "./recover.ts";
import type { Block } from "./syntax.ts";
import { parseTree } from "./tree.ts";

export interface Parsed {
    readonly block: Block;
    readonly errors: number;
    readonly complete: boolean;
}

/** Share of the time left that reading may take. */
const READING = 0.5;

/** Of a text that is too long to be read in time, so much is. */
const PART = 300_000;

const startOf = (text: string): string => text.slice(0, text.lastIndexOf("\n", PART) + 1 || PART);

export const parse = (text: string, end: number): Parsed => {
    const now = elapsed();
    const deadline = now + (end - now) * READING;
    const mended = mend(text);
    const whole = parseRobustly(mended, deadline);
    const isPart = !whole.tree.complete && mended.length > PART;
    const { text: read, tree, left } = isPart ? parseRobustly(startOf(mended), end) : whole;
    const block = lowerBlock(new Lowering(read), tree.root);
    const rest = left === "" ? [] : lowerBlock(new Lowering(left), parseTree(left, deadline).root).body;
    return { block: { ...block, body: [...block.body, ...rest] }, errors: tree.errors, complete: whole.tree.complete };
};
