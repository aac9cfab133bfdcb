import { lazy, readFacts } from "./facts.ts";
import { METHOD_LETTERS } from "./method.ts";

/**
 * A permission by number; with the permissions of which one is needed beside it; or with the number of the limit that
 * keeps it from serving the calls in general.
 */
export type Entry = number | readonly [permission: number, partners: readonly number[], limit?: number];

/** Why a permission that is listed for a call does not serve it in general: see `access/facts/graph-overrides.json`. */
export type LimitKind = "own" | "special" | "devices" | "properties" | "reading";

/** A limit, the only properties it leaves within reach, and what is needed beside them. */
export type Limit = readonly [kind: LimitKind, properties: readonly string[] | null, also: readonly number[]];

/** Node of a path trie: children by segment; under the empty key the methods, `G12.3 P4`. */
export interface Node {
    readonly [segment: string]: Node | string;
}

/** The compiled call table: see `access/facts/SOURCES.md`. */
export interface CallTable {
    readonly permissions: readonly string[];
    readonly sets: readonly (readonly [reads: number, writes: number, entries: readonly Entry[]])[];
    /** By root the trie of the paths below it, as JSON with single quotes: it is read when the root is asked for. */
    readonly paths: Readonly<Record<string, string>>;
    readonly limits: readonly Limit[];
    readonly properties: readonly PropertyRule[];
}

/** Reading one of these properties on a path needs more, or other, permissions than the path itself. */
export interface PropertyRule {
    readonly path: string;
    /** The rule holds when one of these is read, in lower case. */
    readonly properties?: readonly string[];
    /** The rule holds when any other than these is read, in lower case. */
    readonly except?: readonly string[];
    /** One of these is needed besides. */
    readonly also?: readonly string[];
    /** These are not enough. */
    readonly not?: readonly string[];
}

/** Where a call is in the table. */
export interface Cell {
    /** Number of its permission set. */
    readonly set: number;
    /** The permission that the source's own format picks: of those that serve the call in general, and of all listed. */
    readonly least: number | undefined;
    readonly leastListed: number | undefined;
}

export const callTable = lazy(() => readFacts<CallTable>("graph-calls"));

const roots = new Map<string, Node>();

/** The paths below a root such as `users`. */
export const rootNode = (root: string): Node | undefined => {
    const known = roots.get(root);
    if (known !== undefined) return known;
    const { paths } = callTable();
    const text = Object.hasOwn(paths, root) ? paths[root] : undefined;
    if (text === undefined) return undefined;
    const node = JSON.parse(text.replaceAll("'", '"')) as Node;
    roots.set(root, node);
    return node;
};

const isNode = (value: Node | string | undefined): value is Node => typeof value === "object";

const child = (node: Node, segment: string): Node | undefined => {
    const value = node[segment];
    return isNode(value) && Object.hasOwn(node, segment) ? value : undefined;
};

/** A place in the table: its methods, `G12.3 P4`, and the segments it is listed under. */
export interface Place {
    readonly methods: string;
    readonly segments: readonly string[];
}

const placeAt = (node: Node, along: readonly string[]): Place | undefined => {
    const methods = node[""];
    return typeof methods === "string" ? { methods, segments: along } : undefined;
};

/** Goes on along a child of a node, if it has the child. */
const step = (
    node: Node,
    name: string,
    segments: readonly string[],
    at: number,
    along: readonly string[],
): Place | undefined => {
    const next = child(node, name);
    return next === undefined ? undefined : walk(next, segments, at, [...along, name]);
};

/** Under `root:/…` an item is addressed by its path, of any number of segments, that may end in a colon. */
const itemByPath = (
    node: Node,
    segments: readonly string[],
    at: number,
    along: readonly string[],
): Place | undefined => {
    const end = segments.findIndex((segment, index) => index >= at && segment.endsWith(":"));
    return end < 0 ? step(node, "{}", segments, segments.length, along) : step(node, "{}:", segments, end + 1, along);
};

/** The place of a path; a literal segment wins over an id. */
const walk = (node: Node, segments: readonly string[], at: number, along: readonly string[]): Place | undefined => {
    const segment = segments[at];
    if (segment === undefined) return placeAt(node, along);
    const found = step(node, segment, segments, at + 1, along);
    if (found !== undefined) return found;
    if (segments[at - 1] === "root:") return itemByPath(node, segments, at, along);
    return segment.startsWith("$") ? undefined : step(node, "{}", segments, at + 1, along);
};

/** The place that lists exactly this path, ids aside. */
export const placeOf = (segments: readonly string[]): Place | undefined => {
    const [root = ""] = segments;
    const node = rootNode(root);
    return node === undefined ? undefined : walk(node, segments, 1, [root]);
};

const childNames = (node: object): string[] => Object.keys(node).filter(name => /^\w/.test(name));

/** How far a path goes along the table, and what the table has next. */
export const childrenAlong = (segments: readonly string[]): { depth: number; names: readonly string[] } => {
    let node = rootNode(segments[0] ?? "");
    if (node === undefined) return { depth: 0, names: Object.keys(callTable().paths) };
    for (const [depth, segment] of segments.entries()) {
        if (depth === 0) continue;
        const next: Node | undefined = child(node, segment) ?? child(node, "{}");
        if (next === undefined) return { depth, names: childNames(node) };
        node = next;
    }
    return { depth: segments.length, names: childNames(node) };
};

/** The cell of one method in a list of methods. */
export const cellOf = (methods: string, method: string): Cell | undefined => {
    const letter = METHOD_LETTERS[method];
    const text = methods.split(" ").find(part => part.charAt(0) === letter);
    if (text === undefined) return undefined;
    const [set = NaN, least, leastListed = least] = text.slice(1).split(".").map(Number);
    return { set, least, leastListed };
};
