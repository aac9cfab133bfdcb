import { lazy, readFacts } from "./facts.ts";
import { nearest } from "./name.ts";
import type { Tier } from "./tier.ts";

/** Whether an Action works on a resource (control plane) or on the data in it (data plane). */
export type ActionKind = "action" | "dataAction";

export const ACTION_KINDS: readonly ActionKind[] = ["action", "dataAction"];

interface ActionTable {
    readonly actions: readonly string[];
    readonly dataActions: readonly string[];
    readonly tiers: string;
    readonly dataTiers: string;
}

/** The known actions of one kind: names sorted by their lower case, and where each stands. */
export interface KnownActions {
    readonly names: readonly string[];
    readonly lower: readonly string[];
    readonly indexOf: ReadonlyMap<string, number>;
    readonly tiers: string;
}

const known = (names: readonly string[], tiers: string): KnownActions => {
    const lower = names.map(name => name.toLowerCase());
    return { names, lower, indexOf: new Map(lower.map((name, index) => [name, index])), tiers };
};

const tables = lazy((): Record<ActionKind, KnownActions> => {
    const table = readFacts<ActionTable>("azure-actions");
    return { action: known(table.actions, table.tiers), dataAction: known(table.dataActions, table.dataTiers) };
});

/** The universe excess is counted in: every concrete action of the ARM map and of the built-in roles. */
export const knownActions = (kind: ActionKind): KnownActions => tables()[kind];

/** First place at or after which sorted names are not below a text. */
export const firstNotBelow = (sorted: readonly string[], text: string): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
        const middle = (low + high) >>> 1;
        if ((sorted[middle] ?? "") < text) low = middle + 1;
        else high = middle;
    }
    return low;
};

const providers = lazy(() => {
    const found = new Map<string, string>();
    for (const kind of ACTION_KINDS) {
        for (const name of knownActions(kind).names) {
            const provider = name.slice(0, name.indexOf("/"));
            if (!found.has(provider.toLowerCase())) found.set(provider.toLowerCase(), provider);
        }
    }
    return found;
});

/** Names of the resource providers that have at least one known action. */
export const knownProviders = (): readonly string[] => [...providers().values()];

/** Whether an action's provider (`Microsoft.Compute`) has known actions. */
export const isKnownProvider = (action: string): boolean => providers().has((action.split("/")[0] ?? "").toLowerCase());

/** The action as the tables spell it, or undefined when they do not have it. */
export const findAction = (action: string, kind: ActionKind): string | undefined => {
    const { names, indexOf } = knownActions(kind);
    const index = indexOf.get(action.toLowerCase());
    return index === undefined ? undefined : names[index];
};

/** The known action of the same provider nearest to a misspelled one, if one is near enough to be meant. */
export const nearestAction = (action: string): string | undefined => {
    const provider = (action.split("/")[0] ?? "").toLowerCase();
    const candidates = ACTION_KINDS.flatMap(kind => {
        const { lower, names } = knownActions(kind);
        return names.slice(firstNotBelow(lower, `${provider}/`), firstNotBelow(lower, `${provider}0`));
    });
    return nearest(action, candidates);
};

/** Tier of a known action, where the tier source classifies it by itself. */
export const actionTier = (action: string, kind: ActionKind): Tier | undefined => {
    const { indexOf, tiers } = knownActions(kind);
    const tier = tiers[indexOf.get(action.toLowerCase()) ?? -1];
    return tier === undefined || tier === "-" ? undefined : (Number(tier) as Tier);
};

/** Whether an action only reads. Everything else (write, delete, action) counts as a write. */
export const isRead = (action: string): boolean => action.toLowerCase().endsWith("/read");

const matchesParts = (parts: readonly string[], action: string): boolean => {
    const first = parts[0] ?? "";
    if (parts.length === 1) return action === first;
    const last = parts.at(-1) ?? "";
    if (action.length < first.length + last.length || !action.startsWith(first) || !action.endsWith(last)) return false;
    let from = first.length;
    const end = action.length - last.length;
    for (const part of parts.slice(1, -1)) {
        const at = action.indexOf(part, from);
        if (at < 0 || at + part.length > end) return false;
        from = at + part.length;
    }
    return true;
};

/**
 * Azure's rule: names compare without regard to case, `*` stands for any characters, slashes included.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions-format
 */
export const matchesAction = (pattern: string, action: string): boolean => matcher(pattern)(action.toLowerCase());

/** `matchesAction` for one pattern and many actions, which must be in lower case. */
export const matcher = (pattern: string): ((lowerAction: string) => boolean) => {
    const parts = pattern.toLowerCase().split("*");
    return action => matchesParts(parts, action);
};
