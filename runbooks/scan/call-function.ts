import type { FunctionDefinition } from "./world.ts";
import type { Machine } from "./machine.ts";
import { withOwnFunctions } from "./own-functions.ts";
import { Scope } from "./scope.ts";
import type { Block, Parameter } from "./syntax.ts";
import { FALSE, NOTHING, list, literal, table, unknown } from "./values.ts";
import { anyOf } from "./value-options.ts";
import type { BlockValue, Value } from "./values.ts";

const MAX_DEPTH = 24;
const MAX_RECURSION = 2;

/** What a parameter holds when the caller gives nothing. */
const fallback = (machine: Machine, { fallback: given, choices, isSwitch }: Parameter): Value => {
    if (given !== undefined) return machine.evaluate(given);
    if (choices.length > 0) return anyOf(choices.map(choice => literal(choice, machine.depth)));
    return isSwitch ? FALSE : NOTHING;
};

/** The parameter set that the given parameters leave: `$PSCmdlet.ParameterSetName`. */
const parameterSet = ({ params }: Block, bound: ReadonlyMap<string, Value>): Value | undefined => {
    const named = params.filter(({ name, sets }) => sets.length > 0 && bound.has(name)).map(({ sets }) => sets);
    const [first, ...rest] = named;
    const shared = first?.filter(set => rest.every(each => each.includes(set))) ?? [];
    const possible = shared.filter(
        set => !params.some(({ name, mandatoryIn }) => mandatoryIn.includes(set) && !bound.has(name)),
    );
    const left = possible.length > 0 ? possible : shared;
    return left.length === 0 ? undefined : anyOf(left.map(set => literal(set)));
};

const bind = (machine: Machine, scope: Scope, body: Block, bound: ReadonlyMap<string, Value>): void => {
    const set = parameterSet(body, bound);
    if (set !== undefined) scope.vars.set("pscmdlet", table([["parametersetname", set]], true));
    scope.vars.set("psboundparameters", table(bound, body.params.length === 0));
    for (const parameter of body.params) {
        const given = bound.get(parameter.name);
        scope.vars.set(parameter.name, given ?? machine.within(scope, () => fallback(machine, parameter)));
    }
};

/** What a body returns: what it says it returns, else what it writes. */
const resultOf = (returns: readonly Value[], outputs: readonly Value[]): Value => {
    const said = returns.filter(each => each.t !== "nothing");
    if (said.length > 0) return anyOf(said);
    return outputs.length === 0 ? NOTHING : anyOf(outputs);
};

/** Follows one of the script's own functions with the arguments of one call. */
export const callFunction = (
    machine: Machine,
    definition: FunctionDefinition,
    bound: ReadonlyMap<string, Value>,
    line: number,
): Value => {
    const { name, body } = definition;
    machine.called.add(name.toLowerCase());
    const again = machine.frames.filter(frame => frame.name === name).length;
    if (machine.depth >= MAX_DEPTH || again >= MAX_RECURSION) return unknown(`${name}()`);
    const scope = new Scope(machine.scope);
    const frame = { name, line, returns: [], isBlock: false };
    machine.frames.push(frame);
    try {
        bind(machine, scope, body, bound);
        const run = (): Value[] => machine.collect(() => machine.run(body.body));
        const outputs = machine.within(scope, () => withOwnFunctions(machine, definition, run));
        return resultOf(frame.returns, outputs);
    } finally {
        machine.frames.pop();
    }
};

/** Runs a script block where it was written: `& $block 1 2`. */
export const callBlock = (
    machine: Machine,
    block: BlockValue,
    args: ReadonlyMap<string, Value>,
    line: number,
): Value => {
    machine.ran.add(block.body);
    if (machine.depth >= MAX_DEPTH) return NOTHING;
    const scope = new Scope(block.scope);
    const positional = [...args].filter(([key]) => /^\d+$/.test(key)).map(([, value]) => value);
    const bound = new Map(args);
    block.body.params.forEach(({ name }, index) => {
        const value = positional[index];
        if (!bound.has(name) && value !== undefined) bound.set(name, value);
    });
    scope.vars.set("args", list(positional));
    const frame = { name: "", line, returns: [], isBlock: true };
    machine.frames.push(frame);
    try {
        bind(machine, scope, block.body, bound);
        const outputs = machine.within(scope, () => machine.collect(() => machine.run(block.body.body)));
        return resultOf(frame.returns, outputs);
    } finally {
        machine.frames.pop();
    }
};

/** Runs a script block for one element, in the scope it is used in: `ForEach-Object { }`. */
export const runBlock = (machine: Machine, { body }: BlockValue, element: Value): Value[] => {
    machine.ran.add(body);
    const outer = machine.scope.vars.get("_");
    const frame = { name: "", line: body.line, returns: [] as Value[], isBlock: true };
    machine.frames.push(frame);
    try {
        machine.scope.vars.set("_", element);
        machine.scope.vars.set("psitem", element);
        const outputs = machine.within(machine.scope, () => machine.collect(() => machine.run(body.body)));
        return [...outputs, ...frame.returns.filter(each => each.t !== "nothing")];
    } finally {
        machine.frames.pop();
        if (outer === undefined) machine.scope.vars.delete("_");
        else machine.scope.vars.set("_", outer);
    }
};
