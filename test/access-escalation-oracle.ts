import { MICROSOFT_GRAPH } from "../access/apis.ts";
import { assignableRoles, isDelegation } from "../access/delegation.ts";
import { dangerOf } from "../access/escalation-danger.ts";
import { directoryPowerOf, type DirectoryPower, permissionPowerOf } from "../access/escalation-directory.ts";
import { HOST_WRITES, takeoversOf } from "../access/escalation-hosts.ts";
import { covers } from "../access/escalation-place.ts";
import type { Takeover } from "../access/escalation-takeover.ts";
import { type AccessModel, isDecided, type Place, type Right, type RoleRight } from "../access/model.ts";
import { holds } from "../access/role-set.ts";
import { findRole, type RoleDefinition, roleMayAllow } from "../access/roles.ts";

/*
 * Who can become whom, sure or not, one pair at a time as the words of docs/escalation.md have it: slow, and without
 * any part of the graph that it is to check.
 */

const allowsOne = (definition: RoleDefinition, { actions, kind }: Takeover): boolean =>
    actions.some(action => roleMayAllow(definition, action, kind));

const GRANTED = ["Contributor", "Owner", "AcrPull", "Website Contributor"];
const WIDENING = ["roleDefinitions/write", "roleAssignmentScheduleRequests/write", "elevateAccess/action"];

const opens = ({ definition, condition }: RoleRight, takeover: Takeover): boolean => {
    if (!isDecided(definition) || allowsOne(definition, takeover)) return true;
    if (!isDelegation(definition))
        return WIDENING.some(action => roleMayAllow(definition, `Microsoft.Authorization/${action}`, "action"));
    const set = assignableRoles(definition, condition);
    return GRANTED.map(findRole).some(each => holds(set, each.id) && (isDelegation(each) || allowsOne(each, takeover)));
};

const rolesOver = (model: AccessModel, holder: string, place: Place): readonly RoleRight[] =>
    model.rights.filter(
        (right): right is RoleRight =>
            right.kind === "role" &&
            right.holder === holder &&
            (!isDecided(right.scope) || covers(right.scope, place) !== "no"),
    );

const groupsOf = (model: AccessModel, holder: string): readonly string[] =>
    model.rights.flatMap(right => (right.kind === "member" && right.holder === holder ? [right.group] : []));

const takesOver = (model: AccessModel, from: string, to: string): boolean =>
    model.hosts
        .filter(({ identities }) => identities.includes(to))
        .some(({ place }) =>
            takeoversOf(place.type ?? "").some(takeover =>
                rolesOver(model, from, place).some(right => opens(right, takeover)),
            ),
        );

const writesHosts = ({ definition }: RoleRight): boolean =>
    !isDecided(definition) || HOST_WRITES.some(action => roleMayAllow(definition, action, "action"));

const attaches = (model: AccessModel, from: string, to: string): boolean => {
    const place = model.principals.find(({ key }) => key === to)?.place;
    if (place === undefined) return false;
    const who = [from, ...groupsOf(model, from)];
    const writes = who.some(each =>
        model.rights.some(right => right.kind === "role" && right.holder === each && writesHosts(right)),
    );
    return takeoversOf(place.type ?? "").some(takeover => {
        const holders = takeover.needsHost === true ? (writes ? who : []) : [from];
        return holders.some(each => rolesOver(model, each, place).some(right => opens(right, takeover)));
    });
};

const isOver = (model: AccessModel, { over }: DirectoryPower, to: string): boolean => {
    const kind = model.principals.find(({ key }) => key === to)?.kind;
    return over.some(
        each =>
            each === "everything" ||
            (each === "applications" && kind === "application") ||
            (each === "service-principals" && kind === "service-principal") ||
            (each === "users" && kind === "user") ||
            (each === "plain-groups" && kind === "group"),
    );
};

const byRight = (model: AccessModel, right: Right, to: string): boolean => {
    if (right.kind === "member") return right.group === to;
    if (right.kind === "owner") return right.of === to;
    if (right.kind === "permission" && right.appId === MICROSOFT_GRAPH && isDecided(right.permission)) {
        const power = permissionPowerOf(right.permission);
        return power !== undefined && isOver(model, power, to);
    }
    if (right.kind !== "directory-role" || !isDecided(right.role)) return false;
    return directoryPowerOf(right.role).some(power => isOver(model, power, to));
};

const becomes = (model: AccessModel, from: string, to: string): boolean =>
    takesOver(model, from, to) ||
    attaches(model, from, to) ||
    model.principals.some(({ key, application }) => key === to && application === from) ||
    model.rights.some(right => right.holder === from && byRight(model, right, to));

/** Every principal that one can become, sure or not. */
export const closure = (model: AccessModel, from: string): ReadonlySet<string> => {
    const found = new Set([from]);
    for (const each of found)
        for (const { key } of model.principals) if (!found.has(key) && becomes(model, each, key)) found.add(key);
    found.delete(from);
    return found;
};

/** The most dangerous right within reach of a principal, sure or not, by becoming others than the groups it is in. */
export const worstReached = (model: AccessModel, from: string): number => {
    const own = groupsOf(model, from);
    const reached = new Set([...closure(model, from)].filter(key => !own.includes(key)));
    return Math.min(5, ...model.rights.filter(({ holder }) => reached.has(holder)).map(dangerOf));
};
