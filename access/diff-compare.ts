import { MICROSOFT_GRAPH } from "./apis.ts";
import { isSubset } from "./bits.ts";
import type { Bits } from "./bits.ts";
import { combine, orderOf, orderOfLimits, orderOfSets } from "./diff-order.ts";
import type { Order } from "./diff-order.ts";
import { orderOfPlaces } from "./diff-place.ts";
import { orderOfRoles } from "./diff-roles.ts";
import { graphProblem } from "./graph-reach.ts";
import { permissionNamed } from "./graph-sets.ts";
import { isDecided } from "./model.ts";
import type { Decided, PermissionRight, Right, RoleRight, VaultRight } from "./model.ts";

const orderOfNames = (before: Decided<string>, after: Decided<string>): Order => {
    if (!isDecided(before) || !isDecided(after)) return "unclear";
    return before.toLowerCase() === after.toLowerCase() ? "same" : "apart";
};

/** Which of two permissions of one name also writes: `User.ReadWrite.All` beside `User.Read.All`, which it includes. */
const orderOfVerbs = (before: string, after: string): Order => {
    const isWriteOf = (write: string, read: string): boolean =>
        write.includes(".ReadWrite") && write.replace(".ReadWrite", ".Read").toLowerCase() === read.toLowerCase();
    return orderOf(isWriteOf(after, before), isWriteOf(before, after));
};

/** Permissions that open nothing by themselves are neither wider nor narrower than another: `Sites.Selected`. */
const isNothing = (opens: Bits): boolean => opens.every(word => word === 0);

const orderOfPermissions = (before: PermissionRight, after: PermissionRight): Order => {
    const names = orderOfNames(before.permission, after.permission);
    if (names !== "apart" || after.appId !== MICROSOFT_GRAPH) return names;
    const verbs = orderOfVerbs(before.permission as string, after.permission as string);
    if (verbs !== "apart") return verbs;
    const [old, now] = [before, after].map(({ permission }) => permissionNamed(permission as string));
    const opens = graphProblem().opens;
    const [was, is] = [opens[old?.number ?? -1], opens[now?.number ?? -1]];
    if (was === undefined || is === undefined || isNothing(was) || isNothing(is)) return "apart";
    const [wider, narrower] = [isSubset(was, is), isSubset(is, was)];
    return wider && narrower ? "apart" : orderOf(wider, narrower);
};

const orderOfRoleRights = (before: RoleRight, after: RoleRight): Order => {
    const [was, is] = [before.definition, after.definition];
    if (isDecided(was) && isDecided(is)) return orderOfRoles(was, is);
    if (isDecided(was) || isDecided(is)) return "unclear";
    return orderOfNames(before.role, after.role);
};

const orderOfScopes = ({ scope: before }: RoleRight, { scope: after }: RoleRight): Order =>
    isDecided(before) && isDecided(after) ? orderOfPlaces(before, after) : "unclear";

const opened = ({ permissions }: VaultRight): ReadonlySet<string> =>
    new Set(permissions.map(each => each.toLowerCase()));

type Orders = {
    readonly [K in Right["kind"]]: (
        before: Extract<Right, { kind: K }>,
        after: Extract<Right, { kind: K }>,
    ) => readonly Order[];
};

const limited = (eligible: true | undefined): string | undefined => (eligible === true ? "eligible" : undefined);

const ORDERS: Orders = {
    permission: (before, after) => [
        orderOfNames(before.appId ?? before.api, after.appId ?? after.api),
        orderOfPermissions(before, after),
    ],
    role: (before, after) => [
        orderOfRoleRights(before, after),
        orderOfScopes(before, after),
        orderOfLimits(before.condition, after.condition),
        orderOfLimits(limited(before.eligible), limited(after.eligible)),
    ],
    "directory-role": (before, after) => [
        orderOfNames(before.role, after.role),
        orderOfLimits(before.scope, after.scope),
        orderOfLimits(limited(before.eligible), limited(after.eligible)),
    ],
    delegated: (before, after) => [
        orderOfNames(before.api, after.api),
        orderOfNames(before.permission, after.permission),
        orderOfLimits(before.user, after.user),
    ],
    member: (before, after) => [before.group === after.group ? "same" : "apart"],
    owner: (before, after) => [before.of === after.of ? "same" : "apart"],
    "vault-policy": (before, after) => [
        orderOfPlaces(before.vault, after.vault),
        orderOfSets(opened(before), opened(after)),
    ],
};

/** What one right opens beside another, whoever holds them. A right that became more dangerous is never narrower. */
export const orderOfRights = (before: Right, after: Right): Order => {
    if (before.kind !== after.kind) return "apart";
    const compare = ORDERS[before.kind] as (before: Right, after: Right) => readonly Order[];
    const order = combine(compare(before, after));
    const worse = isDecided(before.tier) && isDecided(after.tier) && after.tier < before.tier;
    return worse && order === "narrower" ? "apart" : order;
};
