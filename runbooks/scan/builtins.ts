import { bindArguments, given, givenText } from "./binding.ts";
import type { Bound } from "./binding.ts";
import { addsMember, joinsPath, makes, readsJson, secret, writesJson } from "./builtin-objects.ts";
import { getsVariable, removesVariable, setsVariable } from "./builtin-variables.ts";
import type { Builtin } from "./builtin.ts";
import { callBlock, runBlock } from "./call-function.ts";
import type { Machine } from "./machine.ts";
import { member } from "./members.ts";
import type { Command } from "./syntax.ts";
import { anyOf } from "./value-options.ts";
import { NOTHING, grownList, list, originOf, plain, unknown } from "./values.ts";
import { elements } from "./value-elements.ts";
import type { BlockValue, Value } from "./values.ts";

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

/** `Out-GridView -PassThru`: a person picks one of them. */
const picked: Builtin = ({ input }) =>
    input?.t === "list" && input.items.length > 0 && !input.open ? anyOf(input.items) : (input ?? NOTHING);

const runs: Builtin = ({ machine, bound, line }) => {
    const given_ = given(bound, "argumentlist", "args");
    const args = given_ === undefined ? [] : given_.t === "list" ? given_.items : [given_];
    const bound_ = new Map(args.map((arg, index) => [String(index), arg]));
    return anyOf(blocks(bound).map(block => callBlock(machine, block, bound_, line)));
};

const writes: Builtin = ({ bound, input }) => given(bound, "inputobject") ?? bound.positional[0] ?? input ?? NOTHING;

const silent: Builtin = () => NOTHING;

const BUILTINS: Readonly<Record<string, Builtin>> = {
    "foreach-object": forEach,
    "where-object": filtered,
    "select-object": selected,
    "sort-object": passed,
    "group-object": () => list([], true),
    "tee-object": passed,
    "out-gridview": picked,
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
