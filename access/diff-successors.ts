import type { AccessModel, Principal, Right } from "./model.ts";

/** Who stands for whom after a deployment: a principal kept under its key, or one that takes the place of another. */
export interface Successors {
    /** The key after of a principal of before. */
    readonly of: (before: string) => string;
    /** Whether a principal of after is a new one in Entra, in the place of an old one. */
    readonly isNew: (after: string) => boolean;
}

type Mark = (principal: Principal, held: readonly Right[]) => string | undefined;

const inOrder = ({ principals }: AccessModel): readonly Principal[] =>
    principals.toSorted((a, b) => (a.key < b.key ? -1 : 1));

/** Principals of one model that the other does not have, with the rights they hold. */
const alone = (model: AccessModel, other: AccessModel): Map<Principal, readonly Right[]> => {
    const known = new Set(other.principals.map(({ key }) => key));
    const held = Map.groupBy(model.rights, ({ holder }) => holder);
    return new Map(
        inOrder(model)
            .filter(({ key }) => !known.has(key))
            .map(principal => [principal, held.get(principal.key) ?? []]),
    );
};

/** Pairs principals that have a mark in common, in their order, and takes them out. */
const pairBy = (
    mark: Mark,
    gone: Map<Principal, readonly Right[]>,
    fresh: Map<Principal, readonly Right[]>,
): [string, string][] => {
    const waiting = Map.groupBy(fresh, ([principal, held]) => mark(principal, held));
    return [...gone].flatMap(([principal, held]): [string, string][] => {
        const own = mark(principal, held);
        const [next] = own === undefined ? [] : (waiting.get(own)?.splice(0, 1) ?? []);
        if (next === undefined) return [];
        gone.delete(principal);
        fresh.delete(next[0]);
        return [[principal.key, next[0].key]];
    });
};

/**
 * Finds the principals that were replaced: those that a plan replaces, and those that are gone while another of their
 * kind, with their name or with exactly their rights, is new.
 */
export const successorsOf = (
    before: AccessModel,
    after: AccessModel,
    replaced: readonly string[],
    contentOf: (right: Right) => string,
): Successors => {
    const [gone, fresh] = [alone(before, after), alone(after, before)];
    const byName: Mark = ({ kind, name }) => JSON.stringify([kind, name]);
    const byRights: Mark = ({ kind }, held) =>
        held.length === 0 ? undefined : JSON.stringify([kind, ...held.map(contentOf).sort()]);
    const successor = new Map([...pairBy(byName, gone, fresh), ...pairBy(byRights, gone, fresh)]);
    const isNew = new Set([...replaced, ...successor.values()]);
    return { of: key => successor.get(key) ?? key, isNew: key => isNew.has(key) };
};
