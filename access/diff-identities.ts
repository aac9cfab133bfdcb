import { standingOf } from "./diff-standing.ts";
import type { Standing } from "./diff-standing.ts";
import type { Successors } from "./diff-successors.ts";
import type { AccessModel, Principal, Right } from "./model.ts";

/** What became of a principal. */
export interface IdentityChange {
    readonly change: "added" | "removed" | "replaced" | "kept";
    readonly principal: Principal;
    /** The principal whose place it takes, where that has another key. */
    readonly instead?: Principal;
    readonly before: Standing;
    readonly after: Standing;
}

const groupByHolder = ({ rights }: AccessModel): ReadonlyMap<string, readonly Right[]> =>
    Map.groupBy(rights, ({ holder }) => holder);

/** What became of each principal, in the order of their keys after. */
export const diffIdentities = (
    before: AccessModel,
    after: AccessModel,
    { of, isNew }: Successors,
): readonly IdentityChange[] => {
    const old = new Map(before.principals.map(principal => [of(principal.key), principal]));
    const now = new Map(after.principals.map(principal => [principal.key, principal]));
    const [held, holds] = [groupByHolder(before), groupByHolder(after)];
    return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap(key => {
        const [was, is] = [old.get(key), now.get(key)];
        const principal = is ?? was;
        if (principal === undefined) return [];
        const change = was === undefined ? "added" : is === undefined ? "removed" : isNew(key) ? "replaced" : "kept";
        return [
            {
                change,
                principal,
                ...(was !== undefined && was.key !== principal.key ? { instead: was } : {}),
                before: standingOf(held.get(was?.key ?? key) ?? []),
                after: standingOf(holds.get(key) ?? []),
            },
        ];
    });
};
