import { identity } from "./identity.ts";
import { alternatives, anyOf, unknown } from "./values.ts";
import type { Value } from "./values.ts";

/** Variables of one function call or of the script; a name not found is looked for in the caller, as PowerShell does. */
export class Scope {
    vars: Map<string, Value>;
    readonly parent: Scope | undefined;

    constructor(parent?: Scope, vars = new Map<string, Value>()) {
        this.parent = parent;
        this.vars = vars;
    }

    find(name: string): Value | undefined {
        return this.vars.get(name) ?? this.parent?.find(name);
    }

    /** The script's own scope. */
    root(): Scope {
        return this.parent?.root() ?? this;
    }
}

/** The variables a branch can change: those of the function it is in, and the script's. */
export interface Snapshot {
    readonly local: Map<string, Value>;
    readonly script: Map<string, Value>;
}

export const takeSnapshot = (scope: Scope): Snapshot => {
    const root = scope.root();
    const local = new Map(scope.vars);
    return { local, script: root === scope ? local : new Map(root.vars) };
};

export const restore = (scope: Scope, { local, script }: Snapshot): void => {
    scope.vars = new Map(local);
    const root = scope.root();
    if (root !== scope) root.vars = new Map(script);
};

let joins = 0;

const joinMaps = (maps: readonly ReadonlyMap<string, Value>[]): Map<string, Value> => {
    const [first, ...rest] = maps;
    if (rest.length === 0) return new Map(first);
    const join = ++joins;
    const joined = new Map<string, Value>();
    for (const name of new Set(maps.flatMap(each => [...each.keys()]))) {
        const values = maps.map(each => each.get(name)).filter(each => each !== undefined);
        const same = values[0];
        if (same === undefined) continue;
        const isSame = values.every(each => each === same);
        joined.set(name, isSame ? same : values.length === maps.length ? alternatives(values, join) : anyOf(values));
    }
    return joined;
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
