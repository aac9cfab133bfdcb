import { readNeed } from "./azure-needs.ts";
import type { Need, Unusable } from "./azure-needs.ts";
import { solveAzure } from "./azure-solver.ts";
import type { AzureOptions, AzureSolution } from "./azure-solver.ts";
import { byDanger, openBeyond, resolveHeld } from "./held-roles.ts";
import type { Held, HeldRole, Redundant } from "./held-roles.ts";
import { roleAllows, roleMayAllow } from "./roles.ts";
import { commonScope, contains, normaliseScope } from "./scope.ts";

/** An Action a workload takes, and the scope it takes it on, where that is known; a Resource Manager call names its own. */
export interface NeededAction {
    readonly action: string;
    readonly scope?: string;
}

export interface Replacement<T extends HeldRole> {
    readonly grant: T;
    /** The roles that would do, with their excess, and the exact custom role. */
    readonly by: AzureSolution;
    /** Known actions that would be open no more. */
    readonly closes: number;
}

export interface AzureJudgement<T extends HeldRole> {
    /** Needs no grant covers. */
    readonly missing: readonly Unusable[];
    /** Grants that cover no need at all. */
    readonly unneeded: readonly T[];
    /** Grants whose every need the grants kept cover too. The most dangerous is told first, so that it is the one to go. */
    readonly redundant: readonly Redundant<T>[];
    /** Grants whose needs a smaller role or set of roles covers. */
    readonly replaceable: readonly Replacement<T>[];
    /** Grants whose needs all lie on a narrower scope. */
    readonly narrowable: readonly { readonly grant: T; readonly scope: string }[];
}

type Uses<T extends HeldRole> = ReadonlyMap<Held<T>, readonly ScopedNeed[]>;
type ScopedNeed = Need & { readonly scope?: string };

const covers = ({ grant, definition }: Held<HeldRole>, need: ScopedNeed): boolean =>
    roleAllows(definition, need.action, need.kind) && (need.scope === undefined || contains(grant.scope, need.scope));

const whyMissing = (need: ScopedNeed, held: readonly Held<HeldRole>[]): string => {
    const conditional = held.find(({ definition }) => roleMayAllow(definition, need.action, need.kind));
    if (conditional === undefined) return "no granted role allows it";
    const { name } = conditional.definition;
    return roleAllows(conditional.definition, need.action, need.kind)
        ? `role '${name}' allows it, but on '${conditional.grant.scope}', not on '${need.scope ?? ""}'`
        : `role '${name}' allows it only under a condition`;
};

/** The grants to keep: the most dangerous go first, as long as those left cover the same needs. */
const necessary = <T extends HeldRole>(used: readonly Held<T>[], useOf: Uses<T>): readonly Held<T>[] => {
    let kept = used;
    for (const role of used.toSorted(byDanger)) {
        const others = kept.filter(other => other !== role);
        const spared = (useOf.get(role) ?? []).every(need => others.some(other => useOf.get(other)?.includes(need)));
        if (spared) kept = others;
    }
    return kept;
};

const replacement = <T extends HeldRole>(
    { grant, definition }: Held<T>,
    needs: readonly ScopedNeed[],
    options: AzureOptions,
): Replacement<T>[] => {
    const by = solveAzure(
        needs.map(({ action }) => action),
        options,
    );
    if (by.uncovered.length > 0) return [];
    const now = openBeyond(definition, needs);
    const controlPlane = by.roles.filter(({ tier }) => tier === 0).length;
    const order = controlPlane - Number(definition.tier === 0) || by.weightedExcess - now.weight;
    return order < 0 ? [{ grant, by, closes: now.excess - by.excess }] : [];
};

const narrower = <T extends HeldRole>(
    { grant }: Held<T>,
    needs: readonly ScopedNeed[],
): AzureJudgement<T>["narrowable"] => {
    const scopes = needs.map(({ scope }) => scope).filter(scope => scope !== undefined);
    if (scopes.length < needs.length) return [];
    const { id } = commonScope(scopes);
    return normaliseScope(id) === normaliseScope(grant.scope) || !contains(grant.scope, id)
        ? []
        : [{ grant, scope: id }];
};

const readScoped = ({ action, scope }: NeededAction): ScopedNeed[] =>
    readNeed(action).map(need => ({ ...need, ...(scope === undefined ? {} : { scope }) }));

/**
 * Judges the roles an identity holds by what it needs. Each grant is told once as unneeded or redundant, or else is kept
 * and may be replaceable or narrowable; without those told, every need covered now is still covered.
 * @throws Error for an unknown role, a scope or an action that is none
 */
export const judgeAzure = <T extends HeldRole>(
    granted: readonly T[],
    needed: readonly NeededAction[],
    options: AzureOptions = {},
): AzureJudgement<T> => {
    const needs = needed.flatMap(readScoped);
    const held = granted.map(resolveHeld);
    const useOf = new Map(held.map(role => [role, needs.filter(need => covers(role, need))]));
    const used = held.filter(role => (useOf.get(role) ?? []).length > 0);
    const kept = necessary(used, useOf);
    const standIns = (role: Held<T>): T[] =>
        kept.filter(other => useOf.get(role)?.some(need => useOf.get(other)?.includes(need))).map(({ grant }) => grant);
    return {
        missing: needs
            .filter(need => !held.some(role => covers(role, need)))
            .map(need => ({ action: need.action, why: whyMissing(need, held) })),
        unneeded: held.filter(role => !used.includes(role)).map(({ grant }) => grant),
        redundant: used
            .filter(role => !kept.includes(role))
            .map(role => ({ grant: role.grant, coveredBy: standIns(role) })),
        replaceable: kept.flatMap(role => replacement(role, useOf.get(role) ?? [], options)),
        narrowable: kept.flatMap(role => narrower(role, useOf.get(role) ?? [])),
    };
};
