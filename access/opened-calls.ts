import { listedIn, permissionNamed } from "./graph-sets.ts";
import { callTable, rootNode } from "./graph-table.ts";
import { METHOD_LETTERS } from "./method.ts";

const METHOD_OF = new Map(Object.entries(METHOD_LETTERS).map(([method, letter]) => [letter, method]));

const written = (segment: string): string => (segment === "{}" ? "{id}" : segment);

function* cells(node: object, path: string): Generator<{ readonly call: string; readonly set: number }> {
    for (const [segment, value] of Object.entries(node) as [string, object | string][]) {
        if (typeof value !== "string") {
            yield* cells(value, `${path}/${written(segment)}`);
            continue;
        }
        for (const cell of value.split(" ")) {
            yield { call: `${METHOD_OF.get(cell.charAt(0)) ?? ""} ${path}`, set: parseInt(cell.slice(1), 10) };
        }
    }
}

/** The calls of the table that list a Graph permission, also where it needs a second one beside it, in the order of paths. */
export const openedCalls = (name: string): readonly string[] => {
    const permission = permissionNamed(name);
    if (permission === undefined) return [];
    const listed = callTable().sets.map((_, set) => listedIn(set).includes(permission));
    const all = Object.keys(callTable().paths).flatMap(root => [...cells(rootNode(root) ?? {}, `/${written(root)}`)]);
    const key = (call: string): string => `${call.slice(call.indexOf(" ") + 1)} ${call}`;
    return all
        .filter(({ set }) => listed[set])
        .map(({ call }) => call)
        .toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
};
