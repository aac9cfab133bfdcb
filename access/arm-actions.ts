import { ARM_METHODS, armSegments, deriveAction } from "./arm-path.ts";
import { ACTION_KINDS, findAction } from "./azure-actions.ts";
import { lazy, readFacts } from "./facts.ts";

interface RestTable {
    readonly overrides: readonly (readonly [method: string, shape: string, actions: readonly string[]])[];
}

interface Node {
    readonly children: Map<string, Node>;
    readonly actions: Map<string, readonly string[]>;
}

const NAME = "{}";

const node = (): Node => ({ children: new Map(), actions: new Map() });

const insert = (root: Node, shape: string, method: string, actions: readonly string[]): void => {
    let at = root;
    for (const segment of armSegments(shape)) {
        const next = at.children.get(segment) ?? node();
        at.children.set(segment, next);
        at = next;
    }
    at.actions.set(method, actions);
};

const tries = lazy(() => {
    const absolute = node();
    const below = node();
    for (const [method, shape, actions] of readFacts<RestTable>("azure-rest").overrides) {
        insert(shape.startsWith("/") ? absolute : below, shape, method, actions);
    }
    return { absolute, below };
});

const search = (at: Node, segments: readonly string[], method: string): readonly string[] | undefined => {
    const [segment, ...rest] = segments;
    if (segment === undefined) return at.actions.get(method);
    for (const key of [segment, NAME]) {
        const next = at.children.get(key);
        const found = next === undefined ? undefined : search(next, rest, method);
        if (found !== undefined) return found;
    }
    return undefined;
};

const override = (method: string, path: string): readonly string[] | undefined => {
    const segments = armSegments(path.toLowerCase());
    const provider = segments.findLastIndex(segment => segment === "providers") + 1;
    const { absolute, below } = tries();
    return (
        search(absolute, segments, method) ??
        (provider === 0 ? undefined : search(below, segments.slice(provider), method))
    );
};

const canonical = (action: string): string =>
    ACTION_KINDS.map(kind => findAction(action, kind)).find(found => found !== undefined) ?? action;

/**
 * The actions a Resource Manager call needs, all of them. Most follow from the path by the resource type rule; the table
 * holds only the calls that differ, so a call of a new resource type is answered too. Names in the path may be real
 * names or `{}`; a query is ignored. Empty for a path with neither provider nor row in the table.
 * @throws Error `unknown method 'FETCH' …`
 */
export const actionsOf = (method: string, armPath: string): readonly string[] => {
    const verb = method.toUpperCase();
    if (!ARM_METHODS.includes(verb)) {
        throw new Error(`unknown method '${method}'; expected one of ${ARM_METHODS.join(", ")}`);
    }
    const listed = override(verb === "HEAD" ? "GET" : verb, armPath);
    if (listed !== undefined) return listed;
    const derived = deriveAction(verb, armPath);
    return derived === undefined ? [] : [canonical(derived)];
};
