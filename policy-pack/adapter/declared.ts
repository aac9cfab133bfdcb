import type { PlainResource } from "./resource.ts";
import { partOf } from "./value.ts";

/** What a program says a right is for. */
export interface DeclaredWords {
    readonly reason?: string;
    readonly owner?: string;
    readonly calls?: readonly string[];
    readonly actions?: readonly string[];
}

const text = (grant: unknown, key: string): string | undefined => {
    const value = partOf(grant, key);
    return typeof value === "string" && value.trim() !== "" ? value : undefined;
};

const texts = (grant: unknown, key: string): readonly string[] | undefined => {
    const value = partOf(grant, key);
    return Array.isArray(value) && value.every(each => typeof each === "string") ? value : undefined;
};

/** The grants that a component of Leastwise says it makes; the engine shows a stack policy the outputs of components. */
const grantsOf = (component: PlainResource): readonly unknown[] => {
    if (component.token?.startsWith("leastwise:") !== true) return [];
    const grants = component.output("grants");
    return Array.isArray(grants) ? grants : [];
};

const same = (grant: unknown, key: string, value: string): boolean =>
    text(grant, key)?.toLowerCase().replace(/\/+$/, "") === value.toLowerCase().replace(/\/+$/, "");

const wordsOf = (grant: unknown): DeclaredWords => {
    const [reason, owner, calls, actions] = [
        text(grant, "reason"),
        text(grant, "owner"),
        texts(grant, "calls"),
        texts(grant, "actions"),
    ];
    return {
        ...(reason !== undefined && { reason }),
        ...(owner !== undefined && { owner }),
        ...(calls && { calls }),
        ...(actions && { actions }),
    };
};

const DEPTH = 4;

/**
 * The words that the components around a resource have for the right it gives: why, who answers for it, what it is for.
 * They are taken for words only: what the right is, is read from the resource itself.
 * @param parts texts by which the right is found among those of a component: `{ appRoleId: "df02…" }`
 */
export const declaredWords = (
    resource: PlainResource,
    parts: Readonly<Record<string, string | undefined>>,
): DeclaredWords => {
    const wanted = Object.entries(parts);
    let component = resource.parent;
    for (let depth = 0; component !== undefined && depth < DEPTH; depth += 1) {
        const found = grantsOf(component).find(grant =>
            wanted.every(([key, value]) => value !== undefined && same(grant, key, value)),
        );
        if (found !== undefined) return wordsOf(found);
        component = component.parent;
    }
    return {};
};
