import type { Machine } from "./machine.ts";
import type { Argument, Command, Parameter } from "./syntax.ts";
import { NOTHING, TRUE, plain, unknown } from "./values.ts";
import { elements } from "./value-elements.ts";
import { alternatives, anyOf } from "./value-options.ts";
import type { Value } from "./values.ts";

/** A command's arguments, by parameter where a parameter is named. */
export interface Bound {
    /** By lower-cased name; a switch holds `$true`. */
    readonly named: ReadonlyMap<string, Value>;
    readonly positional: readonly Value[];
    /** Whether a splatted variable may add more. */
    readonly open: boolean;
}

/** Parameters of common commands that take no value. */
const SWITCHES = new Set(
    (
        "all force nowelcome usebasicparsing skiphttperrorcheck skipheadervalidation passthru asjob recurse verbose debug " +
        "whatif confirm descending unique asplaintext aslist raw nonewline append notypeinformation asarray compress " +
        "skipcertificatecheck identity followpaging beta nowait asbytearray disablekeepalive resume usedefaultcredentials " +
        "allowunencryptedauthentication listavailable allowclobber wait parallel assecurestring valueonly skippublishercheck " +
        "useragentidentity managedidentity interactive usedeviceauthentication usedevicecode devicelogin"
    ).split(" "),
);

const isSwitch = (name: string, parameters: readonly Parameter[] | undefined, command: string): boolean => {
    const own = parameters?.find(each => each.name.startsWith(name));
    if (own !== undefined) return own.isSwitch;
    if (name === "identity") return /^connect-/i.test(command) && !/exchange|pnp|ipps/i.test(command);
    return SWITCHES.has(name);
};

/** Binds the arguments of a command; the script's own parameters say which of them take a value. */
export const bindArguments = (
    machine: Machine,
    command: Command,
    name: string,
    parameters?: readonly Parameter[],
): Bound => {
    const named = new Map<string, Value>();
    const positional: Value[] = [];
    let open = false;
    let pending: string | undefined;
    const take = (argument: Argument): void => {
        const { value } = argument;
        if (value?.k === "var" && value.splat) {
            open = splat(machine.evaluate(value), named, positional) || open;
            return;
        }
        if (argument.name !== undefined) {
            const key = argument.name.toLowerCase();
            named.set(key, value === undefined ? TRUE : machine.evaluate(value));
            pending = value === undefined && !isSwitch(key, parameters, name) ? key : undefined;
            return;
        }
        if (value === undefined) return;
        if (pending === undefined) positional.push(machine.evaluate(value));
        else named.set(pending, machine.evaluate(value));
        pending = undefined;
    };
    command.args.forEach(take);
    return { named, positional, open };
};

let splats = 0;

const splat = (value: Value, named: Map<string, Value>, positional: Value[]): boolean => {
    if (value.t === "any") {
        const tables = value.options.filter(each => each.t === "table");
        const join = tables.length === value.options.length ? (value.join ?? -++splats) : undefined;
        for (const key of new Set(tables.flatMap(each => [...each.entries.keys()]))) {
            named.set(
                key,
                alternatives(
                    tables.map(each => each.entries.get(key) ?? NOTHING),
                    join,
                ),
            );
        }
        return value.options.some(each => each.t !== "table" || each.open);
    }
    if (value.t === "table") {
        for (const [key, each] of value.entries) named.set(key, each);
        return value.open;
    }
    if (value.t === "list") positional.push(...value.items);
    return value.t !== "list";
};

/** The first of several parameters that is given; a name may be shortened as PowerShell allows. */
export const given = (bound: Bound, ...names: readonly string[]): Value | undefined => {
    for (const name of names) {
        const exact = bound.named.get(name);
        if (exact !== undefined) return exact;
    }
    for (const name of names) {
        for (const [key, value] of bound.named) if (key.length >= 3 && name.startsWith(key)) return value;
    }
    return undefined;
};

/** The characters of a parameter, when they are known. */
export const givenText = (bound: Bound, ...names: readonly string[]): string | undefined =>
    plain(given(bound, ...names));

/** The arguments as the script's own function takes them. */
export const parametersOf = (
    bound: Bound,
    parameters: readonly Parameter[],
    input: Value | undefined,
): Map<string, Value> => {
    const taken = new Map<string, Value>();
    for (const [key, value] of bound.named) {
        const parameter =
            parameters.find(each => each.name === key || each.aliases.includes(key)) ??
            parameters.find(each => each.name.startsWith(key));
        taken.set(parameter?.name ?? key, value);
    }
    const free = parameters.filter(({ name, isSwitch: none }) => !taken.has(name) && !none);
    bound.positional.forEach((value, index) => {
        const parameter = free[index];
        if (parameter !== undefined) taken.set(parameter.name, value);
    });
    const rest = free[bound.positional.length];
    if (input !== undefined && rest !== undefined) {
        const { items, open } = elements(input);
        taken.set(rest.name, anyOf([...items, ...(open || items.length === 0 ? [unknown(`$${rest.name}`)] : [])]));
    }
    if (bound.open) for (const { name } of free) if (!taken.has(name)) taken.set(name, unknown(`$${name}`));
    return taken;
};
