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
