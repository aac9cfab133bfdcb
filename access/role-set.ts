/** The role definition GUIDs that something holds for: just these, or all but these. */
export type RoleSet = { readonly only: ReadonlySet<string> } | { readonly allBut: ReadonlySet<string> };

export const EVERY_ROLE: RoleSet = { allBut: new Set() };
export const NO_ROLE: RoleSet = { only: new Set() };

/** The roles that are in both sets. */
export const inBoth = (a: RoleSet, b: RoleSet): RoleSet => {
    if ("only" in a) return { only: new Set([...a.only].filter(role => holds(b, role))) };
    return "only" in b ? inBoth(b, a) : { allBut: new Set([...a.allBut, ...b.allBut]) };
};

/** The roles that are in either set. */
export const inEither = (a: RoleSet, b: RoleSet): RoleSet => complement(inBoth(complement(a), complement(b)));

/** The roles that are not in a set. */
export const complement = (set: RoleSet): RoleSet => ("only" in set ? { allBut: set.only } : { only: set.allBut });

/** Whether a role, by its GUID, is in a set. */
export const holds = (set: RoleSet, guid: string): boolean =>
    "only" in set ? set.only.has(guid.toLowerCase()) : !set.allBut.has(guid.toLowerCase());
