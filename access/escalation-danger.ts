import { MICROSOFT_GRAPH } from "./apis.ts";
import { isDelegation } from "./delegation.ts";
import { directoryPowerOf, permissionPowerOf } from "./escalation-directory.ts";
import { isDecided, type Right, type RoleRight } from "./model.ts";
import type { Tier } from "./tier.ts";

/**
 * How far a right goes, the most dangerous first: tiers alone call the owner of a resource group and the ruler of the
 * tenant the same.
 */
export type Danger = 0 | 1 | 2 | 3 | 4;

/** What is less than any right. */
export const HARMLESS = 5;

const WORDS: Readonly<Record<Danger, string>> = {
    0: "rule over the whole tenant",
    1: "the control plane",
    2: "the control plane of a resource group or resource",
    3: "the management plane",
    4: "user access",
};

/** A danger in words. */
export const dangerWords = (danger: Danger): string => WORDS[danger];

/** The tier that a danger belongs to. */
export const tierOfDanger = (danger: Danger): Tier => (danger <= 2 ? 0 : danger === 3 ? 1 : 2);

const OF_TIER: Readonly<Record<Tier, Danger>> = { 0: 1, 1: 3, 2: 4 };

const roleDanger = ({ tier, scope, definition }: RoleRight): Danger => {
    if (!isDecided(tier)) return 1;
    if (tier !== 0) return OF_TIER[tier];
    if (!isDecided(scope)) return scope.atOrManagedBy === undefined ? 1 : 2;
    if (scope.kind === "resourceGroup" || scope.kind === "resource") return 2;
    return scope.kind === "tenant" && isDecided(definition) && isDelegation(definition) ? 0 : 1;
};

const rulesTenant = (right: Right): boolean => {
    if (right.kind === "permission")
        return (
            right.appId === MICROSOFT_GRAPH &&
            isDecided(right.permission) &&
            permissionPowerOf(right.permission)?.over.includes("everything") === true
        );
    if (right.kind !== "directory-role" || right.scope !== undefined || !isDecided(right.role)) return false;
    return directoryPowerOf(right.role).some(({ over, certain }) => certain && over.includes("everything"));
};

/** How far a right goes as something to be reached: what is undecided may be of the control plane. */
export const dangerOf = (right: Right): Danger | typeof HARMLESS => {
    if (right.kind === "member" || right.kind === "owner") return HARMLESS;
    if (right.kind === "role") return roleDanger(right);
    if (rulesTenant(right)) return 0;
    if (!isDecided(right.tier)) return 1;
    return right.kind === "vault-policy" && right.tier === 0 ? 2 : OF_TIER[right.tier];
};

/** How far a right goes for sure: what is undecided must not make its holder look powerful already. */
export const heldDanger = (right: Right): Danger | typeof HARMLESS => {
    if (right.kind === "member" || right.kind === "owner" || !isDecided(right.tier)) return HARMLESS;
    if (right.kind === "role" && right.tier === 0 && !isDecided(right.scope)) return 2;
    return dangerOf(right);
};
