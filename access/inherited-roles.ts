import { roleReach } from "./azure-reach.ts";
import { type ActionKind, knownActions, matcher } from "./azure-actions.ts";
import { isSubset } from "./bits.ts";
import { placeKeys, scopeKeys } from "./escalation-place.ts";
import { isDecided, type Place, type RoleRight } from "./model.ts";
import { roleAllows, type RoleDefinition } from "./roles.ts";

/** A role on a scope that another one gives already. */
export interface InheritedRole {
    readonly right: RoleRight;
    readonly from: RoleRight;
}

interface Decided {
    readonly right: RoleRight;
    readonly definition: RoleDefinition;
    readonly scope: Place;
}

interface Unknown {
    readonly pattern: string;
    readonly kind: ActionKind;
}

const isKnown = (pattern: string, kind: ActionKind): boolean => {
    const { lower, indexOf } = knownActions(kind);
    return pattern.includes("*") ? lower.some(matcher(pattern)) : indexOf.has(pattern.toLowerCase());
};

const kept = new WeakMap<RoleDefinition, readonly Unknown[]>();

/** What a role allows that the tables do not have, and that is not in its reach therefore. */
const unknownIn = (role: RoleDefinition): readonly Unknown[] => {
    const known = kept.get(role);
    if (known !== undefined) return known;
    const found = role.permissions.flatMap(({ actions, dataActions }) => [
        ...actions.map((pattern): Unknown => ({ pattern, kind: "action" })),
        ...dataActions.map((pattern): Unknown => ({ pattern, kind: "dataAction" })),
    ]);
    const unknown = found.filter(({ pattern, kind }) => !isKnown(pattern, kind));
    kept.set(role, unknown);
    return unknown;
};

const allowsUnknown = (inner: RoleDefinition, outer: RoleDefinition): boolean =>
    unknownIn(inner).every(({ pattern, kind }) => !pattern.includes("*") && roleAllows(outer, pattern, kind));

/** Whether a role on a scope around another one gives all that the other gives. */
const gives = (outer: Decided, inner: Decided): boolean =>
    outer.right.condition === undefined &&
    (outer.right.eligible !== true || inner.right.eligible === true) &&
    isSubset(roleReach(inner.definition).opens, roleReach(outer.definition).covers) &&
    allowsUnknown(inner.definition, outer.definition);

const pushed = (list: Decided[] | undefined, each: Decided): Decided[] => {
    if (list === undefined) return [each];
    list.push(each);
    return list;
};

/**
 * Roles of one principal that another of its roles gives already, on the same scope or one around it. Of two that give the
 * same, the later key is told. What is not decided is never told.
 */
export const inheritedRoles = (rights: readonly RoleRight[]): readonly InheritedRole[] => {
    const decided = rights
        .toSorted((a, b) => (a.key < b.key ? -1 : 1))
        .flatMap(right =>
            isDecided(right.definition) && isDecided(right.scope)
                ? [{ right, definition: right.definition, scope: right.scope }]
                : [],
        );
    const byPlace = new Map<string, Decided[]>();
    for (const each of decided)
        for (const [key, isCertain] of scopeKeys(each.scope))
            if (isCertain) byPlace.set(key, pushed(byPlace.get(key), each));
    const gone = new Set<Decided>();
    return decided.toReversed().flatMap(inner => {
        const around = new Set(placeKeys(inner.scope).flatMap(key => byPlace.get(key) ?? []));
        const outer =
            decided.length < 2
                ? undefined
                : [...around].find(each => each !== inner && !gone.has(each) && gives(each, inner));
        if (outer === undefined) return [];
        gone.add(inner);
        return [{ right: inner.right, from: outer.right }];
    });
};
