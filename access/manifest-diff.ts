import type { Grant } from "./grant.ts";

/** A grant of one manifest with its counterpart in the other, and where they are unlike. */
export interface ChangedGrant {
    readonly before: Grant;
    readonly after: Grant;
    /** `on`, `danger`, `role`, `reason`, `owner`. */
    readonly fields: readonly string[];
}

/** What one manifest gives and the other does not. Each list is in the order of identity, then of what is given. */
export interface ManifestDiff {
    readonly removed: readonly Grant[];
    readonly added: readonly Grant[];
    readonly changed: readonly ChangedGrant[];
    readonly same: number;
}

/** Replaces parts of names, so that two stacks that differ by their environment can be held side by side. */
export type Rename = (text: string) => string;

const lower = (text: string): string => text.toLowerCase();

/** What a custom role is by: its actions, for its name and id are the stack's own. */
const roleKey = ({ custom, actions = [], roleDefinitionGuid }: Extract<Grant, { kind: "azure" }>): string =>
    custom === true ? `just ${actions.map(lower).sort().join(" ")}` : lower(roleDefinitionGuid);

const whatOf = (grant: Grant): string =>
    grant.kind === "api" ? `${lower(grant.appId)} ${lower(grant.permission)}` : roleKey(grant);

const onOf = (grant: Grant, rename: Rename): string => (grant.kind === "api" ? "" : lower(rename(grant.scope)));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const wordOf = (grant: Grant): string => (grant.kind === "api" ? grant.permission : grant.role);

const byIdentity = (a: Grant, b: Grant): number =>
    compare(a.identity, b.identity) || compare(wordOf(a), wordOf(b)) || compare(onOf(a, same), onOf(b, same));

const same: Rename = text => text;

const fieldsOf = (before: Grant, after: Grant, rename: Rename): string[] => [
    ...(onOf(before, rename) === onOf(after, same) ? [] : ["on"]),
    ...(whatOf(before) === whatOf(after) ? [] : ["role"]),
    ...(before.tier === after.tier ? [] : ["danger"]),
    ...(["reason", "owner"] as const).filter(key => before[key] !== after[key]),
];

/** Keys that two grants are taken for the same by, the closest first. */
const keysOf = (rename: Rename): readonly ((grant: Grant) => string | undefined)[] => {
    const holder = (grant: Grant): string => `${grant.kind} ${lower(rename(grant.identity))}`;
    return [
        grant => `${holder(grant)} ${whatOf(grant)} ${onOf(grant, rename)}`,
        grant => (grant.kind === "azure" ? `${holder(grant)} ${onOf(grant, rename)}` : undefined),
        grant => `${holder(grant)} ${whatOf(grant)}`,
    ];
};

/** Takes from both lists what shares a key, each grant once. */
const pair = (
    before: Grant[],
    after: Grant[],
    keyBefore: (grant: Grant) => string | undefined,
    keyAfter: (grant: Grant) => string | undefined,
): (readonly [Grant, Grant])[] => {
    const waiting = Map.groupBy(after, keyAfter);
    const pairs: (readonly [Grant, Grant])[] = [];
    for (const grant of [...before]) {
        const key = keyBefore(grant);
        const match = key === undefined ? undefined : waiting.get(key)?.shift();
        if (match === undefined) continue;
        pairs.push([grant, match]);
        before.splice(before.indexOf(grant), 1);
        after.splice(after.indexOf(match), 1);
    }
    return pairs;
};

/**
 * Compares two lists of grants. Grants are counterparts when the same identity holds the same permission or role on the
 * same scope; failing that, another role on the same scope; failing that, the same on another scope.
 * @param rename applied to names of identities and to scopes of the first list
 */
export const diffManifests = (
    before: readonly Grant[],
    after: readonly Grant[],
    rename: Rename = same,
): ManifestDiff => {
    const removed = [...before].sort(byIdentity);
    const added = [...after].sort(byIdentity);
    const keysAfter = keysOf(same);
    const pairs = keysOf(rename).flatMap((key, at) => pair(removed, added, key, keysAfter[at] ?? key));
    const compared = pairs.map(([was, is]) => ({ before: was, after: is, fields: fieldsOf(was, is, rename) }));
    const changed = compared.filter(({ fields }) => fields.length > 0);
    return {
        removed,
        added,
        changed: changed.sort((a, b) => byIdentity(a.after, b.after)),
        same: compared.length - changed.length,
    };
};
