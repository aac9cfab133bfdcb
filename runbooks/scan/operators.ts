import { UNDECIDED, comparison } from "./comparisons.ts";
import type { Machine } from "./machine.ts";
import { format, joined, replaced, split } from "./text-operators.ts";
import { anyOf, mapOptions } from "./value-options.ts";
import { concat } from "./value-texts.ts";
import { grownList, holeOf, list, plain, table, unknown } from "./values.ts";
import type { Value } from "./values.ts";

const add = (left: Value, right: Value): Value => {
    if (left.t === "list")
        return grownList(
            [...left.items, ...(right.t === "list" ? right.items : [right])],
            left.open || (right.t === "list" && right.open),
            left.maybe || (right.t === "list" && right.maybe),
        );
    if (left.t === "table" && right.t === "table")
        return table([...left.entries, ...right.entries], left.open || right.open);
    if (left.t === "any" && left.options.some(each => each.t === "list"))
        return mapOptions(left, each => add(each, right));
    if (left.t === "nothing") return right;
    const number = plain(left);
    if (number !== undefined && /^-?\d+(\.\d+)?$/.test(number)) return unknown("a number");
    if (holeOf(left) !== undefined && (right.t === "list" || right.t === "table")) return list([right], true);
    return concat([left, right]);
};

/** What an operator makes of two values. */
export const binary = (machine: Machine, rawOp: string, left: Value, right: Value): Value => {
    const op = rawOp.replace(
        /^-([ci])(?=(eq|ne|like|notlike|match|notmatch|replace|split|contains|notcontains)$)/,
        "-",
    );
    switch (op) {
        case "+":
            return add(left, right);
        case "-f":
            return format(left, right.t === "list" ? right.items : [right]);
        case "-join":
            return joined(left, plain(right) ?? "");
        case "-split":
            return split(left, plain(right) ?? "\\s+");
        case "-replace":
            return replaced(left, right);
        case "-as":
            return left;
        case "-xor":
            return anyOf([left, right]);
        case "..":
            return list([], true);
        case "-":
        case "*":
        case "/":
        case "%":
        case "\\":
            return unknown("a number");
        default:
            machine.step();
            return op.startsWith("-") ? comparison(op.slice(1), left, right) : UNDECIDED;
    }
};
