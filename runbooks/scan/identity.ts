import type { Part, Value } from "./values.ts";

let last = 2;
let numbers = new Map<string, number>();
let kept = new WeakMap<Value, number>();

/** Forgets all values, so that nothing is held between scripts. */
export const forgetIdentities = (): void => {
    numbers = new Map();
    kept = new WeakMap();
};

/** A number that equal values share, and no others do. */
export const identity = (value: Value): number => {
    if (value.t === "nothing") return 0;
    if (value.t === "flag") return value.on ? 1 : 2;
    const known = kept.get(value);
    if (known !== undefined) return known;
    const shape = shapeOf(value);
    const number = numbers.get(shape) ?? ++last;
    numbers.set(shape, number);
    kept.set(value, number);
    return number;
};

const partShape = (part: Part): string =>
    "hole" in part ? `\0${part.kind}\0${part.hole}\0${part.origin ?? ""}\0` : part.text;

const shapeOf = (value: Exclude<Value, { t: "nothing" | "flag" }>): string => {
    switch (value.t) {
        case "text":
            return `"${value.parts.map(partShape).join("")}`;
        case "list":
            return `[${value.items.map(identity).join()}${value.open ? "+" : ""}`;
        case "table":
            return `{${[...value.entries].map(([key, each]) => `${key}=${String(identity(each))}`).join(";")}${value.open ? "+" : ""}`;
        case "any":
            return `(${value.options.map(identity).join("|")}`;
        case "block":
            return `&${String(value.body.line)}`;
    }
};
