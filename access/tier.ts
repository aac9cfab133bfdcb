/**
 * How dangerous a Permission or Role is, after the enterprise access model:
 * 0 control plane, 1 management plane, 2 user access.
 * Source: https://learn.microsoft.com/security/privileged-access-workstations/privileged-access-access-model
 */
export type Tier = 0 | 1 | 2;

const NAMES = ["control plane", "management plane", "user access"] as const;

/** The tier in words, as reports print it. */
export const tierName = (tier: Tier): (typeof NAMES)[Tier] => NAMES[tier];
