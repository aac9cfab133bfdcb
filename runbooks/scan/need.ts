import { solveAzure } from "../../access/azure-solver.ts";
import { formatCall } from "../../access/calls.ts";
import type { Call } from "../../access/calls.ts";
import { solveGraph } from "../../access/graph-solver.ts";
import { judgeGraph } from "../../access/judge-graph.ts";
import type { Scan } from "./scan.ts";

/** What a runbook's identity must be granted, as far as the source tells. */
export interface Need {
    readonly calls: readonly Call[];
    readonly actions: readonly string[];
    /** False as long as a request is unresolved: then more may be needed. */
    readonly complete: boolean;
}

/** What a need comes to in permissions and roles, and how that compares with what the author declares. */
export interface Verdict {
    readonly permissions: readonly { readonly name: string; readonly calls: readonly string[] }[];
    readonly roles: readonly string[];
    /** Calls that no permission allows to an identity, and why. */
    readonly unmatched: readonly { readonly call: string; readonly why: string }[];
    /** Permissions to add to the declared ones; empty without a declaration. */
    readonly missing: readonly string[];
    /** Declared permissions that no call uses. */
    readonly unneeded: readonly string[];
}

/** The distinct calls and actions of a scan. */
export const needOf = (scan: Scan): Need => {
    const calls = new Map<string, Call>();
    for (const { method, path, version, properties = [] } of scan.calls) {
        const key = formatCall({ method, path, version });
        const all = [...new Set([...(calls.get(key)?.properties ?? []), ...properties])].sort();
        calls.set(key, { method, path, version, ...(all.length > 0 ? { properties: all } : {}) });
    }
    const actions = new Map(scan.actions.map(({ action }) => [action.toLowerCase(), action]));
    return {
        calls: [...calls].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, call]) => call),
        actions: [...actions.values()].sort(),
        complete: scan.unresolved.length === 0,
    };
};

/** The least a need can be granted, judged against the declared permissions. */
export const verdictOn = (need: Need, declared: readonly string[] | null): Verdict => {
    const solution = solveGraph(need.calls);
    const judged = declared === null ? undefined : judgeGraph(declared, need.calls);
    return {
        permissions: solution.permissions.map(({ name, coversOnly }) => ({ name, calls: coversOnly })),
        roles: need.actions.length === 0 ? [] : solveAzure(need.actions).roles.map(({ name }) => name),
        unmatched: solution.unmatched,
        missing: [...new Set(judged?.missing.map(({ permission }) => permission) ?? [])].sort(),
        unneeded: judged?.unneeded ?? [],
    };
};
