import type { Machine } from "./machine.ts";
import {
    FALSE,
    TRUE,
    anyOf,
    concat,
    elements,
    grownList,
    holeOf,
    isHole,
    joinTexts,
    list,
    literal,
    mapOptions,
    optionsOf,
    plain,
    table,
    textFrom,
    textsOf,
    unknown,
} from "./values.ts";
import type { TextValue, Value } from "./values.ts";

const flag = (on: boolean): Value => (on ? TRUE : FALSE);
const UNDECIDED = unknown("a condition");

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

/** `"{0}/{1}" -f $a, $b`, in every combination of what the arguments may be. */
export const format = (template: Value, args: readonly Value[]): Value =>
    anyOf(
        textsOf(template).map(text =>
            concat(
                text.parts.flatMap((part): Value[] => {
                    if (isHole(part)) return [textFrom([part])];
                    return part.text.split(/(\{\d+[^{}]*\})/).map(piece => {
                        const index = /^\{(\d+)/.exec(piece)?.[1];
                        if (index === undefined)
                            return literal(piece.replaceAll("{{", "{").replaceAll("}}", "}"), part.depth);
                        return args[Number(index)] ?? unknown(`argument ${index}`);
                    });
                }),
            ),
        ),
    );

/** Replaces a pattern in the known parts of a text; an unknown part stays. */
export const replaceIn = (text: TextValue, find: string, by: string, isPattern: boolean): Value => {
    let pattern: RegExp;
    try {
        pattern = new RegExp(isPattern ? find : find.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "gi");
    } catch {
        return text;
    }
    return textFrom(
        text.parts.map(part => (isHole(part) ? part : { text: part.text.replace(pattern, by), depth: part.depth })),
    );
};

const replaced = (left: Value, right: Value): Value => {
    const [find, by] = right.t === "list" ? right.items : [right, undefined];
    const pattern = plain(find);
    const replacement = by === undefined ? "" : plain(by);
    if (pattern === undefined) return left;
    if (replacement === undefined) {
        const parts = by === undefined ? [] : (textsOf(by)[0]?.parts ?? []);
        return mapOptions(left, each => (each.t === "text" ? splice(each, pattern, parts) : each));
    }
    return mapOptions(left, each => (each.t === "text" ? replaceIn(each, pattern, replacement, true) : each));
};

/** Puts unknown parts where a literal pattern stands: `$template -replace "{id}", $id`. */
export const splice = (text: TextValue, find: string, parts: TextValue["parts"]): TextValue => {
    const literalFind = find.replace(/\\(.)/g, "$1");
    return textFrom(
        text.parts.flatMap(part => {
            if (isHole(part) || literalFind === "") return [part];
            return part.text
                .split(literalFind)
                .flatMap((piece, index) => [...(index > 0 ? parts : []), { text: piece, depth: part.depth }]);
        }),
    );
};

const joined = (left: Value, separator: string): Value =>
    mapOptions(left, each => {
        if (each.t !== "list") return each;
        return each.open ? unknown("a joined list") : joinTexts(each.items, separator);
    });

const split = (left: Value, separator: string): Value => {
    const text = plain(left);
    if (text === undefined) return list([], true);
    try {
        return list(text.split(new RegExp(separator, "i")).map(piece => literal(piece)));
    } catch {
        return list([], true);
    }
};

const wildcard = (pattern: string): RegExp =>
    new RegExp(
        `^${pattern
            .replace(/[\\^$.+()[\]{}|]/g, "\\$&")
            .replaceAll("*", "[\\s\\S]*")
            .replaceAll("?", ".")}$`,
        "i",
    );

const compare = (op: string, left: string, right: string): boolean | undefined => {
    switch (op) {
        case "eq":
            return left.toLowerCase() === right.toLowerCase();
        case "ne":
            return left.toLowerCase() !== right.toLowerCase();
        case "like":
            return wildcard(right).test(left);
        case "notlike":
            return !wildcard(right).test(left);
        case "match":
        case "notmatch":
            try {
                return new RegExp(right, "i").test(left) === (op === "match");
            } catch {
                return undefined;
            }
        default:
            return undefined;
    }
};

const single = (op: string, left: Value, right: Value): boolean | undefined => {
    if (left.t === "nothing" || right.t === "nothing") {
        if (op !== "eq" && op !== "ne") return undefined;
        const other = left.t === "nothing" ? right : left;
        const same =
            other.t === "nothing"
                ? true
                : holeOf(other) !== undefined || other.t === "text"
                  ? isEmptyText(other)
                  : false;
        return same === undefined ? undefined : same === (op === "eq");
    }
    if (left.t === "flag" || right.t === "flag") {
        if (left.t !== right.t || left.t !== "flag" || right.t !== "flag") return undefined;
        return op === "eq" ? left.on === right.on : op === "ne" ? left.on !== right.on : undefined;
    }
    const a = plain(left);
    const b = plain(right);
    if (a === undefined || b === undefined) return startsKnown(op, left, b);
    return compare(op, a, b);
};

const isEmptyText = (value: Value): boolean | undefined => {
    if (value.t !== "text") return undefined;
    return value.parts.some(part => !isHole(part)) ? false : value.parts.length === 0 ? undefined : undefined;
};

/** A text whose start is known can fail, or meet, a pattern that looks only at its start. */
const startsKnown = (op: string, left: Value, right: string | undefined): boolean | undefined => {
    const head = left.t === "text" ? left.parts[0] : undefined;
    if (head === undefined || isHole(head) || right === undefined) return undefined;
    if (op === "match" || op === "notmatch") {
        const prefix = /^\^((?:[\w:/.-]|\\[./])+)$/.exec(right)?.[1]?.replaceAll("\\", "");
        if (prefix === undefined || head.text.length < prefix.length) return undefined;
        return head.text.toLowerCase().startsWith(prefix.toLowerCase()) === (op === "match");
    }
    if (op === "like" || op === "notlike") {
        const prefix = /^([^*?[]+)\*$/.exec(right)?.[1];
        if (prefix === undefined || head.text.length < prefix.length) return undefined;
        return head.text.toLowerCase().startsWith(prefix.toLowerCase()) === (op === "like");
    }
    return undefined;
};

const membership = (needle: Value, hay: Value): boolean | undefined => {
    const { items, open } = elements(hay);
    const text = plain(needle);
    if (text === undefined) return undefined;
    const found = items.map(item => plain(item)?.toLowerCase());
    if (found.includes(text.toLowerCase())) return true;
    return open || found.includes(undefined) ? undefined : false;
};

const decided = (results: readonly (boolean | undefined)[]): Value => {
    const [first] = results;
    return first !== undefined && results.every(each => each === first) ? flag(first) : UNDECIDED;
};

const comparison = (op: string, left: Value, right: Value): Value => {
    switch (op) {
        case "in":
        case "notin":
        case "contains":
        case "notcontains": {
            const [needle, hay] = op.endsWith("in") ? [left, right] : [right, left];
            return decided(
                optionsOf(needle).map(each => {
                    const found = membership(each, hay);
                    return found === undefined ? undefined : found !== op.startsWith("not");
                }),
            );
        }
        default:
            if (left.t === "list" || right.t === "list") return UNDECIDED;
            return decided(optionsOf(left).flatMap(a => optionsOf(right).map(b => single(op, a, b))));
    }
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
