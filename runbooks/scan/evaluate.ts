import { decide } from "./condition.ts";
import type { Machine } from "./machine.ts";
import { indexed, member } from "./members.ts";
import { callMethod } from "./methods.ts";
import { binary } from "./operators.ts";
import { unset } from "./scope.ts";
import { store } from "./store.ts";
import type { Block, Expr } from "./syntax.ts";
import { FALSE, NOTHING, TRUE, holeOf, list, literal, plain, table, unknown } from "./values.ts";
import { elements, truth } from "./value-elements.ts";
import { anyOf } from "./value-options.ts";
import { concat } from "./value-texts.ts";
import type { BlockValue, Value } from "./values.ts";

const CONSTANTS: Readonly<Record<string, Value>> = { true: TRUE, false: FALSE, null: NOTHING };

const lookUp = (machine: Machine, name: string): Value => {
    const constant = CONSTANTS[name];
    if (constant !== undefined) return constant;
    const bare = name.replace(/^(script|global|local|private|using|variable):/, "");
    const scoped = /^(script|global):/.test(name) ? machine.scope.root().vars.get(bare) : undefined;
    return scoped ?? machine.scope.find(bare) ?? unset(name);
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
