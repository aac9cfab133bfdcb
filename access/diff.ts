import { diffAttachments, diffEntries } from "./diff-entries.ts";
import type { AttachmentChange, EntryChange } from "./diff-entries.ts";
import { diffIdentities } from "./diff-identities.ts";
import type { IdentityChange } from "./diff-identities.ts";
import type { Order } from "./diff-order.ts";
import { contentOf, pairRights } from "./diff-pairs.ts";
import type { Pair } from "./diff-pairs.ts";
import { successorsOf } from "./diff-successors.ts";
import type { AccessModel, Right, Undecided } from "./model.ts";

export type { AttachmentChange, EntryChange } from "./diff-entries.ts";
export type { IdentityChange } from "./diff-identities.ts";
export type { Standing } from "./diff-standing.ts";

/**
 * What became of a right: `moved` to a new identity and otherwise as it was; `unknown` where the deployment decides
 * whether it is another one.
 */
export type RightChangeKind = "added" | "removed" | "widened" | "narrowed" | "moved" | "unknown";

/** A right that a deployment gives, takes or changes. */
export interface RightChange {
    readonly change: RightChangeKind;
    readonly before?: Right;
    readonly after?: Right;
    /** Its holder is a new identity in the place of an old one. */
    readonly newIdentity: boolean;
    /** What is not known of the right after, in words. */
    readonly unknown: readonly string[];
}

/** The difference in access between two models. */
export interface AccessDiff {
    readonly rights: readonly RightChange[];
    /** Rights that stay as they are, as they are after. */
    readonly unchanged: readonly Right[];
    readonly identities: readonly IdentityChange[];
    readonly entries: readonly EntryChange[];
    readonly attachments: readonly AttachmentChange[];
}

export interface DiffOptions {
    /** Keys of principals that the deployment deletes and makes anew under the same key. */
    readonly replaced?: readonly string[];
    /**
     * URNs of the resources that the deployment creates, changes or deletes. A right of any other that cannot be
     * decided on either side, and reads the same on both, stays as it is.
     * @default - not known: what cannot be decided may have changed
     */
    readonly touched?: readonly string[];
}

const isUndecided = (value: unknown): value is Undecided =>
    value !== null && typeof value === "object" && "undecided" in value;

/** The fields of a right that are not known, in words. */
export const undecidedOf = (right: Right): readonly string[] => [
    ...new Set(
        Object.values(right)
            .filter(isUndecided)
            .map(({ undecided }) => undecided),
    ),
];

/** A right without what people say about it. */
const bare = (right: Right): string =>
    JSON.stringify(Object.entries({ ...right, reason: "", owner: "", calls: [], actions: [] }).sort());

/** Whether the deployment does not touch the resource of a pair of rights that read the same. */
const leftAlone = (touched: readonly string[] | undefined): ((pair: Pair) => boolean) => {
    const urns = new Set(touched);
    return ({ before, after, order }) =>
        touched !== undefined && order === "unclear" && !urns.has(after.urn) && bare(before) === bare(after);
};

const CHANGE: Readonly<Record<Order, RightChangeKind | undefined>> = {
    same: undefined,
    wider: "widened",
    narrower: "narrowed",
    unclear: "unknown",
    apart: "unknown",
};

const byKey = (a: RightChange, b: RightChange): number => {
    const [left, right] = [a, b].map(({ before, after }) => `${(after ?? before)?.key ?? ""} ${before?.key ?? ""}`);
    return (left ?? "") < (right ?? "") ? -1 : left === right ? 0 : 1;
};

const inOrder = ({ rights }: AccessModel): readonly Right[] =>
    rights.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));

/**
 * Compares what two models give. Every right of either side is in exactly one place: a change, or unchanged.
 */
export const diffAccess = (before: AccessModel, after: AccessModel, options: DiffOptions = {}): AccessDiff => {
    const successors = successorsOf(before, after, options.replaced ?? [], contentOf);
    const { pairs, removed, added } = pairRights(inOrder(before), inOrder(after), ({ holder }) =>
        successors.of(holder),
    );
    const isMoved = (pair: Pair): boolean => successors.isNew(pair.after.holder);
    const isLeft = leftAlone(options.touched);
    const isUnchanged = (pair: Pair): boolean => (pair.order === "same" || isLeft(pair)) && !isMoved(pair);
    const changed = pairs
        .filter(pair => !isUnchanged(pair))
        .map((pair): RightChange => {
            const { before: was, after: is, order } = pair;
            const newIdentity = isMoved(pair);
            return { change: CHANGE[order] ?? "moved", before: was, after: is, newIdentity, unknown: undecidedOf(is) };
        });
    const isNew = (right: Right): boolean => successors.isNew(right.holder);
    const rights = [
        ...changed,
        ...removed.map((was): RightChange => ({ change: "removed", before: was, newIdentity: false, unknown: [] })),
        ...added.map((is): RightChange => ({
            change: "added",
            after: is,
            newIdentity: isNew(is),
            unknown: undecidedOf(is),
        })),
    ];
    return {
        rights: rights.sort(byKey),
        unchanged: pairs.filter(isUnchanged).map(({ after: is }) => is),
        identities: diffIdentities(before, after, successors),
        entries: diffEntries(before, after),
        attachments: diffAttachments(before, after),
    };
};
