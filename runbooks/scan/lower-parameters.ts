import type { Lowering } from "./lower.ts";
import { child } from "./lower.ts";
import type { Parameter } from "./syntax.ts";
import type { Node } from "./tree.ts";

const find = (node: Node, type: string, depth = 3): Node | undefined => {
    const here = child(node, type);
    if (here !== undefined || depth === 0) return here;
    for (const each of node.children) {
        if (each.type === "statement_list" || each.type === "statement_block") continue;
        const found = find(each, type, depth - 1);
        if (found !== undefined) return found;
    }
    return undefined;
};

const quoted = (text: string): string[] => [...text.matchAll(/(["'])(.*?)\1/g)].map(match => match[2] ?? "");

const SET_NAME = /ParameterSetName\s*=\s*(["'])(.*?)\1/gi;

const mandatorySets = (attributes: string): string[] =>
    [...attributes.matchAll(/\[\s*Parameter\s*\(([^)]*)\)/gi)]
        .map(([, inside = ""]) => inside)
        .filter(inside => /\bMandatory\b(?!\s*=\s*(?:\$false|0))/i.test(inside))
        .flatMap(inside => [...inside.matchAll(SET_NAME)].map(match => match[2] ?? ""));

export const lowerParameter = (on: Lowering, node: Node): Parameter => {
    const variable = child(node, "variable");
    const fallback = child(node, "script_parameter_default")?.children[1];
    const attributes = child(node, "attribute_list");
    const text = attributes === undefined ? "" : on.text(attributes);
    const set = /\[\s*ValidateSet\s*\(([^)]*)\)/i.exec(text)?.[1] ?? "";
    return {
        name: variable === undefined ? "" : on.text(variable).slice(1).toLowerCase(),
        ...(fallback === undefined ? {} : { fallback: on.expression(fallback) }),
        aliases: quoted(/\[\s*Alias\s*\(([^)]*)\)/i.exec(text)?.[1] ?? "").map(alias => alias.toLowerCase()),
        sets: [...text.matchAll(SET_NAME)].map(match => match[2] ?? ""),
        mandatoryIn: mandatorySets(text),
        choices: quoted(set),
        isSwitch: /\[\s*switch\s*\]/i.test(text),
    };
};

/** `function X() { param(…) }` has two lists, the first of them empty. */
export const parameterList = (node: Node): Node | undefined =>
    child(child(node, "function_parameter_declaration"), "parameter_list") ??
    child(find(node, "param_block"), "parameter_list") ??
    child(node, "class_method_parameter_list");
