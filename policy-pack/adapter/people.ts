import type { Principal, PrincipalKind } from "../../access/model.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { isKnown } from "./value.ts";

/** A person who holds a right by itself or by being in the group that does, or a group whose people are not seen. */
export interface Person {
    readonly principal: Principal;
    readonly isGuest: boolean;
    /** Whether it holds the right as long as that stands; not by a membership that is activated, or that ends. */
    readonly isStanding: boolean;
}

const PEOPLE = ["azuread:Invitation", "azuread:User"];
const SCHEDULES = [
    "azuread:PrivilegedAccessGroupAssignmentSchedule",
    "azuread:PrivilegedAccessGroupEligibilitySchedule",
];
const ENDS = ["duration", "expirationDate"];
const WORKLOADS: ReadonlySet<PrincipalKind> = new Set([
    "application",
    "service-principal",
    "system-assigned",
    "user-assigned",
]);

/**
 * Who is invited, or has the name of somebody invited, unless said to be a member of the directory.
 * https://learn.microsoft.com/azure/active-directory/external-identities/user-properties
 */
const isGuest = (resource: PlainResource): boolean => {
    const [type, name] = [resource.output("userType"), resource.text("userPrincipalName")];
    if (typeof type === "string" && type !== "") return type.toLowerCase() === "guest";
    return resource.token === "azuread:Invitation" || (isKnown(name) && /#EXT#@/i.test(name ?? ""));
};

/** A membership that has to be activated, or that ends: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/concept-pim-for-groups */
const isForTime = (resource: PlainResource): boolean =>
    /Eligibility/.test(resource.token ?? "") || ENDS.some(key => resource.has(key) && resource.text(key) !== undefined);

interface OfStack {
    readonly guests: ReadonlySet<string>;
    readonly forTime: ReadonlySet<string>;
}

const known = new WeakMap<StackDefinitions, OfStack>();

const urns = (resources: readonly PlainResource[]): ReadonlySet<string> => new Set(resources.map(({ urn }) => urn));

const ofStack = (defined: StackDefinitions): OfStack => {
    const found = known.get(defined) ?? {
        guests: urns(defined.ofTypes(...PEOPLE).filter(isGuest)),
        forTime: urns(defined.ofTypes(...SCHEDULES).filter(isForTime)),
    };
    known.set(defined, found);
    return found;
};

/** Whether somebody is in a group by memberships of which none has to be activated or ends. */
const isStandingIn = (
    group: string,
    member: string,
    defined: StackDefinitions,
    passed = new Set([member]),
): boolean => {
    const groups = defined
        .heldBy(member)
        .flatMap(right => (right.kind === "member" && !ofStack(defined).forTime.has(right.urn) ? [right.group] : []));
    if (groups.includes(group)) return true;
    return groups.some(each => {
        if (passed.has(each)) return false;
        passed.add(each);
        return isStandingIn(group, each, defined, passed);
    });
};

/** The people who hold a right, where the stack around it is seen. */
export const peopleHolding = (holder: Principal, defined: StackDefinitions): readonly Person[] => {
    if (!defined.isWhole) return [];
    const members = defined.membersOf(holder.key);
    const isPerson = ({ kind, key }: Principal): boolean =>
        kind === "group" ? defined.membersOf(key).length === 0 : !WORKLOADS.has(kind);
    const alone = holder.kind === "user" || holder.kind === "group" ? [holder] : [];
    return (members.length === 0 ? alone : members.filter(isPerson)).map(principal => ({
        principal,
        isGuest: ofStack(defined).guests.has(principal.key),
        isStanding: principal.key === holder.key || isStandingIn(holder.key, principal.key, defined),
    }));
};
