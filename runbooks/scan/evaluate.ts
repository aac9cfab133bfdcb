import { callMethod } from "./methods.ts";
import { decide } from "./condition.ts";
import type { Machine } from "./machine.ts";
import { binary } from "./operators.ts";
import { unset } from "./scope.ts";
import { store } from "./store.ts";
import type { Block, Expr } from "./syntax.ts";
import {
    FALSE,
    NOTHING,
    TRUE,
    anyOf,
    concat,
    elements,
    holeOf,
    list,
    literal,
    mapOptions,
    plain,
    table,
    truth,
    unknown,
} from "./values.ts";
import type { BlockValue, HoleKind, Value } from "./values.ts";

const CONSTANTS: Readonly<Record<string, Value>> = { true: TRUE, false: FALSE, null: NOTHING };

const CONTINUES =
    /^@?(odata\.)?(nextlink|next_?link|deltalink|odata\.nextlink|odata\.deltalink|azure-asyncoperation|operation-location)$/i;
const SIGNED =
    /^(@?microsoft\.graph\.downloadurl|@?content\.downloadurl|uploadurl|contenturi|azurestorageuri|downloadurl|sasuri|sasurl|preauthuri)$/i;

/** What kind of address a property of a response is, by its name. */
export const kindOfMember = (name: string): HoleKind =>
    CONTINUES.test(name) ? "next" : SIGNED.test(name) ? "signed" : "value";

const lookUp = (machine: Machine, name: string): Value => {
    const constant = CONSTANTS[name];
    if (constant !== undefined) return constant;
    const bare = name.replace(/^(script|global|local|private|using|variable):/, "");
    const scoped = /^(script|global):/.test(name) ? machine.scope.root().vars.get(bare) : undefined;
    return scoped ?? machine.scope.find(bare) ?? unset(name);
};

/** A property of a value: an entry of a table, or the same property of each element of a list. */
export const member = (of: Value, name: string): Value => {
    const key = name.toLowerCase();
    switch (of.t) {
        case "table": {
            if (key === "keys")
                return of.open ? list([], true) : list([...of.entries.keys()].map(each => literal(each)));
            if (key === "values") return list([...of.entries.values()], of.open);
            return (
                of.entries.get(key) ??
                (of.open ? unknown(`.${name}`, kindOfMember(name)) : key === "count" ? unknown(".Count") : NOTHING)
            );
        }
        case "list":
            if (key === "count" || key === "length") return unknown(`.${name}`);
            return list(
                of.items.map(item => member(item, name)),
                of.open,
                of.maybe,
            );
        case "any":
            return mapOptions(of, each => member(each, name));
        case "nothing":
            return NOTHING;
        default: {
            const text = plain(of);
            if (text !== undefined && /^(absoluteuri|originalstring|value)$/.test(key)) return of;
            const hole = holeOf(of);
            const isLocation = key === "location" && /\.headers$/i.test(hole?.hole ?? "");
            const kind = isLocation ? "next" : kindOfMember(name);
            return unknown(
                `${hole?.hole ?? ""}.${name}`,
                kind === "value" && (hole?.kind === "next" || hole?.kind === "parameter") ? hole.kind : kind,
                hole?.origin,
            );
        }
    }
};

const indexed = (of: Value, index: Value): Value => {
    const key = plain(index);
    if (key === undefined) {
        if (of.t === "table") return anyOf([...of.entries.values(), ...(of.open ? [unknown("[]")] : [])]);
        return of.t === "list" ? (of.open ? unknown("[]") : anyOf(of.items)) : unknown(`${holeOf(of)?.hole ?? ""}[]`);
    }
    if (/^-?\d+$/.test(key)) {
        if (of.t === "list") {
            if (of.maybe || of.open) return anyOf([...of.items, ...(of.open ? [unknown("[]")] : [])]);
            return of.items.at(Number(key)) ?? unknown("[]");
        }
        if (of.t === "any") return mapOptions(of, each => indexed(each, index));
        if (holeOf(of) !== undefined) return unknown(`${holeOf(of)?.hole ?? ""}[${key}]`, "value", holeOf(of)?.origin);
        return of.t === "table" ? (of.entries.get(key) ?? unknown("[]")) : of;
    }
    return member(of, key);
};

/** `a ?? b`, and `c ? a : b`; see {@link import("./mend.ts").mend}. */
const chooses = (machine: Machine, expression: Expr & { k: "binary" }): Value => {
    const { left, right } = expression;
    if (left.k === "binary" && left.op === "-xor") {
        const decided = decide(machine, { k: "pipe", elements: [left.left], line: left.line });
        if (decided === true) return machine.evaluate(left.right);
        if (decided === false) return machine.evaluate(right);
        return anyOf([machine.evaluate(left.right), machine.evaluate(right)]);
    }
    const first = machine.evaluate(left);
    if (first.t === "nothing") return machine.evaluate(right);
    return anyOf([first, machine.evaluate(right)]);
};

