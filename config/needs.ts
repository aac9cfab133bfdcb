import { basename } from "node:path";
import { ACTION_KINDS, findAction, isKnownProvider } from "../access/azure-actions.ts";
import { type Call, formatCall, parseCall } from "../access/calls.ts";
import type { Scan } from "../runbooks/scan/scan.ts";

/** A call that a workload makes. */
export interface NeededCall {
    readonly call: Call;
    /** `GET /users` */
    readonly text: string;
    /** `Get-UserReport.ps1:54`; none for a call that is declared. */
    readonly places: readonly string[];
}

/** An Azure action that a workload takes. */
export interface NeededAction {
    readonly action: string;
    readonly places: readonly string[];
}

/** A request of which the source does not tell what it is. */
export interface UnknownRequest {
    readonly place: string;
    readonly text: string;
    readonly reason: string;
}

/** What a runbook needs, as far as its source and its declaration tell. */
export interface RunbookNeed {
    readonly calls: readonly NeededCall[];
    readonly actions: readonly NeededAction[];
    readonly unknown: readonly UnknownRequest[];
    /** What it was read from; undefined when its source was left unread. */
    readonly scan: Scan | undefined;
}

/** Calls of several runbooks, each once, with all of its places and properties. */
export const mergeCalls = (calls: readonly NeededCall[]): NeededCall[] => {
    const merged = new Map<string, NeededCall>();
    for (const { call, text, places } of calls) {
        const known = merged.get(text);
        const properties = [...new Set([...(known?.call.properties ?? []), ...(call.properties ?? [])])].sort();
        merged.set(text, {
            call: { ...call, ...(properties.length > 0 && { properties }) },
            text,
            places: [...new Set([...(known?.places ?? []), ...places])],
        });
    }
    return [...merged.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
};

/** Actions of several runbooks, each once. */
export const mergeActions = (actions: readonly NeededAction[]): NeededAction[] => {
    const merged = new Map<string, NeededAction>();
    for (const { action, places } of actions) {
        const key = action.toLowerCase();
        merged.set(key, { action, places: [...new Set([...(merged.get(key)?.places ?? []), ...places])] });
    }
    return [...merged.values()].sort((a, b) => (a.action < b.action ? -1 : 1));
};

/** Calls as they are declared. */
export const declaredCalls = (calls: readonly string[]): NeededCall[] =>
    calls.map(text => {
        const call = parseCall(text);
        return { call, text: formatCall(call), places: [] };
    });

const callOf = ({ method, path, version, properties }: Call): Call => ({
    method,
    path,
    version,
    ...(properties !== undefined && { properties }),
});

/** Whether a role can be made of an action: the tables have it, or do not know its provider at all. */
const isUsable = (action: string): boolean =>
    !isKnownProvider(action) || ACTION_KINDS.some(kind => findAction(action, kind) !== undefined);

/** What a runbook's source tells, beside what is declared of it. */
export const needOfRunbook = (file: string, calls: readonly string[], scan: Scan | undefined): RunbookNeed => {
    const placeOf = ({ line }: { readonly line: number }): string => `${basename(file)}:${String(line)}`;
    const actions = scan?.actions ?? [];
    const found = (scan?.calls ?? []).map(each => ({
        call: callOf(each),
        text: formatCall(each),
        places: [placeOf(each)],
    }));
    const guessed = actions.filter(({ action }) => !isUsable(action));
    return {
        calls: mergeCalls([...declaredCalls(calls), ...found]),
        actions: mergeActions(
            actions
                .filter(({ action }) => isUsable(action))
                .map(each => ({ action: each.action, places: [placeOf(each)] })),
        ),
        unknown: [
            ...(scan?.unresolved ?? []).map(each => ({ place: placeOf(each), text: each.text, reason: each.reason })),
            ...guessed.map(each => ({
                place: placeOf(each),
                text: each.via,
                reason: `by its name it takes the action '${each.action}', which Azure is not known to have`,
            })),
        ],
        scan,
    };
};
