import type { Call } from "./calls.ts";
import { callTable, rootNode } from "./graph-table.ts";
import { METHOD_LETTERS } from "./method.ts";

const METHODS = new Map(Object.entries(METHOD_LETTERS).map(([method, letter]) => [letter, method]));

/** A segment as people write it: `{}` as `{id}`, `range(address)` as `range(address={address})`. */
const written = (segment: string): string =>
    segment.replace("{}", "{id}").replace(
        /\((.+)\)/,
        (_, names: string) =>
            `(${names
                .split(",")
                .map(name => `${name}={${name}}`)
                .join(",")})`,
    );

function* callsUnder(node: object, path: string): Generator<Call> {
    for (const [segment, child] of Object.entries(node) as [string, object | string][])
        if (typeof child === "object") yield* callsUnder(child, `${path}/${written(segment)}`);
        else
            for (const text of child.split(" "))
                yield { method: METHODS.get(text.charAt(0)) ?? "", path, version: "v1.0" };
}

/** Every call that the table lists, in its order, whether applications may make it or not. */
export const listedCalls = (): Call[] =>
    Object.keys(callTable().paths).flatMap(root => [...callsUnder(rootNode(root) ?? {}, `/${written(root)}`)]);
