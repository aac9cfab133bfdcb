import type { NeededAction as ScopedAction } from "../access/judge-azure.ts";
import { normaliseScope, parseScope } from "../access/scope.ts";
import type { ListedGrant } from "./azure-grants.ts";
import { rightsFor } from "./azure-rights.ts";
import type { AzureDeclaration } from "./declaration.ts";
import { allowsAction, heldOf } from "./held-grant.ts";
import { mergeActions, type NeededAction } from "./needs.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawRunbook, RawScope, RawWorkload } from "./raw.ts";
import { type Places, type ReadScope, readScope } from "./read-scope.ts";
import type { PlacedNeed, WorkloadNeed } from "./workload-need.ts";

/** Actions of these providers are taken on resources of any type. */
const ON_ANY_TYPE =
    /^microsoft\.(advisor|authorization|consumption|costmanagement|insights|policyinsights|resourcehealth|resources|security)\//i;

/** Whether an action can be taken on a scope: on a resource, only what is of its type or below it. */
const fits = (action: string, scope: string): boolean => {
    const { kind, resourceType } = parseScope(scope);
    if (kind !== "resource" || resourceType === undefined || ON_ANY_TYPE.test(action)) return true;
    return action.toLowerCase().startsWith(`${resourceType.toLowerCase()}/`);
};

/** What the runbooks' actions come to. */
export interface ActionsOnScopes {
    /** What has to be granted beyond what is declared. */
    readonly grants: readonly AzureDeclaration[];
    /** Every action, with its scopes where they are declared. */
    readonly taken: readonly ScopedAction[];
}

/** Actions of one or more runbooks on one scope. */
interface Wanted {
    readonly scope: ReadScope;
    readonly builtIn: boolean;
    readonly actions: readonly NeededAction[];
    readonly runbooks: readonly string[];
    readonly at: Path;
}

interface Runbook {
    readonly need: PlacedNeed;
    readonly scopes: readonly ReadScope[];
    readonly builtIn: boolean;
}

const found = ({ action, places }: NeededAction): string[] => places.map(place => `${action}, ${place}`);

const scopesOf = ({ scope }: RawRunbook): readonly RawScope[] =>
    scope === undefined ? [] : Array.isArray(scope) ? scope : [scope];

const readRunbook = (problems: Problems, raw: RawRunbook, places: Places, need: PlacedNeed): Runbook => ({
    need,
    builtIn: raw.builtIn ?? false,
    scopes: scopesOf(raw).flatMap(scope => problems.at([...need.at, "scope"], () => readScope(scope, places)) ?? []),
});

const reportHomeless = (problems: Problems, { need, scopes }: Runbook, homeless: readonly NeededAction[]): void => {
    if (homeless.length === 0) return;
    const actions = homeless.map(({ action, places }) => `${action} (${places.join(", ")})`).join(", ");
    const words =
        scopes.length === 0
            ? `takes Azure actions that nothing grants: ${actions}; say what they are taken on, such as 'scope: { group: rg-lab }', or grant them under 'azure'`
            : `takes Azure actions that cannot be taken on its scope: ${actions}; add what they are taken on`;
    problems.add(scopes.length === 0 ? need.at : [...need.at, "scope"], words);
};

const reportIdle = (problems: Problems, { need, scopes }: Runbook): void => {
    const isIdle = scopes.length > 0 && need.actions.length === 0 && need.unknown.length === 0;
    if (isIdle) problems.warnAt([...need.at, "scope"], "has no effect: the runbook takes no Azure action");
};

type Held = ReturnType<typeof heldOf>;

const wantedBy = (runbook: Runbook, held: readonly Held[]): Wanted[] =>
    runbook.scopes.map(scope => ({
        scope,
        builtIn: runbook.builtIn,
        runbooks: [runbook.need.name],
        at: [...runbook.need.at, "scope"],
        actions: runbook.need.actions.filter(
            ({ action }) => fits(action, scope.scope) && !held.some(grant => allowsAction(grant, action, scope.scope)),
        ),
    }));

const mergeWanted = (all: readonly Wanted[]): Wanted[] => {
    const merged = new Map<string, Wanted>();
    for (const wanted of all.filter(({ actions }) => actions.length > 0)) {
        const key = `${normaliseScope(wanted.scope.scope)} ${String(wanted.builtIn)}`;
        const known = merged.get(key) ?? { ...wanted, actions: [], runbooks: [] };
        merged.set(key, {
            ...known,
            actions: mergeActions([...known.actions, ...wanted.actions]),
            runbooks: [...new Set([...known.runbooks, ...wanted.runbooks])],
        });
    }
    return [...merged.values()];
};

const grantsFor = (workload: RawWorkload, { scope, builtIn, actions, runbooks }: Wanted): AzureDeclaration[] =>
    rightsFor(
        actions.map(({ action }) => action),
        builtIn,
    ).map(rights => {
        const served = new Set(rights.actions?.map(action => action.toLowerCase()));
        const own = actions.filter(({ action }) => served.has(action.toLowerCase()));
        return {
            ...rights,
            ...scope,
            reason: workload.reason ?? `Needed by ${runbooks.join(", ")}`,
            ...(workload.owner !== undefined && { owner: workload.owner }),
            foundAt: own.flatMap(found),
        };
    });

/** A list of actions on the very scope claims to be all that is needed there. */
const reportShort = (problems: Problems, wanted: Wanted, listed: readonly ListedGrant[], at: Path): boolean => {
    const place = normaliseScope(wanted.scope.scope);
    const list = listed.find(({ grant }) => !("role" in grant) && normaliseScope(grant.scope) === place);
    if (list === undefined || wanted.builtIn) return false;
    const words = wanted.actions.flatMap(found).join("; ");
    problems.add([...at, "azure", list.n], `lacks ${words}; add it, or leave the list out to have it worked out`);
    return true;
};

const takenBy = ({ need, scopes }: Runbook): ScopedAction[] =>
    need.actions.flatMap(({ action }) => {
        const own = scopes.filter(({ scope }) => fits(action, scope));
        return own.length === 0 ? [{ action }] : own.map(({ scope }) => ({ action, scope }));
    });

/** Grants of the Azure actions that runbooks take, on what they say they take them on; beyond what is declared. */
export const actionsOnScopes = (
    problems: Problems,
    at: Path,
    workload: RawWorkload,
    places: Places,
    need: WorkloadNeed,
    listed: readonly ListedGrant[],
): ActionsOnScopes => {
    const held = listed.map(({ grant }) => heldOf(grant));
    const runbooks = need.runbooks.map(each =>
        readRunbook(problems, workload.runbooks?.[each.n] as RawRunbook, places, each),
    );
    for (const runbook of runbooks) {
        const { actions } = runbook.need;
        const isHome = (action: string): boolean =>
            runbook.scopes.some(({ scope }) => fits(action, scope)) ||
            held.some(grant => allowsAction(grant, action, undefined));
        reportHomeless(
            problems,
            runbook,
            actions.filter(({ action }) => !isHome(action)),
        );
        reportIdle(problems, runbook);
    }
    const wanted = mergeWanted(runbooks.flatMap(runbook => wantedBy(runbook, held)));
    return {
        grants: wanted
            .filter(each => !reportShort(problems, each, listed, at))
            .flatMap(each => problems.at(each.at, () => grantsFor(workload, each)) ?? []),
        taken: runbooks.flatMap(takenBy),
    };
};
