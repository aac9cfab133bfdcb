import { membershipsOf } from "./escalation-memberships.ts";
import { HARMLESS, heldDanger } from "./escalation-danger.ts";
import type { AccessModel } from "./model.ts";

/** How dangerous each principal is by itself, by key, as far as that is sure. */
export type Thresholds = ReadonlyMap<string, number>;

const byKey = (a: { readonly key: string }, b: { readonly key: string }): number =>
    a.key < b.key ? -1 : Number(a.key > b.key);

/** The model with its lists in the order of their keys. */
export const inOrder = ({ principals, hosts, rights, entries }: AccessModel): AccessModel => ({
    principals: principals.toSorted(byKey),
    hosts: hosts.toSorted(byKey),
    rights: rights.toSorted(byKey),
    entries: entries.toSorted(byKey),
});

/** How dangerous principals are by what they hold for sure, themselves and through groups. */
export const thresholdsOf = (model: AccessModel): Thresholds => {
    const own = new Map<string, number>();
    for (const right of model.rights)
        own.set(right.holder, Math.min(own.get(right.holder) ?? HARMLESS, heldDanger(right)));
    const lent = [...membershipsOf(model)].map(([key, groups]): [string, number] => [
        key,
        Math.min(own.get(key) ?? HARMLESS, ...groups.map(({ group }) => own.get(group) ?? HARMLESS)),
    ]);
    return new Map([...own, ...lent]);
};
