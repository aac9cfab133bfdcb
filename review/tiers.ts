import { tierName } from "../access/tier.ts";
import type { ReviewTier } from "./model.ts";

/** `control plane`; what is not known is said to be so. */
export const tierInWords = (tier: ReviewTier): string => (tier === null ? "not known" : tierName(tier));

/** What each tier means to somebody who has never heard of them, the most dangerous first. */
export const TIER_MEANING: readonly (readonly [tier: 0 | 1 | 2, meaning: string])[] = [
    [0, "can give itself or others any right, or become somebody who can"],
    [1, "can change what runs: resources, devices, configuration, the data of the whole organisation"],
    [2, "works with some data or some users, and no further"],
];
