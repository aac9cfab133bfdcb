import type { Unknown } from "./adapter/value.ts";
import type { UndecidedFault } from "./rule.ts";

/** What a rule makes of something that a preview does not know, and that the update judges before it makes the resource. */
export const UNKNOWN_OPTION = {
    type: "string",
    enum: ["refused", "left"],
    default: "refused",
    description: "What is not known at a preview: refused, or left to the update, which judges it before it is made.",
} as const;

/** What is said about something unknown; nothing where it is left to the update. */
export const undecided = (what: string, { why, awaited }: Unknown, unknown: string): readonly UndecidedFault[] =>
    awaited && unknown === "left" ? [] : [{ message: `cannot judge ${what}: ${why}`, awaited }];
