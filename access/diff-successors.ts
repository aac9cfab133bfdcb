import type { AccessModel, Principal } from "./model.ts";

/** Who stands for whom after a deployment: a principal kept under its key, or one that takes the place of another. */
export interface Successors {
    /** The key after of a principal of before. */
    readonly of: (before: string) => string;
    /** Whether a principal of after is a new one in Entra, in the place of an old one. */
    readonly isNew: (after: string) => boolean;
}

const holdings = ({ rights }: AccessModel, contentOf: (right: AccessModel["rights"][number]) => string) => {
    const held = new Map<string, string[]>();
    for (const right of rights) {
        const list = held.get(right.holder);
        if (list === undefined) held.set(right.holder, [contentOf(right)]);
        else list.push(contentOf(right));
    }
    return (principal: Principal): string => JSON.stringify((held.get(principal.key) ?? []).sort());
};

const inOrder = ({ principals }: AccessModel): readonly Principal[] =>
    principals.toSorted((a, b) => (a.key < b.key ? -1 : 1));

/**
 * Finds the principals that were replaced: those that a plan replaces, and those that are gone while another of their
 * kind, with their name or with exactly their rights, is new.
 */
export const successorsOf = (
    before: AccessModel,
    after: AccessModel,
    replaced: readonly string[],
    contentOf: (right: AccessModel["rights"][number]) => string,
): Successors => {
    const [old, now] = [before, after].map(model => new Set(model.principals.map(({ key }) => key)));
    const gone = inOrder(before).filter(({ key }) => now?.has(key) === false);
    const fresh = new Map(
        inOrder(after)
            .filter(({ key }) => old?.has(key) === false)
            .map(each => [each.key, each]),
    );
    const [wasHeld, isHeld] = [holdings(before, contentOf), holdings(after, contentOf)];
    const successor = new Map<string, string>();
    for (const rule of [
        (a: Principal, b: Principal) => a.name === b.name,
        (a: Principal, b: Principal) => wasHeld(a) !== "[]" && wasHeld(a) === isHeld(b),
    ]) {
        for (const principal of gone) {
            if (successor.has(principal.key)) continue;
            const next = [...fresh.values()].find(each => each.kind === principal.kind && rule(principal, each));
            if (next === undefined) continue;
            successor.set(principal.key, next.key);
            fresh.delete(next.key);
        }
    }
    const isNew = new Set([...replaced, ...successor.values()]);
    return { of: key => successor.get(key) ?? key, isNew: key => isNew.has(key) };
};
