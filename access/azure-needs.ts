import { actionsOf } from "./arm-actions.ts";
import {
    ACTION_KINDS,
    findAction,
    firstNotBelow,
    isKnownProvider,
    knownActions,
    knownProviders,
} from "./azure-actions.ts";
import type { ActionKind } from "./azure-actions.ts";
import { callScope } from "./call-scope.ts";
import { didYouMean } from "./name.ts";

/** An Action a workload needs, in the spelling of the tables. */
export interface Need {
    readonly action: string;
    readonly kind: ActionKind;
    /** Whether the tables have it. If not, roles can still cover it with a wildcard. */
    readonly known: boolean;
    /** The narrowest scope of the call that needs it, where it is given as a call and names one. */
    readonly scope?: string;
}

/** A line that names no action a role could be looked for. */
export interface Unusable {
    readonly action: string;
    readonly why: string;
}

export interface Needs {
    /** Without doubles, control plane first, in the order of their lower-cased names. */
    readonly needs: readonly Need[];
    readonly unusable: readonly Unusable[];
    /** The scopes of the calls that name one, each once. */
    readonly scopes: readonly string[];
}

const ACTION = /^[\w.-]+(\/[^/\s*]+)+$/;
const CALL = /^([a-z]+)\s+(\S+)$/i;
const HOST = /^https?:\/\/([^/]+)(.*)$/i;
const ARM_HOSTS: readonly string[] = [
    "management.azure.com",
    "management.usgovcloudapi.net",
    "management.chinacloudapi.cn",
];

/** Kind of the known actions below a prefix: control plane when there are some of both. */
const kindBelow = (prefix: string): ActionKind | undefined =>
    ACTION_KINDS.find(kind => {
        const { lower } = knownActions(kind);
        return lower[firstNotBelow(lower, prefix)]?.startsWith(prefix);
    });

/** Kind of an action the tables do not have: data plane when its nearest known relatives all are. */
const guessKind = (action: string): ActionKind => {
    const segments = action.toLowerCase().split("/");
    for (let depth = segments.length - 1; depth > 0; depth -= 1) {
        const kind = kindBelow(`${segments.slice(0, depth).join("/")}/`);
        if (kind !== undefined) return kind;
    }
    return "action";
};

const actionNeed = (text: string): Need => {
    for (const kind of ACTION_KINDS) {
        const action = findAction(text, kind);
        if (action !== undefined) return { action, kind, known: true };
    }
    if (!isKnownProvider(text)) {
        const provider = text.split("/")[0] ?? "";
        throw new Error(`unknown resource provider '${provider}'${didYouMean(provider, knownProviders())}`);
    }
    return { action: text, kind: guessKind(text), known: false };
};

const armPath = (target: string): string => {
    const [, host, path] = HOST.exec(target) ?? [];
    if (host === undefined) return target;
    if (ARM_HOSTS.includes(host.toLowerCase())) return path ?? "";
    throw new Error(`host '${host}' is not Azure Resource Manager; expected '${ARM_HOSTS[0] ?? ""}' or a path`);
};

const callNeeds = (method: string, target: string): Need[] => {
    const path = armPath(target);
    if (!path.startsWith("/"))
        throw new Error(`'${target}' is not a path; expected '/subscriptions/…' or '/providers/…'`);
    const actions = actionsOf(method, path);
    if (actions.length === 0) throw new Error(`no action is known for '${method.toUpperCase()} ${target}'`);
    const scope = callScope(method, path);
    return actions.map(action => ({ ...actionNeed(action), ...(scope === undefined ? {} : { scope }) }));
};

/**
 * The Actions one line stands for: an action by its name, or a Resource Manager call (`POST /subscriptions/…`).
 * @throws Error saying what is wrong with the line
 */
export const readNeed = (line: string): readonly Need[] => {
    const text = line.trim();
    const [, method, target] = CALL.exec(text) ?? [];
    if (method !== undefined && target !== undefined) return callNeeds(method, target);
    if (text.includes("*")) throw new Error(`'${text}' is a pattern; expected one action by its full name`);
    if (!ACTION.test(text)) {
        throw new Error(`'${text}' is not an action; expected 'Provider/type/verb' or 'METHOD /path'`);
    }
    return [actionNeed(text)];
};

const byName = (a: { action: string; kind?: ActionKind }, b: { action: string; kind?: ActionKind }): number => {
    const [x, y] = [`${a.kind ?? ""} ${a.action.toLowerCase()}`, `${b.kind ?? ""} ${b.action.toLowerCase()}`];
    return x < y ? -1 : x > y ? 1 : 0;
};

/** Reads every line; a bad one is told in `unusable` and stops nothing. The order of the lines does not matter. */
export const readNeeds = (lines: Iterable<string>): Needs => {
    const needs = new Map<string, Need>();
    const unusable = new Map<string, Unusable>();
    const scopes = new Set<string>();
    for (const line of new Set([...lines].map(text => text.trim()).toSorted())) {
        try {
            for (const { scope, ...need } of readNeed(line)) {
                needs.set(`${need.kind} ${need.action.toLowerCase()}`, need);
                if (scope !== undefined) scopes.add(scope);
            }
        } catch (error) {
            unusable.set(line, { action: line, why: (error as Error).message });
        }
    }
    return {
        needs: [...needs.values()].toSorted(byName),
        unusable: [...unusable.values()].toSorted(byName),
        scopes: [...scopes],
    };
};
