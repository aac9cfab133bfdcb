import { MICROSOFT_GRAPH, appRoles } from "../../access/apis.ts";
import { lazy } from "../../access/facts.ts";

const permissionNames = lazy(() => new Map(appRoles(MICROSOFT_GRAPH).map(({ name }) => [name.toLowerCase(), name])));

/** Longer lines are no help text. */
const MAX_LINE = 400;
const NAME = /\b[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)+\b/g;

/** A section is no longer than this. */
const MAX_SECTION = 200;

const isKeyword = (line: string): boolean => /^\s*\.permissions\b/i.test(line);

const isHeading = (line: string): boolean => /\bpermissions?\b[^.]*:?\s*$/i.test(line.trim().replace(/[*_#]/g, ""));

const startsSection = (line: string): boolean => /^\s*\.[A-Z]+\b/.test(line);

const ends = (line: string, isBlankAnEnd: boolean): boolean =>
    startsSection(line) || (isBlankAnEnd && line.trim() === "");

/** The lines of a help section: after its keyword or heading, up to the next. */
const sectionsOf = (lines: readonly string[]): string[] => {
    const found: string[] = [];
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

/** What needs or has a permission, in the languages such sentences were seen in. */
const NEEDS = /\b(?:requires?|required|needs?|needed|must|with|erfordert|benötigt)\b/i;
const PERMISSION = /\b(?:permissions?|scopes?|berechtigung(?:en)?)\b/i;
/** What is given to another, or is not needed, is not what the script needs. */
const OTHERWISE = /\b(?:grants?|granted|granting|assigns?|assigned|not|without|fallback|optional(?:ly)?|instead)\b/i;

const paragraphsOf = (lines: readonly string[]): string[] => {
    const found: string[][] = [[]];
    let isExample = false;
    for (const line of lines) {
        const isStart = startsSection(line);
        if (isStart) isExample = /^\s*\.(?:example|parameter|link)\b/i.test(line);
        if (isStart || line.trim() === "") found.push([]);
        if (!isStart && !isExample) found.at(-1)?.push(line.trim());
    }
    return found.map(paragraph => paragraph.join(" "));
};

/** `Permissions: A, B`, and sentences that say what is needed; a dot inside a name ends no sentence. */
const sentencesOf = (lines: readonly string[]): string[] =>
    paragraphsOf(lines)
        .flatMap(paragraph => paragraph.split(/[.!](?=\s|$)/))
        .filter(
            sentence =>
                PERMISSION.test(sentence) &&
                !OTHERWISE.test(sentence) &&
                (NEEDS.test(sentence) || /\bpermissions?\b[^:.]*:/i.test(sentence)),
        );

const blockComments = (source: string): string[] => {
    const found: string[] = [];
    for (let from = source.indexOf("<#"); from >= 0; from = source.indexOf("<#", from)) {
        const end = source.indexOf("#>", from);
        if (end < 0) break;
        found.push(source.slice(from + 2, end));
        from = end;
    }
    return found;
};

/** The comment lines before the first line of code. */
const header = (source: string): string => {
    const lines = source.slice(0, MAX_LINE * MAX_SECTION).split("\n");
    const first = lines.findIndex(line => line.trim() !== "" && !/^\s*#(?!>)/.test(line));
    return (first < 0 ? lines : lines.slice(0, first)).map(line => line.replace(/^\s*#+/, "")).join("\n");
};

const isHelp = (comment: string): boolean => /^\s*\.(?:synopsis|description|notes|permissions)\b/im.test(comment);

const saidIn = (comment: string, isRead: boolean): string[] => {
    if (!/permission|scope|berechtigung/i.test(comment)) return [];
    const lines = comment.split("\n").map(line => line.slice(0, MAX_LINE));
    return isRead ? [...sectionsOf(lines), ...sentencesOf(lines)] : sectionsOf(lines);
};

/** The permissions that a script's help, or the comment at its head, declares; null when they name none. */
export const declaredIn = (source: string): readonly string[] | null => {
    const texts = [
        ...saidIn(header(source), true),
        ...blockComments(source).flatMap(comment => saidIn(comment, isHelp(comment))),
    ];
    const names = texts.flatMap(text => text.match(NAME) ?? []);
    const known = names.map(name => permissionNames().get(name.toLowerCase())).filter(name => name !== undefined);
    return known.length === 0 ? null : [...new Set(known)].sort();
};
