import type { ChangeKind } from "./changes.ts";

/** A sign for each kind of change, so that it shows without colour. */
export const SIGNS: Readonly<Record<ChangeKind, string>> = {
    added: "+",
    widened: "▲",
    unknown: "?",
    moved: "→",
    narrowed: "▼",
    removed: "−",
};

/** What each kind of change means, the most dangerous first. */
export const CHANGE_MEANING: readonly (readonly [change: ChangeKind, meaning: string])[] = [
    ["widened", "held before, gives more now"],
    ["added", "not held before"],
    ["unknown", "only the deployment decides whether it differs; taken as if it gave more"],
    ["moved", "the same right, for a new identity"],
    ["narrowed", "held before, gives less now"],
    ["removed", "not held any more"],
];
