import type { Principal, Right } from "../../access/model.ts";
import { type GivenRight, knownText, type ReadRights, rightBase } from "./given-right.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { isKnown, Unknown } from "./value.ts";

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

const partName = (key: string, value: unknown, at: number): string =>
    `${key}/${typeof value === "string" && value !== "" ? value.toLowerCase() : String(at)}`;

/** Each principal of a list of ids; of a list that is not known, those that it links to. */
const listed = (
    resource: PlainResource,
    key: string,
    { principals }: StackDefinitions,
): readonly (readonly [Principal, string])[] => {
    const value = resource.value(key);
    if (Array.isArray(value) && value.every(isKnown))
        return value.map((each, at) => {
            const principal = principals.named(resource, key, each);
            return [principal, partName(key, principal.key.startsWith("urn:") ? principal.key : each, at)];
        });
    if (!(value instanceof Unknown) && !Array.isArray(value)) return [];
    const linked = resource.links(key).flatMap(each => principals.madeBy(each) ?? []);
    const known = (Array.isArray(value) ? value : [])
        .filter(each => typeof each === "string")
        .map(each => principals.named(resource, key, each));
    const all = [...new Map([...known, ...linked].map(each => [each.key, each])).values()];
    const unknown: Principal = { key: `unknown:${resource.urn}`, kind: "unknown", name: resource.name };
    return (all.length > 0 ? all : [unknown]).map((each, at) => [each, partName(key, each.key, at)]);
};

const owners = (resource: PlainResource, defined: StackDefinitions): readonly GivenRight[] => {
    const of = defined.principals.madeBy(resource);
    if (of === undefined) return [];
    return listed(resource, "owners", defined).map(([holder, part]) => owner({ resource, holder, of, part }));
};

/** Owners of a group, application or service principal. */
export const readOwners: ReadRights = owners;

/** Members and owners of a group. */
export const readMembers: ReadRights = (resource, defined) => {
    const of = defined.principals.madeBy(resource);
    if (of === undefined) return [];
    const members = listed(resource, "members", defined).map(([holder, part]) =>
        member({ resource, holder, of, part }),
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
