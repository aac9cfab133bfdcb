import type { Decided, Principal, Right } from "../../access/model.ts";
import type { DeclaredWords } from "./declared.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import type {
    ApiGrantSubject,
    AzureGrantSubject,
    DelegatedGrantSubject,
    DirectoryRoleSubject,
    Held,
    VaultPolicySubject,
} from "./subject-grants.ts";
import { Unknown, type Value } from "./value.ts";

type Bare<S> = S extends Held ? Omit<S, keyof Held | "people"> : never;

/** What a rule judges of a right, but for who holds it. */
export type RightSubject = Bare<
    ApiGrantSubject | AzureGrantSubject | DelegatedGrantSubject | DirectoryRoleSubject | VaultPolicySubject
>;

/** A right as one resource gives it: for the model, and for the rules where any of them judges its kind. */
export interface GivenRight {
    readonly holder: Principal;
    readonly right: Right;
    /** The other principal that the right is about: the group of a member, what an owner owns. */
    readonly about?: Principal;
    readonly subject?: RightSubject;
}

export type ReadRights = (resource: PlainResource, defined: StackDefinitions) => readonly GivenRight[];

/** What all rights of a resource have in common. A resource that can give several has the name of each in its key. */
export const rightBase = (
    { urn }: PlainResource,
    holder: Principal,
    { reason, owner }: DeclaredWords,
    part?: string,
): Pick<Right, "key" | "urn" | "holder" | "reason" | "owner"> => ({
    key: part === undefined ? urn : `${urn}#${part}`,
    urn,
    holder: holder.key,
    ...(reason !== undefined && { reason }),
    ...(owner !== undefined && { owner }),
});

/** What tells one holder of a list from the others in the keys of their rights: its place where nobody knows who it is. */
export const holderPart = ({ key }: Principal, at: number): string => (key.startsWith("unknown:") ? String(at) : key);

/** A value of the model: what is not known is told in words. */
export const decided = <T>(value: Value<T>): Decided<T> =>
    value instanceof Unknown ? { undecided: value.why } : value;

/** A text that may be left out, where it is known. */
export const knownText = (value: Value<string | undefined>): string | undefined =>
    typeof value === "string" ? value : undefined;
