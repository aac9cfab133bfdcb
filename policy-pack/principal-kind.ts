import type { Principal } from "../access/model.ts";
import { isListed } from "./pattern.ts";
import type { Held } from "./adapter/subject-grants.ts";

/** What rules over principals tell apart. */
export type HolderKind = "identity" | "application" | "person" | "undecided" | "outside";

const KINDS = {
    "system-assigned": "identity",
    "user-assigned": "identity",
    "service-principal": "application",
    application: "application",
    user: "person",
    group: "person",
    unknown: "outside",
} as const;

/**
 * Who holds a right: `outside` the stack where only an id is known, `undecided` where nothing tells although the whole
 * stack is seen.
 */
export const holderKind = ({ holder, isWhole }: Held): HolderKind =>
    holder.kind === "unknown" && isWhole && holder.key.startsWith("unknown:") ? "undecided" : KINDS[holder.kind];

/** What rules tell a principal apart as, where it is known. */
export const kindOf = ({ kind }: Principal): HolderKind => KINDS[kind];

/** The holder, or those in the group that holds, that are no people: the ones that a rule over workloads is about. */
export const workloadsHolding = ({ holder, members }: Held): readonly Principal[] =>
    [holder, ...members].filter(each => ["identity", "application"].includes(kindOf(each)));

/** Whether a list names a principal, by name, URN or object id, or by a pattern of one. */
export const isListedPrincipal = (list: readonly string[], { key, name }: Pick<Principal, "key" | "name">): boolean =>
    [key, key.replace(/^object:/, ""), name].some(text => isListed(list, text));
