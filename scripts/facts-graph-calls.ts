import { pathSegments } from "../access/path.ts";
import { rawLines } from "./graph-source.ts";
import type { RawLine, RawPermissions } from "./graph-source.ts";
import { METHOD_LETTERS } from "../access/method.ts";
import { leastOf } from "./facts-graph-least.ts";

/** A permission's number, or the number and the permissions of which one is needed beside it. */
export type Entry = number | readonly [permission: number, partners: readonly number[]];

/** Node of the path trie: children by segment; under the empty key the methods, `G12.3 P4`. */
export interface Node {
    [segment: string]: Node | string;
}

/** `access/facts/graph-calls.json`. */
export interface CallTable {
    readonly permissions: readonly string[];
    /** Interned sets of entries: how many calls read and write with the set, and its entries. */
    readonly sets: readonly (readonly [reads: number, writes: number, entries: readonly Entry[]])[];
    readonly paths: Node;
    /** What single properties need beyond the path they are on. */
    readonly properties: readonly Record<string, unknown>[];
}

/** Segments the source misspells, as they are meant. */
const MISSPELT: Readonly<Record<string, readonly string[]>> = {
    "itemat(index={value})range": ["itemat(index={value})", "range"],
    "geteffectivepermissionsscope={value}": ["geteffectivepermissions(scope={value})"],
    "subjectrightsrequests{subjectrightsrequestid}": ["subjectrightsrequests", "{id}"],
};

const repaired = (path: string): string =>
    path
        .toLowerCase()
        .replace("/directoryroles/roletemplateid={roletemplateid}", "/directoryroles(roletemplateid={value})")
        .split("/")
        .flatMap(segment => MISSPELT[segment] ?? [segment])
        .join("/");

/** A change the review of the whole table found necessary; `page` is the Microsoft documentation it rests on. */
export interface CallOverride {
    readonly method: string;
    readonly path: string;
    /** Each entry alone allows the call for applications; `A & B` needs both. */
    readonly permissions: readonly string[];
    readonly page: string;
}

/** Properties of what a path returns that need more than the path, or other permissions. */
export interface PropertyOverride {
    readonly path: string;
    readonly properties?: readonly string[];
    readonly except?: readonly string[];
    readonly also?: readonly string[];
    readonly not?: readonly string[];
    readonly page: string;
}

/** `access/facts/graph-overrides.json`: the reviewed corrections of the raw table. */
export interface Overrides {
    readonly calls: readonly CallOverride[];
    readonly properties: readonly PropertyOverride[];
}

interface Cell {
    readonly method: string;
    readonly segments: readonly string[];
    readonly lines: RawLine[];
}

/** The lines of the raw table by method and path; paths that carry a query are variants of a path listed without. */
const cellsOf = (permissions: RawPermissions): Map<string, Cell> => {
    const cells = new Map<string, Cell>();
    for (const line of rawLines(permissions)) {
        if (line.path.includes("?")) continue;
        const segments = pathSegments(repaired(line.path));
        const key = `${line.method} /${segments.join("/")}`;
        const cell = cells.get(key) ?? { method: line.method, segments, lines: [] };
        cell.lines.push(line);
        cells.set(key, cell);
    }
    return cells;
};

const overrideLines = ({ method, path, permissions }: CallOverride): RawLine[] =>
    permissions.map((text, index) => {
        const [permission = "", ...partners] = text.split(" & ");
        return { permission, method, path, application: true, least: index === 0, partners, methodsOfSet: 1 };
    });

const applyOverrides = (cells: Map<string, Cell>, overrides: readonly CallOverride[]): void => {
    for (const override of overrides) {
        const segments = pathSegments(override.path);
        const key = `${override.method} /${segments.join("/")}`;
        cells.set(key, { method: override.method, segments, lines: overrideLines(override) });
    }
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const entriesOf = (lines: readonly RawLine[], numberOf: (name: string) => number): Entry[] => {
    const partners = new Map<string, Set<string> | null>();
    for (const line of lines.filter(({ application }) => application)) {
        const known = partners.get(line.permission);
        if (line.partners.length === 0 || known === null) partners.set(line.permission, null);
        else partners.set(line.permission, new Set([...(known ?? []), ...line.partners]));
    }
    return [...partners]
        .sort(([a], [b]) => compare(a, b))
        .map(([name, needed]) =>
            needed === null ? numberOf(name) : [numberOf(name), [...needed].sort(compare).map(numberOf)],
        );
};

const insert = (root: Node, segments: readonly string[], method: string, leaf: string): void => {
    let node = root;
    for (const segment of segments) node = (node[segment] ??= {}) as Node;
    const methods = node[""];
    const letter = METHOD_LETTERS[method];
    if (letter === undefined) throw new Error(`unknown method '${method}' on /${segments.join("/")}`);
    node[""] = typeof methods === "string" ? `${methods} ${letter}${leaf}` : `${letter}${leaf}`;
};

/** The permissions that allow each call for applications, as a trie of paths over interned permission sets. */
export const compileCalls = (raw: RawPermissions, { calls, properties }: Overrides): CallTable => {
    const cells = cellsOf(raw);
    applyOverrides(cells, calls);
    const lines = [...cells.values()].flatMap(cell => cell.lines).filter(({ application }) => application);
    const permissions = [...new Set(lines.flatMap(line => [line.permission, ...line.partners]))].sort(compare);
    const numbers = new Map(permissions.map((name, index) => [name, index]));
    const numberOf = (name: string): number => numbers.get(name) ?? -1;
    const sets = new Map<string, { index: number; entries: Entry[]; reads: number; writes: number }>();
    const paths: Node = {};
    for (const [, cell] of [...cells].sort(([a], [b]) => compare(a, b))) {
        const entries = entriesOf(cell.lines, numberOf);
        const key = JSON.stringify(entries);
        const set = sets.get(key) ?? { index: sets.size, entries, reads: 0, writes: 0 };
        sets.set(key, set);
        if (cell.method === "GET") set.reads += 1;
        else set.writes += 1;
        const least = leastOf(cell.lines);
        insert(
            paths,
            cell.segments,
            cell.method,
            least === undefined ? `${set.index}` : `${set.index}.${numberOf(least)}`,
        );
    }
    const rules = properties.map(({ path, properties, except, also, not }) => ({
        path: `/${pathSegments(path).join("/")}`,
        properties,
        except,
        also,
        not,
    }));
    return {
        permissions,
        sets: [...sets.values()].map(set => [set.reads, set.writes, set.entries]),
        properties: rules,
        paths,
    };
};
