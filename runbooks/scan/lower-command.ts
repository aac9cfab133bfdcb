import type { Lowering } from "./lower.ts";
import { decodeDigits, HASH } from "./mend-patterns.ts";
import type { Argument, Command, Expr } from "./syntax.ts";
import type { Node } from "./tree.ts";

const lowerName = (on: Lowering, node: Node | undefined): Expr => {
    const line = node === undefined ? 0 : on.line(node);
    if (node === undefined) return { k: "text", parts: [""], line };
    const only = node.children[0];
    if (node.type === "command_name_expr" && only !== undefined && only.type !== "command_name") {
        return only.type === "path_command_name" ? lowerPath(on, only) : on.expression(only);
    }
    return { k: "text", parts: [on.text(node)], line };
};

const lowerPath = (on: Lowering, node: Node): Expr => {
    const parts = node.children.map(each => (each.type === "variable" ? on.expression(each) : on.text(each)));
    const only = parts[0];
    if (parts.length === 1 && only !== undefined && typeof only !== "string") return only;
    return { k: "text", parts, line: on.line(node) };
};

const SKIPPED = new Set(["redirection", "redirections", "stop_parsing", "comment"]);

/** A value glued to the one before, as in `$base/users`, is one argument. */
const glue = (left: Expr, right: Expr): Expr => ({ k: "text", parts: [left, right], line: left.line });

class Arguments {
    readonly list: Argument[] = [];
    private apart = true;
    private colon = false;

    name(name: string): void {
        this.list.push({ name });
        this.apart = true;
    }

    separator(text: string): void {
        this.colon = text.includes(":");
        this.apart = true;
    }

    value(value: Expr): void {
        const last = this.list.at(-1);
        if (this.colon && last?.name !== undefined && last.value === undefined) {
            this.list[this.list.length - 1] = { name: last.name, value };
        } else if (!this.apart && last?.value !== undefined) {
            this.list[this.list.length - 1] = { ...last, value: glue(last.value, value) };
        } else this.list.push({ value });
        this.colon = false;
        this.apart = false;
    }
}

const literals = (on: Lowering, text: string, node: Node): Expr => {
    const quoted = /^(["'])(.*)\1$/s.exec(text);
    return { k: "text", parts: [(quoted?.[2] ?? text).replaceAll(HASH, "#")], line: on.line(node) };
};

const collect = (on: Lowering, nodes: readonly Node[], into: Arguments): void => {
    for (const node of nodes) {
        if (SKIPPED.has(node.type)) continue;
        if (node.type === "command_argument_sep") into.separator(on.source.slice(node.start, node.end));
        else if (node.type === "command_parameter") into.name(decodeDigits(on.text(node).replace(/^-+/, "")));
        else if (node.type === "generic_token") {
            const text = on.text(node);
            if (!/^\d?[*\d]?>/.test(text)) into.value(literals(on, text, node));
        } else if (node.type === "ERROR" || node.type === "argument_list") collect(on, node.children, into);
        else if (/^[(),]$/.test(node.type)) into.separator("");
        else into.value(on.expression(node));
    }
};

export const lowerCommand = (on: Lowering, node: Node): Command => {
    const operator = node.children.find(each => each.type === "command_invokation_operator");
    const name = node.children.find(each => each.type === "command_name" || each.type === "command_name_expr");
    const rest = node.children.filter(each => each !== operator && each !== name);
    const into = new Arguments();
    collect(
        on,
        rest.flatMap(each => (each.type === "command_elements" ? each.children : [each])),
        into,
    );
    return {
        k: "command",
        operator: operator === undefined ? "" : on.text(operator),
        name: lowerName(on, name),
        args: into.list,
        line: on.line(node),
        endLine: on.endLine(node),
    };
};
