import { given, givenText } from "./binding.ts";
import type { Builtin } from "./builtin.ts";
import { setVariable } from "./store.ts";
import { NOTHING, plain, table, unknown } from "./values.ts";

export const setsVariable: Builtin = ({ machine, bound, input }) => {
    const name = givenText(bound, "name") ?? plain(bound.positional[0]);
    const value = given(bound, "value") ?? bound.positional[bound.named.has("name") ? 0 : 1] ?? input;
    if (name === undefined || value === undefined) return NOTHING;
    const where = givenText(bound, "scope")?.toLowerCase();
    setVariable(
        machine,
        where === "script" || where === "global" ? `${where}:${name.toLowerCase()}` : name.toLowerCase(),
        value,
    );
    return NOTHING;
};

export const getsVariable: Builtin = ({ machine, bound }) => {
    const name = givenText(bound, "name") ?? plain(bound.positional[0]) ?? "";
    const found = machine.scope.find(name.toLowerCase()) ?? unknown(`$${name}`);
    return bound.named.has("valueonly") ? found : table([["value", found]], true);
};

export const removesVariable: Builtin = ({ machine, bound }) => {
    const name = givenText(bound, "name") ?? plain(bound.positional[0]);
    if (name !== undefined) machine.scope.vars.set(name.toLowerCase(), unknown(`$${name}`));
    return NOTHING;
};
