import { child, lowerBlock, lowerStatements } from "./lower.ts";
import type { Lowering } from "./lower.ts";
import { lowerCommand } from "./lower-command.ts";
import { unescapeText, unquoteVerbatim } from "./lower-text.ts";
import { decodeDigits, HASH } from "./mend-patterns.ts";
import type { Expr, Stmt } from "./syntax.ts";
import type { Node } from "./tree.ts";

const text = (value: string, line: number): Expr => ({ k: "text", parts: [value], line });

const lowerVariable = (on: Lowering, node: Node): Expr => {
    const raw = on.text(node);
    const name = raw
        .slice(1)
        .replace(/^\{([^}]*)\}$/, "$1")
        .toLowerCase();
    return { k: "var", name, splat: raw.startsWith("@"), line: on.line(node) };
};

const lowerString = (on: Lowering, node: Node): Expr => {
    const line = on.line(node);
    const raw = on.source.slice(node.start, node.end);
    if (node.type === "verbatim_string_characters") return text(unquoteVerbatim(raw.trim()), line);
    const parts: (string | Expr)[] = [];
    let at = node.start + raw.indexOf('"') + 1;
    const end = node.start + raw.lastIndexOf('"');
    for (const each of node.children) {
        if (each.start > at) parts.push(unescapeText(on.source.slice(at, each.start)));
        parts.push(lowerExpression(on, each));
        at = each.end;
    }
    if (end > at) parts.push(unescapeText(on.source.slice(at, end)));
    return { k: "text", parts, line };
};

const lowerTable = (on: Lowering, node: Node): Expr => {
    const entries: (readonly [Expr, Stmt])[] = [];
    const visit = (nodes: readonly Node[]): void => {
        for (const each of nodes) {
            if (each.type === "hash_literal_body" || each.type === "ERROR") visit(each.children);
            if (each.type !== "hash_entry") continue;
            const key = child(each, "key_expression");
            const name = key?.children[0];
            const line = on.line(each);
            const at = each.children.findIndex(part => part.type === "=");
            const value = lowerStatements(on, {
                ...each,
                children: each.children.slice(at + 1).filter(part => part.type !== ";"),
            });
            const lowered =
                name === undefined || name.type === "simple_name"
                    ? text(key === undefined ? "" : on.text(key), line)
                    : lowerExpression(on, name);
            entries.push([lowered, value[0] ?? { k: "nest", body: [], line }]);
        }
    };
    visit(node.children);
    return { k: "table", entries, line: on.line(node) };
};

const lowerMemberName = (on: Lowering, node: Node | undefined): Expr => {
    const only = node?.children[0];
    if (node === undefined) return text("", 0);
    return only === undefined || only.type === "simple_name"
        ? text(on.text(node), on.line(node))
        : lowerExpression(on, only);
};

const lowerMember = (on: Lowering, node: Node): Expr => {
    const line = on.line(node);
    const of = lowerExpression(on, node.children[0] ?? node);
    const names = node.children.filter(each => each.type === "member_name");
    const lost = child(child(node, "ERROR"), "member_name");
    const list = child(node, "argument_list");
    const block = child(node, "script_block_expression");
    if (list === undefined && block === undefined && lost === undefined) {
        return { k: "member", of, name: lowerMemberName(on, names[0]), line };
    }
    const args = (child(list, "argument_expression_list")?.children ?? list?.children ?? [])
        .filter(each => !/^[(),]$/.test(each.type))
        .map(each => lowerExpression(on, each));
    const blocks = [block, lost === undefined ? undefined : names[0]?.children[0]].filter(each => each !== undefined);
    return {
        k: "call",
        of,
        name: block === undefined ? lowerMemberName(on, lost ?? names[0]) : text("foreach", line),
        args: [...args, ...blocks.map(each => lowerExpression(on, each))],
        line,
    };
};

const lowerBinary = (on: Lowering, node: Node): Expr | undefined => {
    const [left, op, right] = node.children.filter(each => each.type !== "ERROR");
    if (left === undefined || op === undefined || right === undefined) return undefined;
    return {
        k: "binary",
        op: on.text(op).toLowerCase(),
        left: lowerExpression(on, left),
        right: lowerExpression(on, right),
        line: on.line(node),
    };
};

const lowerUnary = (on: Lowering, node: Node): Expr | undefined => {
    const [op, of] = node.children;
    if (op === undefined) return undefined;
    if (of === undefined) return lowerExpression(on, op);
    const isPostfix = node.type.startsWith("post_");
    const operator = on.text(isPostfix ? of : op).toLowerCase();
    return { k: "unary", op: operator, of: lowerExpression(on, isPostfix ? op : of), line: on.line(node) };
};

const lowerCast = (on: Lowering, node: Node): Expr => {
    const [type, of] = node.children;
    const name = type === undefined ? "" : on.text(type).slice(1, -1).toLowerCase();
    return { k: "cast", type: name, of: lowerExpression(on, of ?? node), line: on.line(node) };
};

const group = (on: Lowering, node: Node): Expr => ({
    k: "group",
    body: lowerStatements(on, node),
    array: node.type === "array_expression",
    line: on.line(node),
});

const EXPRESSIONS: Readonly<Record<string, (on: Lowering, node: Node) => Expr | undefined>> = {
    variable: lowerVariable,
    braced_variable: lowerVariable,
    string_literal: (on, node) => lowerString(on, node.children[0] ?? node),
    expandable_string_literal: lowerString,
    verbatim_string_characters: lowerString,
    hash_literal_expression: lowerTable,
    member_access: lowerMember,
    invokation_expression: lowerMember,
    cast_expression: lowerCast,
    expression_with_unary_operator: lowerUnary,
    pre_increment_expression: lowerUnary,
    pre_decrement_expression: lowerUnary,
    post_increment_expression: lowerUnary,
    post_decrement_expression: lowerUnary,
    parenthesized_expression: group,
    sub_expression: group,
    array_expression: group,
    pipeline: group,
    type_literal: (on, node) => ({ k: "type", name: on.text(node).slice(1, -1).toLowerCase(), line: on.line(node) }),
    script_block_expression: (on, node) => ({ k: "block", body: lowerBlock(on, node), line: on.line(node) }),
    element_access: (on, node) => ({
        k: "index",
        of: lowerExpression(on, node.children[0] ?? node),
        index: lowerExpression(on, node.children[2] ?? node),
        line: on.line(node),
    }),
    array_literal_expression: (on, node) => ({
        k: "list",
        items: node.children.filter(each => each.type !== ",").map(each => lowerExpression(on, each)),
        line: on.line(node),
    }),
    command: (on, node) => ({
        k: "group",
        body: [{ k: "pipe", elements: [lowerCommand(on, node)], line: on.line(node) }],
        array: false,
        line: on.line(node),
    }),
};

/** An expression; what the grammar could not read keeps the statements inside it, so that no call is lost. */
export const lowerExpression = (on: Lowering, node: Node): Expr => {
    const known = EXPRESSIONS[node.type]?.(on, node);
    if (known !== undefined) return known;
    if (node.children.length >= 3 && node.type.endsWith("_expression")) {
        const binary = lowerBinary(on, node);
        if (binary !== undefined) return binary;
    }
    if (node.children.length === 0 || /literal$/.test(node.type)) {
        return text(decodeDigits(on.text(node)).replaceAll(HASH, "#"), on.line(node));
    }
    return { k: "group", body: lowerStatements(on, node), array: false, line: on.line(node) };
};
