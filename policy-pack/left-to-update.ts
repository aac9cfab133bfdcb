import { type Unknown } from "./adapter/value.ts";

/** What a rule makes of something that a preview does not know, and that the update judges before it makes the resource. */
export const UNKNOWN_OPTION = {
    type: "string",
    enum: ["refused", "left"],
    default: "refused",
    description: "What is not known at a preview: refused, or left to the update, which judges it before it is made.",
} as const;

/** Whether something unknown is left to the update. */
export const isLeftToUpdate = ({ awaited }: Unknown, unknown: string): boolean => awaited && unknown === "left";
