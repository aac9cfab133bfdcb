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
/** Longer lines are no help text. */
const MAX_LINE = 400;
const NAME = /\b[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)+\b/g;

/** A section is no longer than this. */
const MAX_SECTION = 200;

const isKeyword = (line: string): boolean => /^\s*\.permissions\b/i.test(line);

const isHeading = (line: string): boolean => /\bpermissions?\b[^.]*:?\s*$/i.test(line.trim().replace(/[*_#]/g, ""));

const ends = (line: string, isBlankAnEnd: boolean): boolean =>
    /^\s*\.[A-Z]+\b/.test(line) || (isBlankAnEnd && line.trim() === "");

/** The lines of a help section: after its keyword or heading, up to the next. */
const sectionsOf = (comment: string): string[] => {
    const found: string[] = [];
    const lines = comment.split("\n").map(line => line.slice(0, MAX_LINE));
    for (let at = 0; at < lines.length; at++) {
        const line = lines[at] ?? "";
        const hasKeyword = isKeyword(line);
        if (!hasKeyword && !isHeading(line)) continue;
        const rest = lines.slice(at + 1, at + 1 + MAX_SECTION);
        const end = rest.findIndex(each => ends(each, !hasKeyword));
        const section = end < 0 ? rest : rest.slice(0, end);
        found.push([hasKeyword ? line.replace(/^\s*\.\w+/, "") : "", ...section].join("\n"));
        at += section.length;
    }
    return found;
};

const commentsIn = (source: string): string[] => {
    const found: string[] = [];
    for (let from = source.indexOf("<#"); from >= 0; from = source.indexOf("<#", from)) {
        const end = source.indexOf("#>", from);
        if (end < 0) break;
        found.push(source.slice(from + 2, end));
        from = end;
    }
    return found;
};

const declaredIn = (source: string): readonly string[] | null => {
    const sections = commentsIn(source).flatMap(sectionsOf);
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
            const written = CALLS.exec(text.slice(0, MAX_LINE))?.[1];
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
