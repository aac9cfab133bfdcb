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

/** A text without the line at a place; the other lines keep their numbers. */
const withoutLine = (text: string, place: number): string => {
    const start = text.lastIndexOf("\n", place - 1) + 1;
    const end = text.indexOf("\n", place);
    return text.slice(0, start) + (end < 0 ? "" : text.slice(end));
};

/**
 * The tree of a text. Where one mistake leaves nothing that can be read, lines that hold it are left out, as few as
 * it takes: the rest of the script is worth more than they are.
 */
export const parseRobustly = (text: string, deadline: number): { readonly text: string; readonly tree: Tree } => {
    const first = parseTree(text, deadline);
    let [kept, tree] = [text, first];
    for (let tries = 0; tries < MAX_TRIES && tree.root.type === "ERROR" && performance.now() < deadline; tries++) {
        const place = firstError(tree.root) ?? tree.root.start;
        const shorter = withoutLine(kept, Math.max(place, tree.root.start));
        if (shorter === kept) break;
        kept = shorter;
        tree = parseTree(kept, deadline);
    }
    if (tree.root.type === "ERROR") return { text, tree: first };
    return { text: kept, tree: { ...tree, errors: Math.max(tree.errors, first.errors) } };
};
