import { armSegments, deriveAction } from "../access/arm-path.ts";
import { REVIEWED_CALLS, RULE_STANDS } from "./facts-azure-reviews.ts";
import type { Kind } from "./facts-azure-names.ts";

/** ARM method → path → action → flags. */
export type RestActions = Record<string, Record<string, Record<string, { readonly isDataAction?: boolean }>>>;

/** A call whose action the resource type rule does not give. A shape without a leading `/` holds below every scope. */
export type Override = readonly [method: string, shape: string, actions: readonly string[]];

const PARAMETER = /\{[^}]*\}/g;

const shapeOf = (path: string): string => {
    const segments = armSegments(path.replace(PARAMETER, "{}").toLowerCase());
    const provider = segments.findLastIndex(segment => segment === "providers") + 1;
    const named = provider > 0 && segments[provider] !== undefined && segments[provider] !== "{}";
    return named ? segments.slice(provider).join("/") : `/${segments.join("/")}`;
};

/** Generic paths (`/providers/{namespace}/{type}/…`) stand for every provider: there the rule gives the exact action. */
const isGeneric = (shape: string): boolean =>
    /\/providers\/\{\}\/./.test(shape) && !shape.includes("microsoft.features");

const listedActions = (listed: Record<string, unknown>): string[] => {
    const actions = Object.keys(listed);
    const doubles = new Set<string>();
    return actions.filter(action => !doubles.has(action.toLowerCase()) && doubles.add(action.toLowerCase()));
};

/** Whether some action on exactly the resource type of a derived one is known: `a/b/c/write` for `a/b/c/delete`. */
const typeIsKnown = (derived: string, kindOf: KindOf): boolean =>
    /\/(read|write|delete)$/.test(derived) &&
    ["read", "write", "delete"].some(verb => kindOf(derived.replace(/[^/]+$/, verb)) !== undefined);

/** Whether the rule's action is right although the source lists another: see docs/solver-azure.md. */
const ruleStands = (shape: string, derived: string, listed: readonly string[], kindOf: KindOf): boolean =>
    listed.some(action => action.toLowerCase() === derived) ||
    kindOf(derived) !== undefined ||
    typeIsKnown(derived, kindOf) ||
    RULE_STANDS.some(prefix => shape.startsWith(prefix));

type KindOf = (action: string) => Kind | undefined;

/** The calls whose action does not follow from the path, from the source and from the reviewed rows. */
export const armOverrides = (calls: RestActions, kindOf: KindOf): Override[] => {
    const overrides = new Map<string, Override>();
    for (const [method, paths] of Object.entries(calls)) {
        for (const [path, flags] of Object.entries(paths)) {
            const shape = shapeOf(path);
            const listed = listedActions(flags);
            const derived = deriveAction(method, path)?.toLowerCase();
            const known = derived !== undefined && ruleStands(shape, derived, listed, kindOf);
            if (!known && !isGeneric(shape)) overrides.set(`${method} ${shape}`, [method, shape, listed]);
        }
    }
    for (const { method, shape, action } of REVIEWED_CALLS)
        overrides.set(`${method} ${shape}`, [method, shape, [action]]);
    return [...overrides].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, override]) => override);
};
