import { METHOD_LETTERS } from "../access/method.ts";
import { pathSegments } from "../access/path.ts";
import { cellsOf } from "./facts-graph-cells.ts";
import type { Cell } from "./facts-graph-cells.ts";
import { leastOf } from "./facts-graph-least.ts";
import { Limits } from "./facts-graph-limits.ts";
import type { Overrides } from "./graph-overrides.ts";
import type { RawPermissions } from "./graph-source.ts";

/**
 * A permission's number; with the permissions of which one is needed beside it; or, when nothing beside it helps, with
 * the number of the limit that keeps it from serving the call in general.
 */
type Entry =
    | number
    | readonly [permission: number, partners: readonly number[]]
    | readonly [permission: number, partners: readonly [], limit: number];

/** Node of the path trie: children by segment; under the empty key the methods, `G12.3 P4`. */
interface Node {
    [segment: string]: Node | string;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The entries of a cell, in the order of names. */
const entriesOf = (cell: Cell, limited: ReadonlyMap<string, number>, numberOf: (name: string) => number): Entry[] => {
    const partners = new Map<string, Set<string> | null>();
    for (const line of cell.lines.filter(({ application }) => application)) {
        const known = partners.get(line.permission);
        if (line.partners.length === 0 || known === null) partners.set(line.permission, null);
        else partners.set(line.permission, new Set([...(known ?? []), ...line.partners]));
    }
    return [...partners]
        .sort(([a], [b]) => compare(a, b))
        .map(([name, needed]): Entry => {
            const limit = limited.get(name);
            if (limit !== undefined) return [numberOf(name), [], limit];
            return needed === null ? numberOf(name) : [numberOf(name), [...needed].sort(compare).map(numberOf)];
        });
};

const insert = (root: Node, { method, segments }: Cell, leaf: string): void => {
    let node = root;
    for (const segment of segments) node = (node[segment] ??= {}) as Node;
    const methods = node[""];
    const letter = METHOD_LETTERS[method];
    if (letter === undefined) throw new Error(`unknown method '${method}' on /${segments.join("/")}`);
    node[""] = typeof methods === "string" ? `${methods} ${letter}${leaf}` : `${letter}${leaf}`;
};

/** JSON that can stand in a JSON string without escapes. */
const singleQuoted = (node: Node | string): string => {
    const text = JSON.stringify(node);
    if (/['\\]/.test(text)) throw new Error("a path has a quote or a backslash in it");
    return text.replaceAll('"', "'");
};

interface CountedSet {
    readonly number: number;
    readonly entries: readonly Entry[];
    reads: number;
    writes: number;
}

const permissionNames = (cells: readonly Cell[], overrides: Overrides): string[] => {
    const lines = cells.flatMap(cell => cell.lines).filter(({ application }) => application);
    const also = [...overrides.limits, ...overrides.properties].flatMap(rule => rule.also ?? []);
    return [...new Set([...lines.flatMap(line => [line.permission, ...line.partners]), ...also])].sort(compare);
};

const propertyRules = (properties: Overrides["properties"]): object[] =>
    properties.map(({ path, properties, except, also, not }) => ({
        path: `/${pathSegments(path).join("/")}`,
        properties,
        except,
        also,
        not,
    }));

/** `access/facts/graph-calls.json`: the permissions that allow each call, as a trie of paths over interned sets. */
export const compileCalls = (raw: RawPermissions, overrides: Overrides, grantable: ReadonlySet<string>): object => {
    const cells = cellsOf(raw, overrides.calls);
    const limits = new Limits(overrides.limits, grantable);
    const permissions = permissionNames(cells, overrides);
    const numbers = new Map(permissions.map((name, index) => [name, index]));
    const numberOf = (name: string): number => numbers.get(name) ?? -1;
    const sets = new Map<string, CountedSet>();
    const paths: Node = {};
    for (const cell of cells) {
        const limited = limits.of(cell);
        const entries = entriesOf(cell, limited, numberOf);
        const key = JSON.stringify(entries);
        const set = sets.get(key) ?? { number: sets.size, entries, reads: 0, writes: 0 };
        sets.set(key, set);
        if (cell.method === "GET") set.reads += 1;
        else set.writes += 1;
        const picks = [
            leastOf(cell.lines, name => grantable.has(name) && !limited.has(name)),
            leastOf(cell.lines, name => grantable.has(name)),
        ];
        const numbered = [...new Set(picks.flatMap(name => (name === undefined ? [] : [numberOf(name)])))];
        insert(paths, cell, [set.number, ...numbered].join("."));
    }
    return {
        permissions,
        sets: [...sets.values()].map(set => [set.reads, set.writes, set.entries]),
        limits: overrides.limits.map(({ kind, properties, also }) => [
            kind,
            properties ?? null,
            (also ?? []).map(numberOf),
        ]),
        properties: propertyRules(overrides.properties),
        paths: Object.fromEntries(Object.entries(paths).map(([root, node]) => [root, singleQuoted(node)])),
    };
};
