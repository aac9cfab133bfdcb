import type { Machine } from "./machine.ts";
import type { Expr, Stmt } from "./syntax.ts";
import { binary } from "./operators.ts";
import { grownList, holeOf, plain, table, unknown } from "./values.ts";
import { mapOptions } from "./value-options.ts";
import type { Value } from "./values.ts";

/** The value an assignment stores: `=` as it is, `+=` joined to what was there. */
const combined = (machine: Machine, target: Expr, op: string, value: Value): Value =>
    op === "=" ? value : binary(machine, op.slice(0, -1), machine.evaluate(target), value);

const withEntry = (of: Value, key: string | undefined, value: Value): Value =>
    mapOptions(of, each => {
        if (each.t === "table") {
            if (key === undefined) return table([...each.entries], true);
            return table([...each.entries, [key.toLowerCase(), value]], each.open);
        }
        if (each.t === "list") return grownList([...each.items, value], each.open, true);
        return holeOf(each) !== undefined && key !== undefined ? table([[key.toLowerCase(), value]], true) : each;
    });

/** Puts a value where an expression points: a variable, a key, a property, or one of these behind a type. */
export const store = (machine: Machine, target: Expr, value: Value): void => {
    switch (target.k) {
        case "var":
            setVariable(machine, target.name, value);
            return;
        case "cast":
            store(machine, target.of, value);
            return;
        case "member":
        case "index": {
            const key = plain(machine.evaluate(target.k === "member" ? target.name : target.index));
            store(machine, target.of, withEntry(machine.evaluate(target.of), key, value));
            return;
        }
        case "list":
            target.items.forEach((item, index) => {
                const part = value.t === "list" ? value.items[index] : undefined;
                store(machine, item, part ?? unknown(`part ${String(index + 1)}`));
            });
            return;
        default:
            return;
    }
};

export const setVariable = (machine: Machine, name: string, value: Value): void => {
    const [, where, bare = name] = /^(script|global|local|private|using):(.+)$/.exec(name) ?? [];
    const scope = where === "script" || where === "global" ? machine.scope.root() : machine.scope;
    scope.vars.set(bare, value);
};

export const assign = (machine: Machine, { target, op, value }: Stmt & { k: "assign" }): void => {
    const made = value.k === "assign" ? chained(machine, value) : machine.valueOf(value);
    store(machine, target, combined(machine, target, op, made));
};

const chained = (machine: Machine, statement: Stmt & { k: "assign" }): Value => {
    assign(machine, statement);
    return machine.evaluate(statement.target);
};