const unary = (machine: Machine, { op, of }: Expr & { k: "unary" }): Value => {
    const value = machine.evaluate(of);
    switch (op) {
        case "-not":
        case "!": {
            const known = truth(value);
            return known === undefined ? unknown("a condition") : known ? FALSE : TRUE;
        }
        case ",":
            return list([value]);
        case "++":
        case "--":
            store(machine, of, unknown("a number"));
            return NOTHING;
        case "-join":
            return binary(machine, "-join", value, literal(""));
        default:
            return value;
    }
};

const grouped = (machine: Machine, { body, array }: Expr & { k: "group" }): Value => {
    const only = body[0];
    if (!array && body.length === 1 && only !== undefined && only.k !== "foreach" && only.k !== "loop") {
        if (only.k !== "assign") return machine.valueOf(only);
        machine.valueOf(only);
        return machine.evaluate(only.target);
    }
    const { made, maybe } = machine.collectAll(() => machine.run(body));
    const loops = body.some(each => each.k === "foreach" || each.k === "loop");
    if (!array) return made.length === 1 && !maybe ? (made[0] ?? NOTHING) : list(made, loops, maybe);
    const parts = made.map(elements);
    return list(
        parts.flatMap(part => part.items),
        loops || parts.some(part => part.open),
        maybe || made.some(each => each.t === "list" && each.maybe),
    );
};

const tableOf = (machine: Machine, { entries }: Expr & { k: "table" }): Value => {
    let open = false;
    const made: [string, Value][] = [];
    for (const [key, value] of entries) {
        const name = plain(machine.evaluate(key));
        const held = machine.valueOf(value);
        if (name === undefined) open = true;
        else made.push([name.toLowerCase(), held]);
    }
    return table(made, open);
};

/** Numbers of any kind are never the part of an address that matters; a GUID, a date and the like stay unknown. */
const CASTS_AWAY = /^(int|int32|int64|long|double|decimal|datetime|timespan|guid|bool|boolean|switch|byte|char)$/;

const cast = (machine: Machine, { type, of }: Expr & { k: "cast" }): Value => {
    const value = machine.evaluate(of);
    if (/^(bool|boolean|switch)$/.test(type)) {
        const known = truth(value);
        return known === undefined ? unknown("a condition") : known ? TRUE : FALSE;
    }
    return CASTS_AWAY.test(type) && plain(value) === undefined ? unknown(holeOf(value)?.hole ?? `[${type}]`) : value;
};

const blockOf = (machine: Machine, body: Block): BlockValue => {
    const made: BlockValue = { t: "block", body, scope: machine.scope };
    machine.written.set(body, made);
    return made;
};

/** The value of an expression. */
export const evaluate = (machine: Machine, expression: Expr): Value => {
    machine.step();
    switch (expression.k) {
        case "text": {
            const [only] = expression.parts;
            if (expression.parts.length === 1 && typeof only === "string") return literal(only, machine.depth);
            return concat(
                expression.parts.map(part =>
                    typeof part === "string" ? literal(part, machine.depth) : machine.evaluate(part),
                ),
            );
        }
        case "var":
            return lookUp(machine, expression.name);
        case "member":
            return evaluateMember(machine, expression);
        case "index":
            return indexed(machine.evaluate(expression.of), machine.evaluate(expression.index));
        case "call":
            return callMethod(machine, expression);
        case "type":
            return unknown(`[${expression.name}]`);
        case "cast":
            return cast(machine, expression);
        case "unary":
            return unary(machine, expression);
        case "binary":
            if (expression.op === "-xor") return chooses(machine, expression);
            return binary(
                machine,
                expression.op,
                machine.evaluate(expression.left),
                machine.evaluate(expression.right),
            );
        case "list":
            return list(expression.items.map(item => machine.evaluate(item)));
        case "table":
            return tableOf(machine, expression);
        case "block":
            return blockOf(machine, expression.body);
        case "group":
            return grouped(machine, expression);
    }
};

const evaluateMember = (machine: Machine, expression: Expr & { k: "member" }): Value => {
    const names = machine.evaluate(expression.name);
    const name = plain(names);
    if (expression.of.k === "type") {
        const isMethod = name !== undefined && /method|verb/.test(expression.of.name);
        return isMethod ? literal(name, machine.depth) : unknown(`[${expression.of.name}]::${name ?? ""}`);
    }
    const of = machine.evaluate(expression.of);
    if (name === undefined)
        return of.t === "table" ? anyOf([...of.entries.values()]) : unknown(`${holeOf(of)?.hole ?? ""}.…`);
    return member(of, name);
};
