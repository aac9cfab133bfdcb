import type { Review } from "./model.ts";

/** What does not show, or what a pipeline would take for a command in its log; JSON can say it with other signs. */
const RISKY = /[[\p{C}\p{Z}]--[ \n]]|#(?=#(\[|vso\[))/giv;

const escaped = (text: string): string =>
    Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");

/** JSON that hides nothing and says nothing to a pipeline, of the same value. */
export const safeJson = (value: unknown): string => `${JSON.stringify(value, null, 2).replace(RISKY, escaped)}\n`;

/** A review as JSON, by `schema/review.schema.json`. */
export const jsonOf = (review: Review): string => safeJson(review);
