import type { Lowering } from "./lower.ts";
import { child, lowerStatement, lowerStatements, nothing } from "./lower.ts";
import { HASH } from "./mend-patterns.ts";
import type { Expr, Stmt } from "./syntax.ts";
import type { Node } from "./tree.ts";

const condition = (on: Lowering, node: Node): Stmt => {
    const found = node.children.find(each => each.type === "pipeline" || each.type === "while_condition");
    const inner = found?.type === "while_condition" ? child(found, "pipeline") : found;
    return (inner === undefined ? undefined : lowerStatement(on, inner)) ?? nothing(on.line(node));
};

const blockOf = (on: Lowering, node: Node): Stmt[] => lowerStatements(on, child(node, "statement_block"));

export const lowerIf = (on: Lowering, node: Node): Stmt => {
    const others = child(node, "elseif_clauses")?.children ?? [];
    const last = child(node, "else_clause");
    return {
        k: "if",
        clauses: [node, ...others].map(each => [condition(on, each), blockOf(on, each)] as const),
        ...(last === undefined ? {} : { otherwise: blockOf(on, last) }),
        line: on.line(node),
    };
};

const clauseCondition = (on: Lowering, node: Node | undefined): Expr => {
    const only = node?.children[0];
    if (only !== undefined) return on.expression(only);
    const text = node === undefined ? "" : on.text(node).replace(/^(["'])(.*)\1$/, "$2");
    return { k: "text", parts: [text.replaceAll(HASH, "#")], line: node === undefined ? 0 : on.line(node) };
};

export const lowerSwitch = (on: Lowering, node: Node): Stmt => {
    const clauses = child(child(node, "switch_body"), "switch_clauses")?.children ?? [];
    return {
        k: "switch",
        on: condition(on, child(node, "switch_condition") ?? node),
        clauses: clauses
            .filter(each => each.type === "switch_clause")
            .map(each => [clauseCondition(on, child(each, "switch_clause_condition")), blockOf(on, each)] as const),
        line: on.line(node),
    };
};

export const lowerLoop = (on: Lowering, node: Node): Stmt => {
    const part = (type: string): Stmt[] => lowerStatements(on, child(node, type));
    const form = node.type === "for_statement" ? "for" : node.type === "do_statement" ? "do" : "while";
    return {
        k: "loop",
        form,
        first: part("for_initializer"),
        condition: form === "for" ? part("for_condition") : part("while_condition"),
        step: part("for_iterator"),
        body: blockOf(on, node),
        line: on.line(node),
    };
};

export const lowerTry = (on: Lowering, node: Node): Stmt => ({
    k: "try",
    body: blockOf(on, node),
    catches: (child(node, "catch_clauses")?.children ?? [])
        .filter(each => each.type === "catch_clause")
        .map(each => blockOf(on, each)),
    last: blockOf(on, child(node, "finally_clause") ?? { type: "", start: 0, end: 0, children: [] }),
    line: on.line(node),
});

export const lowerForeach = (on: Lowering, node: Node): Stmt => {
    const variable = child(node, "variable");
    return {
        k: "foreach",
        name: variable === undefined ? "_" : on.text(variable).slice(1).toLowerCase(),
        over: condition(on, node),
        body: blockOf(on, node),
        line: on.line(node),
    };
};
