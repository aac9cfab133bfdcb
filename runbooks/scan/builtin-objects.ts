import { given, givenText } from "./binding.ts";
import type { Builtin } from "./builtin.ts";
import { parseJson } from "./json-value.ts";
import { mapOptions } from "./value-options.ts";
import { concat } from "./value-texts.ts";
import { NOTHING, list, literal, plain, table, unknown } from "./values.ts";

export const makes: Builtin = ({ bound }) => {
    const type = (givenText(bound, "typename") ?? plain(bound.positional[0]) ?? "").toLowerCase();
    const args = given(bound, "argumentlist") ?? bound.positional[1];
    const properties = given(bound, "property");
    if (properties?.t === "table") return properties;
    if (/list|arraylist|queue|stack/.test(type)) return list([]);
    if (/hashtable|dictionary|psobject|object/.test(type)) return table([]);
    if (/uri/.test(type) && args !== undefined) return args.t === "list" ? concat(args.items) : args;
    return unknown(`a new ${type}`);
};

export const joinsPath: Builtin = ({ bound }) => {
    const parts = [given(bound, "path") ?? bound.positional[0], given(bound, "childpath") ?? bound.positional.at(-1)];
    return concat(
        parts.flatMap((part, index) => (part === undefined ? [] : index > 0 ? [literal("/"), part] : [part])),
    );
};

export const readsJson: Builtin = ({ bound, input }) => {
    const source = given(bound, "inputobject") ?? bound.positional[0] ?? input ?? NOTHING;
    return mapOptions(source, each => (each.t === "text" ? (parseJson(each) ?? each) : each));
};

/** A value as JSON keeps its shape here, so that what is sent can be read where it is sent. */
export const writesJson: Builtin = ({ bound, input }) =>
    given(bound, "inputobject") ?? bound.positional[0] ?? input ?? NOTHING;

export const secret: Builtin = ({ bound }) =>
    given(bound, "string", "securestring") ?? bound.positional[0] ?? unknown("a secret");

/** `Add-Member`: the object with one more property; see {@link import("./pipeline.ts").runPipeline}. */
export const addsMember: Builtin = ({ bound, input }) => {
    const of = given(bound, "inputobject") ?? input ?? NOTHING;
    const several = given(bound, "notepropertymembers");
    const name = givenText(bound, "notepropertyname", "name") ?? plain(bound.positional.at(-2));
    const value = given(bound, "notepropertyvalue", "value") ?? bound.positional.at(-1) ?? NOTHING;
    const added =
        several?.t === "table"
            ? [...several.entries]
            : name === undefined
              ? []
              : [[name.toLowerCase(), value] as const];
    return mapOptions(of, each => {
        if (each.t === "table")
            return table([...each.entries, ...added], each.open || (name === undefined && several === undefined));
        return each.t === "text" ? table(added, true) : each;
    });
};
