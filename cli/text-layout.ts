import { styleText } from "node:util";
import { tierName } from "../access/tier.ts";
import type { Tier } from "../access/tier.ts";

const LEAST_WIDTH = 60;
const WIDEST = 110;
const TIER_STYLE = { 0: "red", 1: "yellow", 2: "green" } as const;

const width = (): number => Math.min(WIDEST, Math.max(LEAST_WIDTH, process.stdout.columns ?? 100));

const style = (format: Parameters<typeof styleText>[0], text: string): string =>
    styleText(format, text, { stream: process.stdout });

/** A line that stands out, where the terminal can show it. */
export const heading = (text: string): string => style("bold", text);

/** `tier 0, control plane`; the colour adds nothing to the words. */
export const tierInWords = (tier: Tier): string => style(TIER_STYLE[tier], `tier ${tier}, ${tierName(tier)}`);

/** `1 call`, `2 calls`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Text broken at spaces so that no line is wider than the terminal; lines after the first are indented. */
export const wrap = (text: string, indent: number): string => {
    const room = width() - indent;
    const lines: string[] = [];
    for (const word of text.split(" ")) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
    }
    return lines.join(`\n${" ".repeat(indent)}`);
};

/** Labels in one column, values in the next; a value of several lines stays in its column. */
export const facts = (pairs: readonly (readonly [label: string, value: string | readonly string[]])[]): string => {
    const column = Math.max(...pairs.map(([label]) => label.length)) + 4;
    return pairs
        .filter(([, value]) => value.length > 0)
        .map(([label, value]) => {
            const lines = typeof value === "string" ? [value] : value;
            const text = lines.map(line => wrap(line, column)).join(`\n${" ".repeat(column)}`);
            return `  ${label.padEnd(column - 2)}${text}`;
        })
        .join("\n");
};

/** The first of many, and how many are not shown. */
export const firstOf = (items: readonly string[], shown: number): readonly string[] =>
    items.length <= shown + 1
        ? items
        : [...items.slice(0, shown), `… and ${items.length - shown} more (--json has all)`];
