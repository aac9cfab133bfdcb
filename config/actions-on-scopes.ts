import type { NeededAction as ScopedAction } from "../access/judge-azure.ts";
import { normaliseScope } from "../access/scope.ts";
import type { ListedGrant } from "./azure-grants.ts";
import { rightsFor } from "./azure-rights.ts";
import type { AzureDeclaration } from "./declaration.ts";
import { allowsAction, heldOf } from "./held-grant.ts";
import { mergeActions, type NeededAction } from "./needs.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawRunbook, RawWorkload } from "./raw.ts";
import type { Places, ReadScope } from "./read-scope.ts";
import { fits, reportHomeless, reportIdle, scopedRunbook, type ScopedRunbook } from "./runbook-scopes.ts";
import type { WorkloadNeed } from "./workload-need.ts";

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

const found = ({ action, places }: NeededAction): string[] => places.map(place => `${action}, ${place}`);

type Held = ReturnType<typeof heldOf>;

const wantedBy = (runbook: ScopedRunbook, held: readonly Held[]): Wanted[] =>
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

const takenBy = ({ need, scopes }: ScopedRunbook): ScopedAction[] =>
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
    const held = [...listed.map(({ grant }) => grant), ...need.held.azure].map(heldOf);
    const runbooks = need.runbooks.map(each =>
        scopedRunbook(problems, workload.runbooks?.[each.n] as RawRunbook, places, each),
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
