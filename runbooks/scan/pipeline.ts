import { bindArguments, parametersOf } from "./binding.ts";
import { callBlock } from "./call-function.ts";
import { runBuiltin } from "./builtins.ts";
import type { Machine } from "./machine.ts";
import { store } from "./store.ts";
import type { Command, Expr } from "./syntax.ts";
import { NOTHING, plain, unknown } from "./values.ts";
import { anyOf, optionsOf } from "./value-options.ts";
import type { Value } from "./values.ts";

const ALIASES: Readonly<Record<string, string>> = {
    "%": "foreach-object",
    foreach: "foreach-object",
    "?": "where-object",
    where: "where-object",
    select: "select-object",
    sort: "sort-object",
    group: "group-object",
    irm: "invoke-restmethod",
    iwr: "invoke-webrequest",
    curl: "invoke-webrequest",
    wget: "invoke-webrequest",
    echo: "write-output",
    write: "write-output",
    gc: "get-content",
    gci: "get-childitem",
    ft: "format-table",
    fl: "format-list",
    iex: "invoke-expression",
    icm: "invoke-command",
    sajb: "start-job",
    tee: "tee-object",
    measure: "measure-object",
    gv: "get-variable",
    sv: "set-variable",
    set: "set-variable",
};

/** A command's name without module prefix and path: `Microsoft.Graph.Users\Get-MgUser` is `Get-MgUser`. */
const bareName = (name: string): string => {
    const bare = /^[\w.]+\\([\w-]+)$/.exec(name)?.[1] ?? name;
    return ALIASES[bare.toLowerCase()] ?? bare;
};

const runNamed = (machine: Machine, command: Command, raw: string, input: Value | undefined): Value => {
    const name = bareName(raw);
    if (machine.reached.passesOver(machine, command)) return unknown(name);
    const own = machine.functions.get(raw.toLowerCase()) ?? machine.functions.get(name.toLowerCase());
    if (own !== undefined) {
        const bound = bindArguments(machine, command, name, own.body.params);
        return machine.call(own, parametersOf(bound, own.body.params, input), command.line);
    }
    return runBuiltin(machine, command, name, input) ?? machine.world.command(machine, command, name, input);
};

const runCommand = (machine: Machine, command: Command, input: Value | undefined): Value => {
    machine.step();
    const name = machine.evaluate(command.name);
    return anyOf(
        optionsOf(name).map(option => {
            if (option.t === "block") {
                const { named, positional } = bindArguments(machine, command, "");
                return callBlock(
                    machine,
                    option,
                    new Map([...named, ...positional.map((value, index) => [String(index), value] as const)]),
                    command.line,
                );
            }
            const text = plain(option) ?? scriptName(option);
            if (text !== undefined) return runNamed(machine, command, text, input);
            bindArguments(machine, command, "");
            return unknown("a command");
        }),
    );
};

/** `$PSScriptRoot\Other.ps1` names a script although its folder is unknown. */
const scriptName = (value: Value): string | undefined => {
    const last = value.t === "text" ? value.parts.at(-1) : undefined;
    const text = last !== undefined && "text" in last ? last.text : undefined;
    return text !== undefined && /\.ps1$/i.test(text) ? text.replace(/^.*[\\/]/, "./") : undefined;
};

/** `Add-Member` changes the object that a variable holds, and not a copy. */
const keepMember = (machine: Machine, command: Command, before: Expr | Command | undefined, made: Value): void => {
    if (command.name.k !== "text" || String(command.name.parts[0]).toLowerCase() !== "add-member") return;
    const named = command.args.findIndex(({ name }) => /^inp/i.test(name ?? ""));
    const target = command.args[named]?.value ?? command.args[named + 1]?.value;
    const on = named >= 0 ? target : before;
    if (on?.k === "var") store(machine, on, made);
};

/** Follows a pipeline from left to right. */
export const runPipeline = (machine: Machine, elements: readonly (Expr | Command)[]): Value => {
    let value: Value | undefined;
    for (const [index, element] of elements.entries()) {
        machine.step();
        value = element.k === "command" ? runCommand(machine, element, value) : machine.evaluate(element);
        if (element.k === "command") keepMember(machine, element, elements[index - 1], value);
    }
    return value ?? NOTHING;
};
