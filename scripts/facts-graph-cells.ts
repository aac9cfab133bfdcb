import { pathSegments } from "../access/path.ts";
import type { CallOverride } from "./graph-overrides.ts";
import { rawLines } from "./graph-source.ts";
import type { RawLine, RawPermissions } from "./graph-source.ts";

/** The lines of the raw table for one method and path. */
export interface Cell {
    readonly method: string;
    readonly segments: readonly string[];
    readonly lines: RawLine[];
}

/** Segments the source misspells, or gives as an example, as they are meant. */
const MISSPELT: Readonly<Record<string, readonly string[]>> = {
    "itemat(index={value})range": ["itemat(index={value})", "range"],
    "geteffectivepermissionsscope={value}": ["geteffectivepermissions(scope={value})"],
    "subjectrightsrequests{subjectrightsrequestid}": ["subjectrightsrequests", "{id}"],
    "87654321-0abc-zqf0-321456789q": ["{id}"],
};

const repaired = (path: string): string =>
    path
        .toLowerCase()
        .replace("/directoryroles/roletemplateid={roletemplateid}", "/directoryroles(roletemplateid={value})")
        .split("/")
        .flatMap(segment => MISSPELT[segment] ?? [segment])
        .join("/");

const keyOf = (method: string, segments: readonly string[]): string => `${method} /${segments.join("/")}`;

const overrideLines = ({ method, path, permissions }: CallOverride): RawLine[] =>
    permissions.map((text, index) => {
        const [permission = "", ...partners] = text.split(" & ");
        return { permission, method, path, application: true, least: index === 0, partners, methodsOfSet: 1 };
    });

/**
 * The raw table by method and path, with the reviewed calls in place of its own.
 * Paths that carry a query are variants of a path listed without, and left out.
 */
export const cellsOf = (permissions: RawPermissions, overrides: readonly CallOverride[]): Cell[] => {
    const cells = new Map<string, Cell>();
    for (const line of rawLines(permissions)) {
        if (line.path.includes("?")) continue;
        const segments = pathSegments(repaired(line.path));
        const key = keyOf(line.method, segments);
        const cell = cells.get(key) ?? { method: line.method, segments, lines: [] };
        cell.lines.push(line);
        cells.set(key, cell);
    }
    for (const override of overrides) {
        const segments = pathSegments(override.path);
        const cell = { method: override.method, segments, lines: overrideLines(override) };
        cells.set(keyOf(override.method, segments), cell);
    }
    return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
};
