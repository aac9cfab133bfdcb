import { identity } from "./identity.ts";
import { alternatives, anyOf } from "./value-options.ts";
import { unknown } from "./values.ts";
import type { Value } from "./values.ts";

/** Variables of one function call or of the script; a name not found is looked for in the caller, as PowerShell does. */
export class Scope {
    vars: Map<string, Value>;
    readonly parent: Scope | undefined;
    private readonly top: Scope;

    constructor(parent?: Scope, vars = new Map<string, Value>()) {
        this.parent = parent;
        this.vars = vars;
        this.top = parent?.root() ?? this;
    }

    find(name: string): Value | undefined {
        return this.vars.get(name) ?? this.parent?.find(name);
    }

    /** The script's own scope. */
    root(): Scope {
        return this.top;
    }
}

/** The variables a branch can change: those of the function it is in, and the script's. */
export interface Snapshot {
    readonly local: Map<string, Value>;
    readonly script: Map<string, Value>;
}

/** A copy of the variables as they are now. */
export const takeSnapshot = (scope: Scope): Snapshot => {
    const { local, script } = handOver(scope);
    const copy = new Map(local);
    return { local: copy, script: script === local ? copy : new Map(script) };
};

/** The variables themselves, for a scope that is restored before it is used again. */
export const handOver = (scope: Scope): Snapshot => ({ local: scope.vars, script: scope.root().vars });

/** Puts variables in place; the snapshot is used up. */
export const restore = (scope: Scope, { local, script }: Snapshot): void => {
    scope.vars = local;
    const root = scope.root();
    if (root !== scope) root.vars = script;
};

export const copyOf = ({ local, script }: Snapshot): Snapshot => {
    const copy = new Map(local);
    return { local: copy, script: script === local ? copy : new Map(script) };
};

let joins = 0;

const joined = (values: readonly (Value | undefined)[], join: number): Value | undefined => {
    const known = values.filter(each => each !== undefined);
    const [first] = known;
    if (first === undefined || known.every(each => each === first)) return first;
    return known.length === values.length ? alternatives(known, join) : anyOf(known);
};

const joinMaps = (maps: readonly ReadonlyMap<string, Value>[]): Map<string, Value> => {
    const [first = new Map<string, Value>(), ...rest] = maps;
    const made = new Map(first);
    if (rest.length === 0) return made;
    const join = ++joins;
    const put = (name: string): void => {
        const value = joined(
            maps.map(each => each.get(name)),
            join,
        );
        if (value !== undefined) made.set(name, value);
    };
    for (const [name, value] of first) if (rest.some(each => each.get(name) !== value)) put(name);
    for (const each of rest) for (const name of each.keys()) if (!first.has(name)) put(name);
    return made;
};

/** What holds after branches that may each have been taken. */
export const joinSnapshots = (all: readonly Snapshot[]): Snapshot => {
    const local = joinMaps(all.map(each => each.local));
    const isScript = all.every(each => each.local === each.script);
    return { local, script: isScript ? local : joinMaps(all.map(each => each.script)) };
};

const differ = (left: ReadonlyMap<string, Value>, right: ReadonlyMap<string, Value>): boolean => {
    for (const [name, value] of right) {
        const before = left.get(name);
        if (before !== value && (before === undefined || identity(before) !== identity(value))) return true;
    }
    return false;
};

export const changed = (before: Snapshot, after: Snapshot): boolean =>
    differ(before.local, after.local) || differ(before.script, after.script);

/** A variable no one set: what it holds is decided elsewhere. */
export const unset = (name: string): Value => unknown(`$${name}`);
