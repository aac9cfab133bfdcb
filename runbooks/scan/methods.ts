import { callBlock, runBlock } from "./call-function.ts";
import { member } from "./members.ts";
import type { Machine } from "./machine.ts";
import { MUTATORS, mutated } from "./mutation.ts";
import type { Expr } from "./syntax.ts";
import { STATIC_TEXT, TEXT_METHODS } from "./text-methods.ts";
import { NOTHING, holeOf, isHole, list, literal, plain, table, unknown } from "./values.ts";
import { elements } from "./value-elements.ts";
import { mapOptions } from "./value-options.ts";
import type { Value } from "./values.ts";

const blockMethod = (
    machine: Machine,
    of: Value,
    name: string,
    args: readonly Value[],
    line: number,
): Value | undefined => {
    const block = args.find(arg => arg.t === "block");
    if (block !== undefined && (/^(foreach|each_)$/.test(name) || name === "where")) {
        const { items, open } = elements(of);
        const made = (open || items.length === 0 ? [...items, unknown("$_")] : items)
            .slice(0, 40)
            .flatMap(item => runBlock(machine, block, item));
        return name === "where" ? of : list(made, open);
    }
    if (of.t === "block" && /^(invoke|invokereturnasis|getnewclosure)$/.test(name)) {
        return name === "getnewclosure"
            ? of
            : callBlock(machine, of, new Map(args.map((arg, index) => [String(index), arg])), line);
    }
    return undefined;
};

const ownMethod = (machine: Machine, name: string, args: readonly Value[], line: number): Value | undefined => {
    const definition = machine.functions.get(`method:${name}`);
    if (definition === undefined) return undefined;
    const bound = new Map(
        definition.body.params.flatMap(({ name: parameter }, index) => {
            const value = args[index];
            return value === undefined ? [] : [[parameter, value] as const];
        }),
    );
    return machine.call(definition, bound, line);
};

const typeName = (of: Expr): string | undefined => (of.k === "type" ? of.name.replace(/^system\./, "") : undefined);

/** A method call: on a text, a list, a table, a script block, a type; or one the world knows. */
export const callMethod = (machine: Machine, expression: Expr & { k: "call" }): Value => {
    const name = (plain(machine.evaluate(expression.name)) ?? "").toLowerCase();
    const type = typeName(expression.of);
    const of = machine.evaluate(expression.of);
    const args = expression.args.map(arg => machine.evaluate(arg));
    const known = type === undefined ? undefined : STATIC_TEXT[`${type}::${name}`]?.(args);
    if (known !== undefined) return known;
    const answered = machine.world.method(machine, of, type, name, args, expression.line);
    if (answered !== undefined) return answered;
    const block = blockMethod(machine, of, name, args, expression.line);
    if (block !== undefined) return block;
    if (type !== undefined) return staticOf(type, name, args);
    if (MUTATORS.has(name)) {
        mutated(machine, expression.of, of, args);
        return NOTHING;
    }
    const own = ownMethod(machine, name, args, expression.line);
    if (own !== undefined) return own;
    return instance(of, name, args);
};

const staticOf = (type: string, name: string, args: readonly Value[]): Value => {
    if (name === "new" && /list|arraylist|queue|stack|hashset/.test(type))
        return list(args[0]?.t === "list" ? args[0].items : []);
    if (name === "new" && /dictionary|hashtable|ordered/.test(type)) return table([]);
    if (/^isnullor(empty|whitespace)$/.test(name)) {
        const text = args[0];
        if (text?.t === "nothing") return { t: "flag", on: true };
        if (text?.t === "text" && text.parts.some(part => !isHole(part) && part.text.trim() !== ""))
            return { t: "flag", on: false };
        return unknown("a condition");
    }
    return unknown(`[${type}]::${name}()`);
};

const instance = (of: Value, name: string, args: readonly Value[]): Value => {
    if (/^(containskey|contains|startswith|endswith)$/.test(name)) return questions(of, name, args);
    if (name === "getenumerator") return pairs(of);
    if (name === "toarray") return of;
    return mapOptions(of, each => {
        if (each.t === "text") {
            const hole = holeOf(each);
            if (hole !== undefined && hole.kind !== "value") return each;
            return TEXT_METHODS[name]?.(each, args) ?? unknown(`${hole?.hole ?? ""}.${name}()`);
        }
        return each.t === "table" && name === "get_item" ? member(each, plain(args[0]) ?? "") : unknown(`.${name}()`);
    });
};

const questions = (of: Value, name: string, [first]: readonly Value[]): Value => {
    const text = plain(first)?.toLowerCase();
    const head = of.t === "text" ? of.parts[0] : undefined;
    if (text === undefined) return unknown("a condition");
    if (of.t === "table" && /^contains/.test(name) && !of.open) return { t: "flag", on: of.entries.has(text) };
    const known = plain(of)?.toLowerCase();
    if (known !== undefined)
        return {
            t: "flag",
            on:
                name === "startswith"
                    ? known.startsWith(text)
                    : name === "endswith"
                      ? known.endsWith(text)
                      : known.includes(text),
        };
    if (head !== undefined && !isHole(head) && name === "startswith" && head.text.length >= text.length) {
        return { t: "flag", on: head.text.toLowerCase().startsWith(text) };
    }
    return unknown("a condition");
};

const pairs = (of: Value): Value =>
    mapOptions(of, each => {
        if (each.t !== "table") return each.t === "list" ? each : list([], true);
        return list(
            [...each.entries].map(([key, value]) =>
                table([
                    ["key", literal(key)],
                    ["name", literal(key)],
                    ["value", value],
                ]),
            ),
            each.open,
        );
    });
