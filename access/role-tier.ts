import { ACTION_KINDS, type ActionKind, actionTier, isRead, knownActions, matcher } from "./azure-actions.ts";
import { type PermissionBlock, type RoleDefinition, roleMayAllow } from "./roles.ts";
import type { Tier } from "./tier.ts";

const listed = (block: PermissionBlock, kind: ActionKind): readonly string[] =>
    kind === "action" ? block.actions : block.dataActions;

/** The actions that a pattern stands for; one that the tables do not know stands for itself. */
const actionsOf = (pattern: string, kind: ActionKind): readonly string[] => {
    if (!pattern.includes("*")) return [pattern];
    return knownActions(kind).lower.filter(matcher(pattern));
};

/** Where the tables do not class an action: a read lets a user see, anything else lets it manage. */
const tierOf = (action: string, kind: ActionKind): Tier => actionTier(action, kind) ?? (isRead(action) ? 2 : 1);

/** How dangerous a role is by what it allows: as its most dangerous action. For roles that no table classes. */
export const tierOfRole = (role: RoleDefinition): Tier => {
    let lowest: Tier = 2;
    for (const kind of ACTION_KINDS)
        for (const pattern of role.permissions.flatMap(block => listed(block, kind)))
            for (const action of actionsOf(pattern, kind)) {
                const tier = tierOf(action, kind);
                if (tier < lowest && roleMayAllow(role, action, kind)) lowest = tier;
                if (lowest === 0) return 0;
            }
    return lowest;
};
