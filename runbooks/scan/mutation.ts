import type { Machine } from "./machine.ts";
import { store } from "./store.ts";
import type { Expr } from "./syntax.ts";
import { mapOptions } from "./value-options.ts";
import { grownList, holeOf, list, plain, table } from "./values.ts";
import type { Value } from "./values.ts";

/** Methods that change what they are called on. */
export const MUTATORS = new Set(["add", "addrange", "append", "insert", "set_item", "enqueue", "push", "appendline"]);

/** `.Add()` and the like change the variable they are called on. */
export const mutated = (machine: Machine, target: Expr, of: Value, args: readonly Value[]): void => {
    const [first, second] = args;
    if (first === undefined) return;
    const change = (each: Value): Value => {
        if (each.t === "table" && second !== undefined) {
            const key = plain(first);
            return key === undefined
                ? table(each.entries, true)
                : table([...each.entries, [key.toLowerCase(), second]], each.open);
        }
        if (each.t === "list")
            return grownList([...each.items, ...(first.t === "list" ? first.items : [first])], each.open);
        if (holeOf(each) !== undefined) return list([first], true);
        return each;
    };
    store(machine, target, mapOptions(of, change));
};
