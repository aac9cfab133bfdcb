import type { Machine } from "./machine.ts";
import type { Parameter } from "./syntax.ts";
import { anyOf } from "./value-options.ts";
import { NOTHING, literal, plain, unknown } from "./values.ts";
import type { HoleKind, Value } from "./values.ts";

/** What a parameter holds that any caller may fill: its default or a value of its set, where there is one. */
export const asked = (machine: Machine, { name, fallback, choices }: Parameter, kind: HoleKind): Value => {
    const given = fallback === undefined ? NOTHING : machine.evaluate(fallback);
    const isSaid =
        given.t !== "nothing" &&
        given.t !== "flag" &&
        plain(given) !== "" &&
        !(given.t === "list" && given.items.length === 0);
    const known = [...(isSaid ? [given] : []), ...choices.map(choice => literal(choice))];
    return known.length === 0 ? unknown(`$${name}`, kind) : anyOf([...known, unknown(`$${name}`, "argument")]);
};
