import { Lines } from "./lines.ts";
import { lowerForeach, lowerIf, lowerLoop, lowerSwitch, lowerTry } from "./lower-branches.ts";
import { lowerCommand } from "./lower-command.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerParameter, parameterList } from "./lower-parameters.ts";
import { decodeDigits } from "./mend-patterns.ts";
import type { Block, Command, Expr, Stmt } from "./syntax.ts";
import type { Node } from "./tree.ts";

/** What lowering needs besides the node: the text it was parsed from. */
export class Lowering {
    readonly source: string;
    private readonly lines: Lines;

    constructor(source: string) {
        this.source = source;
        this.lines = new Lines(source);
    }

    text(node: Node): string {
        return this.source.slice(node.start, node.end).trim();
    }

    line(node: Node): number {
        return this.lines.at(node.start);
    }

    endLine(node: Node): number {
        return this.lines.at(node.end);
    }

    expression(node: Node): Expr {
        return lowerExpression(this, node);
    }
}

export const child = (node: Node | undefined, type: string): Node | undefined =>
    node?.children.find(each => each.type === type);

export const nothing = (line: number): Stmt => ({ k: "nest", body: [], line });

const WRAPPERS = new Set([
    "statement_block",
    "statement_list",
    "script_block",
    "script_block_body",
    "named_block_list",
    "named_block",
    "inlinescript_statement",
    "parallel_statement",
    "sequence_statement",
    "trap_statement",
    "data_statement",
    "ERROR",
]);

const SKIPPED = new Set([
    "comment",
    "empty_statement",
    "param_block",
    "type_literal",
    "attribute_list",
    "block_name",
    "data_name",
    "class_method_parameter_list",
    "function_parameter_declaration",
    "simple_name",
]);

/** Statements of a node and of everything that only groups statements, errors among them. */
export const lowerStatements = (on: Lowering, node: Node | undefined): Stmt[] => {
    if (node === undefined) return [];
    return node.children.flatMap(each => {
        if (SKIPPED.has(each.type)) return [];
        if (WRAPPERS.has(each.type)) return lowerStatements(on, each);
        const one = lowerStatement(on, each);
        return one === undefined ? [] : [one];
    });
};

const lowerAssignment = (on: Lowering, node: Node): Stmt => {
    const [target, operator, value] = node.children;
    const line = on.line(node);
    if (target === undefined || operator === undefined || value === undefined) return nothing(line);
    const left = target.type === "left_assignment_expression" ? (target.children[0] ?? target) : target;
    return {
        k: "assign",
        target: on.expression(left),
        op: on.text(operator),
        value: lowerStatement(on, value) ?? nothing(line),
        line,
    };
};

const lowerPipeline = (on: Lowering, node: Node): Stmt => {
    const assignment = child(node, "assignment_expression");
    if (assignment !== undefined) return lowerAssignment(on, assignment);
    const parts = node.children.flatMap(each => (each.type === "pipeline_chain" ? each.children : [each]));
    const elements = parts
        .filter(each => each.type !== "|" && each.type !== "redirections" && each.type !== "pipeline_chain_tail")
        .map(each => (each.type === "command" ? lowerCommand(on, each) : on.expression(each)));
    return namedBlock(elements) ?? { k: "pipe", elements, line: on.line(node) };
};

/** `begin { }` and `process { }` of a script, which the grammar takes for commands. */
const namedBlock = (elements: readonly (Expr | Command)[]): Stmt | undefined => {
    const [only, second] = elements;
    if (only?.k !== "command" || second !== undefined || only.name.k !== "text") return undefined;
    const block = only.args.length === 1 ? only.args[0]?.value : undefined;
    if (block?.k !== "block" || !/^(begin|process|end|clean)$/i.test(String(only.name.parts[0]))) return undefined;
    return { k: "nest", body: block.body.body, line: only.line };
};

const lowerFlow = (on: Lowering, node: Node): Stmt => {
    const value = child(node, "pipeline");
    const lowered = value === undefined ? undefined : lowerStatement(on, value);
    const word =
        on
            .text(node)
            .match(/^[a-z]+/i)?.[0]
            .toLowerCase() ?? "";
    return { k: "flow", word, ...(lowered === undefined ? {} : { value: lowered }), line: on.line(node) };
};

/** A function's, script's or script block's parameters and statements. */
export const lowerBlock = (on: Lowering, node: Node): Block => {
    const list = parameterList(node);
    return {
        params: (list?.children ?? [])
            .filter(each => each.type === "script_parameter" || each.type === "class_method_parameter")
            .map(each => lowerParameter(on, each)),
        body: lowerStatements(on, node),
        line: on.line(node),
    };
};

const lowerFunction = (on: Lowering, node: Node): Stmt => {
    const name = child(node, "function_name");
    const inside = { ...node, children: node.children.filter(each => each !== name) };
    const text = name === undefined ? "" : on.text(name);
    return {
        k: "function",
        name: decodeDigits(text).replace(/^(global|script|local|private):/i, ""),
        body: lowerBlock(on, inside),
        line: on.line(node),
    };
};

const lowerClass = (on: Lowering, node: Node): Stmt => ({
    k: "nest",
    body: node.children
        .filter(each => each.type === "class_method_definition")
        .map(each => ({
            k: "function" as const,
            name: `method:${on.text(child(each, "simple_name") ?? each)}`,
            body: lowerBlock(on, each),
            line: on.line(each),
        })),
    line: on.line(node),
});

type Lower = (on: Lowering, node: Node) => Stmt;

const STATEMENTS: Readonly<Record<string, Lower>> = {
    if_statement: lowerIf,
    switch_statement: lowerSwitch,
    foreach_statement: lowerForeach,
    for_statement: lowerLoop,
    while_statement: lowerLoop,
    do_statement: lowerLoop,
    try_statement: lowerTry,
    function_statement: lowerFunction,
    class_statement: lowerClass,
    flow_control_statement: lowerFlow,
    pipeline: lowerPipeline,
    pipeline_chain: lowerPipeline,
    assignment_expression: lowerAssignment,
    command: (on, node) => ({ k: "pipe", elements: [lowerCommand(on, node)], line: on.line(node) }),
};

export const lowerStatement = (on: Lowering, node: Node): Stmt | undefined => {
    const lower = STATEMENTS[node.type];
    if (lower !== undefined) return lower(on, node);
    if (node.children.length === 0 && !/literal|variable|characters/.test(node.type)) return undefined;
    return { k: "pipe", elements: [on.expression(node)], line: on.line(node) };
};
