import { listedIn, permissionNamed } from "./graph-sets.ts";
import { callTable } from "./graph-table.ts";
import { METHOD_LETTERS } from "./method.ts";

type Paths = ReturnType<typeof callTable>["paths"];

const METHOD_OF = new Map(Object.entries(METHOD_LETTERS).map(([method, letter]) => [letter, method]));

function* cells(node: Paths, path: string): Generator<{ readonly call: string; readonly set: number }> {
    for (const [segment, value] of Object.entries(node)) {
        if (typeof value !== "string") {
            yield* cells(value, `${path}/${segment === "{}" ? "{id}" : segment}`);
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
    const found = [...cells(callTable().paths, "")].filter(({ set }) => listed[set]).map(({ call }) => call);
    const key = (call: string): string => `${call.slice(call.indexOf(" ") + 1)} ${call}`;
    return found.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
};
