import { findAction, matcher } from "./azure-actions.ts";
import type { ActionKind } from "./azure-actions.ts";
import { roleReach } from "./azure-reach.ts";
import { isSubset } from "./bits.ts";
import { combine, orderOf } from "./diff-order.ts";
import type { Order } from "./diff-order.ts";
import type { RoleDefinition } from "./roles.ts";

const unlisted = (list: readonly string[], kind: ActionKind): string[] =>
    list.filter(action => findAction(action, kind) === undefined).map(action => action.toLowerCase());

/** Actions of a role that the tables do not count: of other providers, and patterns, which may match such. */
const uncounted = ({ permissions }: RoleDefinition): Readonly<Record<ActionKind, readonly string[]>> => ({
    action: permissions.flatMap(({ actions }) => unlisted(actions, "action")),
    dataAction: permissions.flatMap(({ dataActions }) => unlisted(dataActions, "dataAction")),
});

const isCovered = (some: readonly string[], all: readonly string[]): boolean => {
    const matches = all.map(matcher);
    return some.every(action => matches.some(match => match(action)));
};

const orderOfUncounted = (before: RoleDefinition, after: RoleDefinition): Order => {
    const [was, is] = [uncounted(before), uncounted(after)];
    return combine(
        (["action", "dataAction"] as const).map(kind =>
            orderOf(isCovered(was[kind], is[kind]), isCovered(is[kind], was[kind])),
        ),
    );
};

/** What limits a role in ways that the counts do not show. */
const limits = ({ permissions }: RoleDefinition): string =>
    JSON.stringify(
        permissions
            .map(({ notActions, notDataActions, condition = "", guarded = [] }) => [
                unlisted(notActions, "action").sort(),
                unlisted(notDataActions, "dataAction").sort(),
                condition,
                guarded,
            ])
            .map(block => JSON.stringify(block))
            .sort(),
    );

/** What one role allows beside another. */
export const orderOfRoles = (before: RoleDefinition, after: RoleDefinition): Order => {
    if (before === after || JSON.stringify(before.permissions) === JSON.stringify(after.permissions)) return "same";
    const [was, is] = [roleReach(before), roleReach(after)];
    const order = combine([
        orderOf(
            isSubset(was.opens, is.opens) && isSubset(was.covers, is.covers),
            isSubset(is.opens, was.opens) && isSubset(is.covers, was.covers),
        ),
        orderOfUncounted(before, after),
    ]);
    if (order !== "same" || limits(before) === limits(after)) return order;
    return before.id.toLowerCase() === after.id.toLowerCase() ? "unclear" : "apart";
};
