import type { AccessModel, MemberRight } from "./model.ts";

/** A group that somebody is in, and the memberships that lead there. */
export interface Membership {
    readonly group: string;
    readonly by: readonly string[];
}

/** The groups of each principal by key, also those that it is in through others. */
export type Memberships = ReadonlyMap<string, readonly Membership[]>;

/** The groups that each principal is in, also through other groups. */
export const membershipsOf = ({ rights }: Pick<AccessModel, "rights">): Memberships => {
    const direct = Map.groupBy(
        rights.filter((right): right is MemberRight => right.kind === "member"),
        ({ holder }) => holder,
    );
    const closure = (holder: string): readonly Membership[] => {
        const found = new Map<string, Membership>();
        const walk = (key: string, by: readonly string[]): void => {
            for (const { group, key: right } of direct.get(key) ?? []) {
                if (group === holder || found.has(group)) continue;
                found.set(group, { group, by: [...by, right] });
                walk(group, [...by, right]);
            }
        };
        walk(holder, []);
        return [...found.values()];
    };
    return new Map([...direct.keys()].map(key => [key, closure(key)]));
};
