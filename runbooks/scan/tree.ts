import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { elapsed } from "./clock.ts";
import { Language, Parser } from "web-tree-sitter";
import type { TreeCursor } from "web-tree-sitter";

/** A node of the grammar's tree, without the chains of one-child nodes that the grammar makes of each expression. */
export interface Node {
    readonly type: string;
    readonly start: number;
    readonly end: number;
    readonly children: readonly Node[];
}

export interface Tree {
    readonly root: Node;
    /** Nodes the grammar could not read, or had to make up. */
    readonly errors: number;
    /** Whether it was read to its end in time. */
    readonly complete: boolean;
}

let loading: Promise<Parser> | undefined;
let ready: Parser | undefined;

/** From so many files on it pays to compile the grammar a second time. */
const MANY = 200;

/**
 * V8 compiles the grammar's one great function again after its first use, in the background, and a process does not end
 * before that is done: two seconds, where a few files take a tenth of one. Only a long run gains by it, a seventh.
 */
const compileOnce = (): void => {
    for (const flag of ["--no-wasm-dynamic-tiering", "--no-wasm-tier-up"]) setFlagsFromString(flag);
};

/** A file of the grammar: beside the code where that is bundled, else in the package it comes with. */
const grammarFile = (pack: string, file: string): string => {
    const beside = fileURLToPath(new URL(`./grammar/${file}`, import.meta.url));
    return existsSync(beside) ? beside : createRequire(import.meta.url).resolve(`${pack}/${file}`);
};

const load = async (files: number): Promise<Parser> => {
    if (files < MANY) compileOnce();
    await Parser.init({ locateFile: (file: string) => grammarFile("web-tree-sitter", file) });
    const parser = new Parser();
    parser.setLanguage(await Language.load(grammarFile("tree-sitter-powershell", "tree-sitter-powershell.wasm")));
    ready = parser;
    return parser;
};

/**
 * Loads the grammar, once; {@link parseTree} needs it.
 * @param files how many are to be read, as far as that is known
 */
export const loadGrammar = async (files = 1): Promise<void> => {
    await (loading ??= load(files));
};

const collapses = (type: string): boolean =>
    type.endsWith("_expression") && !KEPT.has(type) && !type.startsWith("parenthesized");

const KEPT = new Set([
    "sub_expression",
    "array_expression",
    "hash_literal_expression",
    "script_block_expression",
    "assignment_expression",
    "cast_expression",
    "invokation_expression",
    "left_assignment_expression",
    "key_expression",
]);

const MAX_DEPTH = 900;
/** Parsing a text longer than this may take so long that it is watched. */
const WATCHED = 20_000;
const ERROR = 65_535;

class Builder {
    errors = 0;
    isLate = false;
    private count = 0;
    private readonly deadline: number;
    private readonly cursor: TreeCursor;
    private readonly types: readonly string[];

    constructor(cursor: TreeCursor, types: readonly string[], deadline: number) {
        this.cursor = cursor;
        this.deadline = deadline;
        this.types = types;
    }

    build(depth: number): Node {
        const { cursor } = this;
        const id = cursor.nodeTypeId;
        const type = id === ERROR ? "ERROR" : (this.types[id] ?? cursor.nodeType);
        const start = cursor.startIndex;
        const end = cursor.endIndex;
        if (id === ERROR || (start === end && cursor.nodeIsMissing)) this.errors++;
        const children: Node[] = [];
        if ((++this.count & 2047) === 0) this.isLate ||= elapsed() > this.deadline;
        if (!this.isLate && depth < MAX_DEPTH && cursor.gotoFirstChild()) {
            do children.push(this.build(depth + 1));
            while (cursor.gotoNextSibling());
            cursor.gotoParent();
        }
        const only = children[0];
        if (children.length === 1 && only !== undefined && collapses(type)) return only;
        return { type, start, end, children };
    }
}

/** The grammar's tree of a source, or of as much of it as could be read before the deadline. */
export const parseTree = (source: string, deadline: number): Tree => {
    if (ready === undefined) throw new Error("the grammar is not loaded; call loadGrammar() first");
    const isLate = (): boolean => elapsed() > deadline;
    const tree = ready.parse(source, null, source.length > WATCHED ? { progressCallback: isLate } : {});
    if (tree === null) {
        ready.reset();
        return { root: { type: "program", start: 0, end: 0, children: [] }, errors: 1, complete: false };
    }
    const cursor = tree.walk();
    const builder = new Builder(cursor, ready.language?.types ?? [], deadline);
    const root = builder.build(0);
    cursor.delete();
    tree.delete();
    return { root, errors: builder.errors, complete: !builder.isLate };
};
