import type { Review } from "./model.ts";

/** How many other resources change, by what is done to them. */
export type OtherChanges = NonNullable<Review["other"]>;

const KINDS = ["create", "update", "replace", "delete"] as const;

/** How many other resources change, as a sentence. */
export const otherInWords = ({ other }: Review, write: (count: number) => string = String): string => {
    if (other === undefined) return "What else changes is not known here.";
    const parts = KINDS.filter(kind => other[kind] > 0).map(kind => `${write(other[kind])} to ${kind}`);
    return parts.length === 0 ? "No other resource changes." : `Other resources: ${parts.join(", ")}.`;
};
