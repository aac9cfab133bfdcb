import type { Principal, Right } from "../../access/model.ts";
import { type GivenRight, knownText, type ReadRights, rightBase } from "./given-right.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { Unknown } from "./value.ts";

interface Tie {
    readonly resource: PlainResource;
    readonly holder: Principal;
    /** The group or what is owned. */
    readonly of: Principal;
    readonly part?: string;
}

/** What membership and ownership lead to is for paths to say; by themselves they open nothing. */
const TIER = 2;

const member = ({ resource, holder, of, part }: Tie): GivenRight => {
    const right: Right = { kind: "member", ...rightBase(resource, holder, {}, part), group: of.key, tier: TIER };
    return { holder, about: of, right };
};

const owner = ({ resource, holder, of, part }: Tie): GivenRight => {
    const right: Right = { kind: "owner", ...rightBase(resource, holder, {}, part), of: of.key, tier: TIER };
    return { holder, about: of, right };
};

/** Each principal of a list of ids, and of ids that are not known those that they come from. */
const listed = (resource: PlainResource, key: string, { principals }: StackDefinitions): readonly Principal[] => {
    const value = resource.value(key);
    const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
    const known = elements.filter(each => typeof each === "string" && each !== "") as readonly string[];
    const isOpen = elements.some(each => each instanceof Unknown);
    const linked = isOpen ? resource.links(key).flatMap(each => principals.madeBy(each) ?? []) : [];
    const nobody: Principal = { key: `unknown:${resource.urn}`, kind: "unknown", name: resource.name };
    const found = [
        ...known.map(each => principals.withId(each)),
        ...(isOpen && linked.length === 0 ? [nobody] : linked),
    ];
    return [...new Map(found.map(each => [each.key, each])).values()];
};

const owners = (resource: PlainResource, defined: StackDefinitions): readonly GivenRight[] => {
    const of = defined.principals.madeBy(resource);
    if (of === undefined) return [];
    return listed(resource, "owners", defined).map(holder =>
        owner({ resource, holder, of, part: `owners/${holder.key}` }),
    );
};

/** Owners of a group, application or service principal. */
export const readOwners: ReadRights = owners;

/** Members and owners of a group. */
export const readMembers: ReadRights = (resource, defined) => {
    const of = defined.principals.madeBy(resource);
    if (of === undefined) return [];
    const members = listed(resource, "members", defined).map(holder =>
        member({ resource, holder, of, part: `members/${holder.key}` }),
    );
    return [...members, ...owners(resource, defined)];
};

export const readGroupMember: ReadRights = (resource, { principals }) => [
    member({
        resource,
        holder: principals.named(resource, "memberObjectId"),
        of: { ...principals.named(resource, "groupObjectId"), kind: "group" },
    }),
];

export const readOwner: ReadRights = (resource, { principals }) => [
    owner({
        resource,
        holder: principals.named(resource, "ownerObjectId"),
        of: { ...principals.named(resource, "applicationId"), kind: "application" },
    }),
];

/** Membership or ownership of a group for a time, or on demand: https://learn.microsoft.com/entra/id-governance/privileged-identity-management/concept-pim-for-groups */
export const readGroupSchedule: ReadRights = (resource, { principals }) => {
    const tie = {
        resource,
        holder: principals.named(resource, "principalId"),
        of: { ...principals.named(resource, "groupId"), kind: "group" } as const,
    };
    return [knownText(resource.text("assignmentType"))?.toLowerCase() === "owner" ? owner(tie) : member(tie)];
};
