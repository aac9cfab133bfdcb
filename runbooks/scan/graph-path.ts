import { childrenAlong } from "../../access/graph-table.ts";
import { isKnown, parseCall } from "../../access/calls.ts";
import type { Call } from "../../access/calls.ts";
import { pathSegments } from "../../access/path.ts";
import { plainQuery } from "./query.ts";
import { MARK } from "./template.ts";

export type Judged = { readonly call: Call } | { readonly why: string };

/** The same paths come again and again: round a loop, and in one script after another. */
const judgements = new Map<string, Judged>();
const MAX_JUDGEMENTS = 2_000;

const ID = "{id}";
const ONE_MARK = /\ue000+/g;

const decode = (text: string): string => {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
};

/** Cuts at slashes outside quotes and brackets. */
const cut = (path: string): string[] => path.match(/(?:\([^()]*\)|'[^']*'|[^/])+/g) ?? [];

/** A segment as the contract writes it: what is not literal is `{id}`, a key in brackets is a segment of its own. */
const normalised = (raw: string): string[] => {
    const segment = raw.trim();
    const keyed = /^([\w.$]+)\((.*)\)$/.exec(segment);
    if (keyed !== null) {
        const [, name = "", inside = ""] = keyed;
        if (inside === "" || inside.includes("="))
            return [`${name}(${inside.replace(ONE_MARK, ID).replaceAll("''", `'${ID}'`)})`];
        const key = inside.replace(/^'|'$/g, "");
        return [name, ...(key === "" ? [ID] : normalised(key))];
    }
    if (!segment.includes(MARK)) return [/\s/.test(segment) ? ID : segment];
    if (segment.endsWith(":")) return [`${ID}:`];
    return [segment.startsWith("root:") ? `root:` : ID];
};

/** What the tables list after a path; undefined when they do not list the path itself. */
const next = (before: readonly string[]): { id: boolean; names: readonly string[] } | undefined => {
    const known = pathSegments(`/${before.join("/")}`);
    const { depth, names } = childrenAlong(known);
    if (depth < known.length) return undefined;
    return { id: childrenAlong([...known, "{}"]).depth > known.length, names };
};

/** Whether a path begins with something Graph has. */
export const hasKnownRoot = (path: string): boolean => {
    const root = /^\/*([^/?(]+)/.exec(path)?.[1]?.trim().toLowerCase() ?? "";
    return root === "$batch" || (next([])?.names.includes(root) ?? false);
};

/** Whether the tables know the path so far and list other things, but no id, that could follow it. */
const takesNoId = (before: readonly string[]): boolean => {
    const after = next(before);
    return after !== undefined && !after.id && after.names.length > 0;
};

/** A known value in the place of an id is an id. */
const withIds = (segments: readonly string[], inserted: ReadonlySet<string>): string[] =>
    segments.map((segment, index) => {
        if (index === 0 || !inserted.has(segment)) return segment;
        const after = next(segments.slice(0, index));
        return after?.id === true && !after.names.includes(segment.toLowerCase()) ? ID : segment;
    });

/** `users$query`: a last segment that is known without the unknown part at its end. */
const withoutQuery = (method: string, segments: readonly string[]): string[] => {
    const last = segments.at(-1) ?? "";
    const name = /^([A-Za-z]\w*)\ue000+$/.exec(last)?.[1];
    if (name === undefined) return [...segments];
    const shorter = [...segments.slice(0, -1), name];
    const path = `/${shorter.flatMap(normalised).join("/")}`;
    return isKnown({ method, path, version: "beta" }) ? shorter : [...segments];
};

/**
 * The call a method and a path with unknown parts make, or why it cannot be told: an unknown part that can only be an id
 * is one; where the tables list no id, it decides which call it is.
 */
export const judgePath = (
    method: string,
    version: "v1.0" | "beta",
    path: string,
    query: string,
    inserted: ReadonlySet<string> = new Set(),
): Judged => {
    const key = [method, version, path, query, ...inserted].join("\n");
    const known = judgements.get(key);
    if (known !== undefined) return known;
    const judged = judge(method, version, path, query, inserted);
    if (judgements.size >= MAX_JUDGEMENTS) judgements.clear();
    judgements.set(key, judged);
    return judged;
};

const judge = (
    method: string,
    version: "v1.0" | "beta",
    path: string,
    query: string,
    inserted: ReadonlySet<string>,
): Judged => {
    const raw = cut(decode(path)).filter(segment => segment.trim() !== "");
    const segments = withIds(withoutQuery(method, raw).flatMap(normalised), inserted);
    if (segments.length === 0) return { why: "the address has no path" };
    const at = segments.findIndex(
        (segment, index) => segment === ID && (index === 0 || takesNoId(segments.slice(0, index))),
    );
    if (at >= 0)
        return {
            why:
                at === 0
                    ? "the resource is decided at run time"
                    : `what follows '/${segments.slice(0, at).join("/")}' is decided at run time`,
        };
    const target = `/${segments.join("/")}`;
    try {
        const { properties } = parseCall(`${method} /x?${plainQuery(query)}`);
        return { call: { method, path: target, version, ...(properties === undefined ? {} : { properties }) } };
    } catch {
        return { call: { method, path: target, version } };
    }
};
