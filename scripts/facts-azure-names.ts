export type Kind = "action" | "dataAction";

/** One permission block of a role definition, as Azure lists it. */
export interface RawBlock {
    readonly actions: readonly string[];
    readonly notActions: readonly string[];
    readonly dataActions: readonly string[];
    readonly notDataActions: readonly string[];
    readonly condition: string | null;
}

export interface KnownActions {
    /** Sorted by lower-cased name, without doubles. */
    readonly actions: readonly string[];
    readonly dataActions: readonly string[];
    readonly kindOf: (action: string) => Kind | undefined;
    readonly indexOf: (action: string, kind: Kind) => number | undefined;
}

/** Whether a name stands for one action: no wildcard, and not cut off as `Microsoft.Insights/alertRules/` is in the source. */
export const isConcrete = (action: string): boolean => !action.includes("*") && !action.endsWith("/");

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Gathers the concrete action names of every source and settles on one spelling each: the commonest, then the first in code order. */
export class ActionNames {
    readonly #spellings = {
        action: new Map<string, Map<string, number>>(),
        dataAction: new Map<string, Map<string, number>>(),
    };

    add(name: string, kind: Kind): void {
        const action = name.trim();
        if (!isConcrete(action)) return;
        const key = action.toLowerCase();
        const counts = this.#spellings[kind].get(key) ?? new Map<string, number>();
        counts.set(action, (counts.get(action) ?? 0) + 1);
        this.#spellings[kind].set(key, counts);
    }

    addBlock(block: RawBlock): void {
        for (const action of [...block.actions, ...block.notActions]) this.add(action, "action");
        for (const action of [...block.dataActions, ...block.notDataActions]) this.add(action, "dataAction");
    }

    known(): KnownActions {
        const sorted = { action: this.#sorted("action"), dataAction: this.#sorted("dataAction") };
        const indices = {
            action: new Map(sorted.action.map((name, index) => [name.toLowerCase(), index])),
            dataAction: new Map(sorted.dataAction.map((name, index) => [name.toLowerCase(), index])),
        };
        return {
            actions: sorted.action,
            dataActions: sorted.dataAction,
            kindOf: action => (["action", "dataAction"] as const).find(kind => indices[kind].has(action.toLowerCase())),
            indexOf: (action, kind) => indices[kind].get(action.trim().toLowerCase()),
        };
    }

    #sorted(kind: Kind): string[] {
        const entries = [...this.#spellings[kind]].sort(([a], [b]) => byCode(a, b));
        return entries.map(([, counts]) => [...counts].sort(([a, m], [b, n]) => n - m || byCode(a, b))[0]?.[0] ?? "");
    }
}
