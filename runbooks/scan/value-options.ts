import { withoutDull } from "./dull.ts";
import { identity } from "./identity.ts";
import { NOTHING, grownList, holeOf } from "./values.ts";
import type { ListValue, TextValue, Value } from "./values.ts";

export const MAX_OPTIONS = 48;

const MAX_TABLES = 12;

/** Stands for the texts that are left out because they say nothing: a choice among them is open. */
const OTHERS: TextValue = { t: "text", parts: [{ hole: "one of several", kind: "value" }] };

/** Every value a value may be. */
export const optionsOf = (value: Value): readonly Value[] => (value.t === "any" ? value.options : [value]);

/** Lists that may each be the one become one list, of which each item may be missing: their number would explode. */
const mergeLists = (lists: readonly ListValue[]): ListValue => {
    const items = new Map<number, Value>();
    for (const { items: some } of lists) for (const item of some) items.set(identity(item), item);
    return grownList(
        [...items.values()],
        lists.some(each => each.open),
        true,
    );
};

const unlike = (values: readonly Value[]): Value[] => {
    const seen = new Map<number, Value>();
    let tables = 0;
    for (const value of values.flatMap(optionsOf)) {
        if (seen.size >= MAX_OPTIONS) break;
        if (value.t === "table" && ++tables > MAX_TABLES) continue;
        seen.set(identity(value), value);
    }
    const unlikes = [...seen.values()];
    const { kept, open } = withoutDull(unlikes);
    const isChoice = open && unlikes.every(each => each.t === "text");
    const all = isChoice ? [...kept, OTHERS] : kept;
    const lists = all.filter(each => each.t === "list");
    return lists.length < 2 ? [...all] : [...all.filter(each => each.t !== "list"), mergeLists(lists)];
};

/** One of several values; doubles go, and past a bound the rest do. */
export const anyOf = (values: readonly Value[]): Value => {
    const options = unlike(values);
    const [first, second] = options;
    if (first === undefined) return NOTHING;
    return second === undefined ? first : { t: "any", options };
};

/** Keeps options that come from branches one by one, doubles too, where other values come from the same branches. */
export const alternatives = (options: readonly Value[], join: number | undefined): Value => {
    const plainly = anyOf(options);
    const isKept =
        join !== undefined && plainly.t === "any" && options.every(each => each.t !== "any" && each.t !== "list");
    return isKept ? { t: "any", options, join } : plainly;
};

/** What a function makes of each value that a value may be. */
export const mapOptions = (value: Value, change: (each: Value) => Value): Value =>
    value.t === "any" ? alternatives(value.options.map(change), value.join) : change(value);

const isArgument = (value: Value): boolean => holeOf(value)?.kind === "argument";

/** The options that count where a value is used: a default stands for whatever a caller may give in its place. */
export const settled = (value: Value): readonly Value[] => {
    const options = optionsOf(value);
    const known = options.filter(each => !isArgument(each));
    return known.length === 0 ? options : known;
};
