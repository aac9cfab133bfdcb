import type { AccessDiff, RightChange } from "../access/diff.ts";
import { differences } from "./differences.ts";
import type { ReviewedChange, ReviewedRight, ReviewTier } from "./model.ts";
import type { Names } from "./names.ts";
import { reviewedRight } from "./rights.ts";
import type { Sources } from "./sources.ts";

export type ChangeKind = ReviewedChange["change"];

/** Kinds of change, the most dangerous first. */
export const CHANGE_ORDER: readonly ChangeKind[] = ["widened", "added", "unknown", "moved", "narrowed", "removed"];

/** Whether a change gives more than there was, or may do so. */
export const opens = ({ change }: Pick<ReviewedChange, "change">): boolean => CHANGE_ORDER.indexOf(change) < 3;

/** Whether a change takes something. */
export const closes = ({ change }: ReviewedChange): boolean => change === "narrowed" || change === "removed";

/** Rank of a tier; one that is not known counts as the most dangerous. */
export const rankOf = (tier: ReviewTier): number => tier ?? 0;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const group = (change: ReviewedChange): number => (opens(change) ? 0 : closes(change) ? 2 : 1);

/** Most dangerous first: by tier, then holder, name and key. */
export const byTier =
    (names: Names) =>
    (a: ReviewedRight, b: ReviewedRight): number =>
        rankOf(a.tier) - rankOf(b.tier) ||
        compareText(names.of(a.holder), names.of(b.holder)) ||
        compareText(a.what, b.what) ||
        compareText(a.key, b.key);

/** What opens before what closes, then by tier, kind, holder and name. */
const byDanger =
    (names: Names) =>
    (a: ReviewedChange, b: ReviewedChange): number =>
        group(a) - group(b) ||
        rankOf(a.right.tier) - rankOf(b.right.tier) ||
        CHANGE_ORDER.indexOf(a.change) - CHANGE_ORDER.indexOf(b.change) ||
        byTier(names)(a.right, b.right);

const reviewedChange = (given: RightChange, names: Names, sources: Sources): ReviewedChange[] => {
    const shown = given.after ?? given.before;
    if (shown === undefined) return [];
    const right = { ...reviewedRight(shown, names, sources), unknown: [...given.unknown] };
    const { change, newIdentity } = given;
    if (given.before === undefined || given.after === undefined) return [{ change, right, how: [], newIdentity }];
    const { what, on, tier } = reviewedRight(given.before, names, sources);
    const how = [...differences(given.before, given.after, names)];
    return [{ change, right, was: { what, on, tier }, how, newIdentity }];
};

/** The changes of a diff as reports show them, most dangerous first. */
export const reviewedChanges = ({ rights }: AccessDiff, names: Names, sources: Sources): ReviewedChange[] =>
    rights.flatMap(change => reviewedChange(change, names, sources)).sort(byDanger(names));
