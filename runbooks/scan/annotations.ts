import { parseCall } from "../../access/calls.ts";
import type { Call } from "../../access/calls.ts";
import { declaredIn } from "./declared.ts";

export interface Annotation {
    readonly call: Call;
    readonly line: number;
}

export interface Annotations {
    /** `# leastwise: calls GET /users/{id}` lines. */
    readonly calls: readonly Annotation[];
    /** Permissions the author declares in the help comment; null when there is no such section. */
    readonly declared: readonly string[] | null;
    /** Annotations that cannot be read. */
    readonly errors: readonly { readonly line: number; readonly text: string }[];
}

const CALLS = /^\s*#+\s*leastwise\s*:\s*calls?\s+(.+?)\s*$/i;
/** Longer lines are no annotation. */
const MAX_LINE = 400;

/** What the author says in comments about the calls and permissions. */
export const readAnnotations = (source: string): Annotations => {
    const calls: Annotation[] = [];
    const errors: { line: number; text: string }[] = [];
    if (/leastwise\s*:/i.test(source)) {
        source.split("\n").forEach((text, index) => {
            const written = CALLS.exec(text.slice(0, MAX_LINE))?.[1];
            if (written === undefined) return;
            try {
                calls.push({ call: parseCall(written), line: index + 1 });
            } catch (error) {
                errors.push({ line: index + 1, text: error instanceof Error ? error.message : String(error) });
            }
        });
    }
    return { calls, declared: declaredIn(source), errors };
};
