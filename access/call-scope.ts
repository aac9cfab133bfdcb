import { armSegments } from "./arm-path.ts";
import { parseScope } from "./scope.ts";
import type { Scope } from "./scope.ts";

const PLACEHOLDER = /^[{<$]|^$/;
const WIDE: readonly Scope["kind"][] = ["tenant", "managementGroup"];

const scopeAt = (segments: readonly string[]): Scope | undefined => {
    try {
        return parseScope(`/${segments.join("/")}`);
    } catch {
        return undefined;
    }
};

/**
 * The narrowest scope a role needs to be assigned on for a Resource Manager call: the resource it names; for a list, what the
 * list is in; for a `PUT`, which may make the resource, what it is made in. Undefined where the path names no subscription,
 * or only a placeholder for one.
 */
export const callScope = (method: string, path: string): string | undefined => {
    const all = armSegments(path);
    const placeholder = all.findIndex(segment => PLACEHOLDER.test(segment));
    const named = placeholder < 0 ? all : all.slice(0, placeholder);
    const longest = method.toUpperCase() === "PUT" && placeholder < 0 ? all.length - 1 : named.length;
    for (let length = longest; length >= 2; length -= 1) {
        const scope = scopeAt(named.slice(0, length));
        if (scope !== undefined && !WIDE.includes(scope.kind)) return scope.id;
    }
    return undefined;
};
