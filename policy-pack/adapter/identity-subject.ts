import type { Entry, Host, Principal } from "../../access/model.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import type { IdentitySubject } from "./subject-identity.ts";

const MANAGED: readonly string[] = ["system-assigned", "user-assigned"];

const gather = <T>(pairs: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> =>
    new Map([...Map.groupBy(pairs, ([key]) => key)].map(([key, list]) => [key, list.map(([, value]) => value)]));

/** What else of a stack is about a principal, by its key. */
class About {
    readonly hosts: ReadonlyMap<string, readonly Host[]>;
    readonly entries: ReadonlyMap<string, readonly Entry[]>;
    readonly #mentions: ReadonlyMap<string, readonly string[]>;

    constructor({ model, resources }: StackDefinitions) {
        this.hosts = gather(model.hosts.flatMap(host => host.identities.map(key => [key, host] as const)));
        this.entries = gather(model.entries.map(entry => [entry.principal, entry] as const));
        this.#mentions = gather(resources.flatMap(({ urn, linkedUrns }) => linkedUrns.map(key => [key, urn] as const)));
    }

    /** What is linked to it and neither acts with it, gives it a right nor signs in as it. */
    mentions(key: string, rights: IdentitySubject["rights"]): readonly string[] {
        const known = new Set([
            ...(this.hosts.get(key) ?? []).map(host => host.key),
            ...(this.entries.get(key) ?? []).map(({ urn }) => urn),
            ...rights.map(({ urn }) => urn),
        ]);
        return (this.#mentions.get(key) ?? []).filter(urn => !known.has(urn)).toSorted();
    }
}

const subjectOf = (principal: Principal, defined: StackDefinitions, about: About): IdentitySubject => {
    const { key } = principal;
    const rights = defined.heldBy(key);
    return {
        kind: "identity",
        principal,
        isMade: key.startsWith("urn:"),
        hosts: about.hosts.get(key) ?? [],
        rights,
        entries: about.entries.get(key) ?? [],
        mentions: about.mentions(key, rights),
    };
};

/** The resource that a principal is told of: the one that makes it, else the first that acts with it or gives it a right. */
const toldOn = ({ isMade, principal, hosts, rights }: IdentitySubject): string =>
    isMade ? principal.key : (hosts[0]?.key ?? rights[0]?.urn ?? "");

/** The principals of a stack, by the URN of the resource that each is told of. */
export const identitiesByResource = (defined: StackDefinitions): ReadonlyMap<string, readonly IdentitySubject[]> => {
    const about = new About(defined);
    const isOfConcern = ({ kind, key }: Principal): boolean => MANAGED.includes(kind) || defined.heldBy(key).length > 0;
    const subjects = defined.model.principals.filter(isOfConcern).map(each => subjectOf(each, defined, about));
    return Map.groupBy(subjects, toldOn);
};

/** The principals that are told of a resource. */
export const identitiesOn = ({ urn }: PlainResource, defined: StackDefinitions): readonly IdentitySubject[] =>
    defined.isWhole ? (defined.identities.get(urn) ?? []) : [];
