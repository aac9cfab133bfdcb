import { elapsed } from "./clock.ts";
import { parseTree } from "./tree.ts";
import type { Node, Tree } from "./tree.ts";

const MAX_TRIES = 12;

/** Where the innermost first thing begins that could not be read. */
const firstError = (node: Node): number | undefined => {
    for (const child of node.children) {
        const inner = firstError(child);
        if (inner !== undefined) return inner;
        if (child.type === "ERROR") return child.start;
    }
    return undefined;
};

/** The first mistake that takes other lines with it: the innermost place in an error that runs over a line's end. */
const spreading = (text: string, node: Node): number | undefined => {
    if (node.type === "ERROR" && text.slice(node.start, node.end).trim().includes("\n")) {
        return firstError(node) ?? node.start + text.slice(node.start).search(/\S/);
    }
    for (const child of node.children) {
        const found = spreading(text, child);
        if (found !== undefined) return found;
    }
    return undefined;
};

/** A text without the line at a place; the other lines keep their numbers. */
const withoutLine = (text: string, place: number): string => {
    const start = text.lastIndexOf("\n", place - 1) + 1;
    const end = text.indexOf("\n", place);
    return text.slice(0, start) + (end < 0 ? "" : text.slice(end));
};

const difference = (whole: string, kept: string): string => {
    if (whole === kept) return "";
    const lines = kept.split("\n");
    return whole
        .split("\n")
        .map((line, index) => (line === lines[index] ? "" : line))
        .join("\n");
};

interface Read {
    readonly text: string;
    readonly tree: Tree;
    /** The lines that were left out, each at its place; empty when there are none. */
    readonly left: string;
}

/**
 * The tree of a text. Where a mistake takes other lines with it, the line that holds it is left out if the rest then
 * reads better: the rest of the script is worth more than that line.
 */
export const parseRobustly = (text: string, deadline: number): Read => {
    const first = parseTree(text, deadline);
    let best = { text, tree: first };
    for (let tries = 0; tries < MAX_TRIES && best.tree.errors > 0 && elapsed() < deadline; tries++) {
        const place = spreading(best.text, best.tree.root);
        if (place === undefined) break;
        const shorter = withoutLine(best.text, place);
        const tree = parseTree(shorter, deadline);
        const isBetter = tree.errors < best.tree.errors || best.tree.root.type === "ERROR";
        if (shorter === best.text || !isBetter) break;
        best = { text: shorter, tree };
    }
    return { text: best.text, tree: { ...best.tree, errors: first.errors }, left: difference(text, best.text) };
};
