import { bindArguments, given, givenText } from "./binding.ts";
import type { Bound } from "./binding.ts";
import { callBlock, runBlock } from "./call-function.ts";
import { member } from "./members.ts";
import { parseJson } from "./json-value.ts";
import type { Machine } from "./machine.ts";
import { setVariable } from "./store.ts";
import type { Command } from "./syntax.ts";
import { NOTHING, elements, grownList, list, literal, originOf, plain, table, unknown } from "./values.ts";
import { anyOf, mapOptions } from "./value-options.ts";
import { concat } from "./value-texts.ts";
import type { BlockValue, Value } from "./values.ts";

interface Use {
    readonly machine: Machine;
    readonly bound: Bound;
    readonly input: Value | undefined;
    readonly line: number;
}

type Builtin = (use: Use) => Value;

const values = ({ named, positional }: Bound): Value[] => [...named.values(), ...positional];

const blocks = (bound: Bound): BlockValue[] =>
    values(bound)
        .flatMap(each => (each.t === "list" ? each.items : [each]))
        .filter(each => each.t === "block");

const MAX_ELEMENTS = 40;

/** `ForEach-Object`: the blocks for each known element, and for an unknown one where there may be more. */
const forEach: Builtin = ({ machine, bound, input }) => {
    const { items, open } = elements(input ?? NOTHING);
    const name = plain(given(bound, "membername") ?? bound.positional[0]);
    if (blocks(bound).length === 0) return name === undefined ? unknown("$_") : member(input ?? NOTHING, name);
    const other = unknown("$_", "value", originOf(input ?? NOTHING));
    const each = [...items.slice(0, MAX_ELEMENTS), ...(open || items.length === 0 ? [other] : [])];
    const made = each.flatMap(item => blocks(bound).flatMap(block => runBlock(machine, block, item)));
    return grownList(made, open);
};

const filtered: Builtin = ({ machine, bound, input }) => {
    const { items, open } = elements(input ?? NOTHING);
    const sample = [...items.slice(0, MAX_ELEMENTS), ...(open || items.length === 0 ? [unknown("$_")] : [])];
    for (const block of blocks(bound)) for (const item of sample) runBlock(machine, block, item);
    return input === undefined ? NOTHING : input.t === "list" ? list(input.items, input.open, true) : input;
};

const selected: Builtin = ({ machine, bound, input }) => {
    for (const block of blocks(bound)) runBlock(machine, block, unknown("$_"));
    const property = givenText(bound, "expandproperty");
    const of = input ?? NOTHING;
    if (property !== undefined) return member(of, property);
    return bound.named.has("first") && plain(given(bound, "first")) === "1" && of.t === "list" && !of.open
        ? (of.items[0] ?? NOTHING)
        : of;
};

const passed: Builtin = ({ machine, bound, input }) => {
    for (const block of blocks(bound)) runBlock(machine, block, unknown("$_"));
    return input ?? NOTHING;
};

const runs: Builtin = ({ machine, bound, line }) => {
    const given_ = given(bound, "argumentlist", "args");
    const args = given_ === undefined ? [] : given_.t === "list" ? given_.items : [given_];
    const bound_ = new Map(args.map((arg, index) => [String(index), arg]));
    return anyOf(blocks(bound).map(block => callBlock(machine, block, bound_, line)));
};

const writes: Builtin = ({ bound, input }) => given(bound, "inputobject") ?? bound.positional[0] ?? input ?? NOTHING;

const silent: Builtin = () => NOTHING;

const makes: Builtin = ({ bound }) => {
    const type = (givenText(bound, "typename") ?? plain(bound.positional[0]) ?? "").toLowerCase();
    const args = given(bound, "argumentlist") ?? bound.positional[1];
    const properties = given(bound, "property");
    if (properties?.t === "table") return properties;
    if (/list|arraylist|queue|stack/.test(type)) return list([]);
    if (/hashtable|dictionary|psobject|object/.test(type)) return table([]);
    if (/uri/.test(type) && args !== undefined) return args.t === "list" ? concat(args.items) : args;
    return unknown(`a new ${type}`);
};

const setsVariable: Builtin = ({ machine, bound, input }) => {
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

const getsVariable: Builtin = ({ machine, bound }) => {
    const name = givenText(bound, "name") ?? plain(bound.positional[0]) ?? "";
    const found = machine.scope.find(name.toLowerCase()) ?? unknown(`$${name}`);
    return bound.named.has("valueonly") ? found : table([["value", found]], true);
};

const removesVariable: Builtin = ({ machine, bound }) => {
    const name = givenText(bound, "name") ?? plain(bound.positional[0]);
    if (name !== undefined) machine.scope.vars.set(name.toLowerCase(), unknown(`$${name}`));
    return NOTHING;
};

const joinsPath: Builtin = ({ bound }) => {
    const parts = [given(bound, "path") ?? bound.positional[0], given(bound, "childpath") ?? bound.positional.at(-1)];
    return concat(
        parts.flatMap((part, index) => (part === undefined ? [] : index > 0 ? [literal("/"), part] : [part])),
    );
};

const readsJson: Builtin = ({ bound, input }) => {
    const source = given(bound, "inputobject") ?? bound.positional[0] ?? input ?? NOTHING;
    return mapOptions(source, each => (each.t === "text" ? (parseJson(each) ?? each) : each));
};

/** A value as JSON keeps its shape here, so that what is sent can be read where it is sent. */
const writesJson: Builtin = ({ bound, input }) =>
    given(bound, "inputobject") ?? bound.positional[0] ?? input ?? NOTHING;

const secret: Builtin = ({ bound }) =>
    given(bound, "string", "securestring") ?? bound.positional[0] ?? unknown("a secret");

/** `Add-Member`: the object with one more property; see {@link import("./pipeline.ts").runPipeline}. */
const addsMember: Builtin = ({ bound, input }) => {
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

const BUILTINS: Readonly<Record<string, Builtin>> = {
    "foreach-object": forEach,
    "where-object": filtered,
    "select-object": selected,
    "sort-object": passed,
    "group-object": () => list([], true),
    "tee-object": passed,
    "out-gridview": passed,
    "get-unique": passed,
    "add-member": addsMember,
    "out-string": passed,
    "write-output": writes,
    "out-null": silent,
    "out-host": silent,
    "out-file": silent,
    "write-host": silent,
    "write-verbose": silent,
    "write-warning": silent,
    "write-error": silent,
    "write-information": silent,
    "write-debug": silent,
    "write-progress": silent,
    "start-sleep": silent,
    "measure-command": runs,
    "invoke-command": runs,
    "start-job": runs,
    "start-threadjob": runs,
    "new-object": makes,
    "set-variable": setsVariable,
    "new-variable": setsVariable,
    "get-variable": getsVariable,
    "remove-variable": removesVariable,
    "clear-variable": removesVariable,
    "join-path": joinsPath,
    "convertfrom-json": readsJson,
    "convertto-json": writesJson,
    "convertto-securestring": secret,
    inlinescript: runs,
};

/** A command of PowerShell itself; undefined for any other. */
export const runBuiltin = (
    machine: Machine,
    command: Command,
    name: string,
    input: Value | undefined,
): Value | undefined => {
    const builtin = Object.hasOwn(BUILTINS, name.toLowerCase()) ? BUILTINS[name.toLowerCase()] : undefined;
    if (builtin === undefined) return undefined;
    return builtin({ machine, bound: bindArguments(machine, command, name), input, line: command.line });
};
