import { FALSE, TRUE, holeOf, isHole, plain, unknown } from "./values.ts";
import { elements } from "./value-elements.ts";
import { optionsOf } from "./value-options.ts";
import type { Value } from "./values.ts";

const flag = (on: boolean): Value => (on ? TRUE : FALSE);

export const UNDECIDED = unknown("a condition");

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

export const comparison = (op: string, left: Value, right: Value): Value => {
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
