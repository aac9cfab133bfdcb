import { clearBit, count } from "./action-set.ts";
import type { Need } from "./azure-needs.ts";
import { roleReach, universeIndex } from "./azure-reach.ts";
import { weightOf } from "./azure-search.ts";
import { isSubset } from "./bits.ts";
import { findRole } from "./roles.ts";
import type { RoleDefinition } from "./roles.ts";
import { contains, normaliseScope } from "./scope.ts";

/** A Role on a Scope, as it is granted. */
export interface HeldRole {
    /** Name or id of a built-in role, or a role definition of your own. */
    readonly role: string | RoleDefinition;
    readonly scope: string;
}

/** A grant that others make superfluous. */
export interface Redundant<T extends HeldRole> {
    readonly grant: T;
    readonly coveredBy: readonly T[];
}

/** A held role with its definition. */
export interface Held<T extends HeldRole> {
    readonly grant: T;
    readonly definition: RoleDefinition;
}

/** Looks the role up and checks the scope. */
export const resolveHeld = <T extends HeldRole>(grant: T): Held<T> => {
    normaliseScope(grant.scope);
    return { grant, definition: typeof grant.role === "string" ? findRole(grant.role) : grant.role };
};

/** Known actions a role opens beyond some needs, as a number and with writes weighing more. */
export const openBeyond = (role: RoleDefinition, needs: readonly Need[]): { excess: number; weight: number } => {
    const opens = roleReach(role).opens.slice();
    for (const { action, kind } of needs) {
        const at = universeIndex(action, kind);
        if (at !== undefined) clearBit(opens, at);
    }
    return { excess: count(opens), weight: weightOf(opens) };
};

/** Most dangerous first: control plane, then wide scopes, then wide roles. */
export const byDanger = (a: Held<HeldRole>, b: Held<HeldRole>): number => {
    const depth = ({ grant }: Held<HeldRole>): number => normaliseScope(grant.scope).split("/").filter(Boolean).length;
    const plane = ({ definition }: Held<HeldRole>): number => Number(definition.tier !== 0);
    const width = ({ definition }: Held<HeldRole>): number => openBeyond(definition, []).weight;
    return plane(a) - plane(b) || depth(a) - depth(b) || width(b) - width(a);
};

const isWithin = (inner: Held<HeldRole>, outer: Held<HeldRole>): boolean =>
    contains(outer.grant.scope, inner.grant.scope) &&
    isSubset(roleReach(inner.definition).opens, roleReach(outer.definition).covers);

/**
 * Grants whose every known action another grant gives on the same scope or above, whatever is needed. Of equal grants,
 * the later ones are told.
 */
export const redundantRoles = <T extends HeldRole>(granted: readonly T[]): readonly Redundant<T>[] => {
    const held = granted.map(resolveHeld);
    const gone = new Set<Held<T>>();
    return held.toReversed().flatMap(inner => {
        const outer = held.find(other => other !== inner && !gone.has(other) && isWithin(inner, other));
        if (outer === undefined) return [];
        gone.add(inner);
        return [{ grant: inner.grant, coveredBy: [outer.grant] }];
    });
};
