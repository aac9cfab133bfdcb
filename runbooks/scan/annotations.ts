import { MICROSOFT_GRAPH, appRoles } from "../../access/apis.ts";
import { parseCall } from "../../access/calls.ts";
import type { Call } from "../../access/calls.ts";
import { lazy } from "../../access/facts.ts";

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

const permissionNames = lazy(() => new Map(appRoles(MICROSOFT_GRAPH).map(({ name }) => [name.toLowerCase(), name])));

const CALLS = /^\s*#+\s*leastwise\s*:\s*calls?\s+(.+?)\s*$/i;
const COMMENT = /<#([\s\S]*?)#>/g;
const NAME = /\b[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)+\b/g;

/** The lines of a help section: after its keyword, up to the next. */
const sectionsOf = (comment: string): string[] => {
    const found: string[] = [];
    const lines = comment.split("\n");
    lines.forEach((line, index) => {
        const isKeyword = /^\s*\.permissions\b/i.test(line);
        if (!isKeyword && !/\bpermissions?\b[^.]*:?\s*$/i.test(line.trim().replace(/[*_#]/g, ""))) return;
        const rest = lines.slice(index + 1);
        const end = rest.findIndex(each =>
            isKeyword ? /^\s*\.[A-Z]+\b/.test(each) : each.trim() === "" || /^\s*\.[A-Z]+\b/.test(each),
        );
        found.push(
            [isKeyword ? line.replace(/^\s*\.\w+/, "") : "", ...(end < 0 ? rest : rest.slice(0, end))].join("\n"),
        );
    });
    return found;
};

const declaredIn = (source: string): readonly string[] | null => {
    const sections = [...source.matchAll(COMMENT)].flatMap(match => sectionsOf(match[1] ?? ""));
    const names = sections.flatMap(section => section.match(NAME) ?? []);
    const known = names.map(name => permissionNames().get(name.toLowerCase())).filter(name => name !== undefined);
    return known.length === 0 ? null : [...new Set(known)].sort();
};

/** What the author says in comments about the calls and permissions. */
export const readAnnotations = (source: string): Annotations => {
    const calls: Annotation[] = [];
    const errors: { line: number; text: string }[] = [];
    if (/leastwise\s*:/i.test(source)) {
        source.split("\n").forEach((text, index) => {
            const written = CALLS.exec(text)?.[1];
            if (written === undefined) return;
            try {
                calls.push({ call: parseCall(written), line: index + 1 });
            } catch (error) {
                errors.push({ line: index + 1, text: error instanceof Error ? error.message : String(error) });
            }
        });
    }
    return { calls, declared: /permission/i.test(source) ? declaredIn(source) : null, errors };
};
