import { parseScope } from "../access/scope.ts";
import type { NeededAction } from "./needs.ts";
import type { Problems } from "./problems.ts";
import type { RawRunbook, RawScope } from "./raw.ts";
import { type Places, type ReadScope, readScope } from "./read-scope.ts";
import type { PlacedNeed } from "./workload-need.ts";

/** Actions of these providers are taken on resources of any type. */
const ON_ANY_TYPE =
    /^microsoft\.(advisor|authorization|consumption|costmanagement|insights|policyinsights|resourcehealth|resources|security)\//i;

/** Whether an action can be taken on a scope: on a resource, only what is of its type or below it. */
export const fits = (action: string, scope: string): boolean => {
    const { kind, resourceType } = parseScope(scope);
    if (kind !== "resource" || resourceType === undefined || ON_ANY_TYPE.test(action)) return true;
    return action.toLowerCase().startsWith(`${resourceType.toLowerCase()}/`);
};

/** A runbook with what its actions are taken on. */
export interface ScopedRunbook {
    readonly need: PlacedNeed;
    readonly scopes: readonly ReadScope[];
    readonly builtIn: boolean;
}

const scopesOf = ({ scope }: RawRunbook): readonly RawScope[] =>
    scope === undefined ? [] : Array.isArray(scope) ? scope : [scope];

/** What a runbook is declared to act on. */
export const scopedRunbook = (problems: Problems, raw: RawRunbook, places: Places, need: PlacedNeed): ScopedRunbook => {
    const { builtIn, scope: given } = raw;
    if (builtIn !== undefined && given === undefined)
        problems.add([...need.at, "builtIn"], "stands without 'scope', and is for the actions that are taken there");
    const read = (scope: RawScope) => problems.at([...need.at, "scope"], () => readScope(scope, places)) ?? [];
    return { need, builtIn: builtIn ?? false, scopes: scopesOf(raw).flatMap(read) };
};

/** Reports actions that nothing grants anywhere. */
export const reportHomeless = (
    problems: Problems,
    { need, scopes }: ScopedRunbook,
    homeless: readonly NeededAction[],
): void => {
    if (homeless.length === 0) return;
    const actions = homeless.map(({ action, places }) => `${action} (${places.join(", ")})`).join(", ");
    const words =
        scopes.length === 0
            ? `takes Azure actions that nothing grants: ${actions}; say what they are taken on, such as 'scope: { group: rg-lab }', or grant them under 'azure'`
            : `takes Azure actions that cannot be taken on its scope: ${actions}; add what they are taken on`;
    problems.add(scopes.length === 0 ? need.at : [...need.at, "scope"], words);
};

/** Reports scopes on which nothing is done. */
export const reportIdle = (problems: Problems, { need, scopes }: ScopedRunbook): void => {
    const isIdle = scopes.length > 0 && need.actions.length === 0 && need.unknown.length === 0;
    if (isIdle) problems.warnAt([...need.at, "scope"], "has no effect: no Azure action of the runbook is known");
};
