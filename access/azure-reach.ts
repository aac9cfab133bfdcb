import { ACTION_KINDS, firstNotBelow, knownActions, isRead } from "./azure-actions.ts";
import type { ActionKind, KnownActions } from "./azure-actions.ts";
import { matcher } from "./azure-actions.ts";
import { clearBit } from "./action-set.ts";
import { emptyBits, setBit } from "./bits.ts";
import type { Bits } from "./bits.ts";
import { lazy } from "./facts.ts";
import type { PermissionBlock, RoleDefinition } from "./roles.ts";

/** What a role opens, as sets over the universe: the known control plane actions, then the known data actions. */
export interface RoleReach {
    /** Allowed for at least some requests. */
    readonly opens: Bits;
    /** Allowed whatever the request. */
    readonly covers: Bits;
}

const offset = (kind: ActionKind): number => (kind === "action" ? 0 : knownActions("action").names.length);

/** Number of actions in the universe. */
export const universeSize = (): number => offset("dataAction") + knownActions("dataAction").names.length;

/** Place of a known action in the universe. */
export const universeIndex = (action: string, kind: ActionKind): number | undefined => {
    const at = knownActions(kind).indexOf.get(action.toLowerCase());
    return at === undefined ? undefined : offset(kind) + at;
};

/** The action at a place in the universe. */
export const universeName = (at: number): string => {
    const data = offset("dataAction");
    return (at < data ? knownActions("action").names[at] : knownActions("dataAction").names[at - data]) ?? "";
};

const writes = lazy(() => {
    const set = emptyBits(universeSize());
    for (const kind of ACTION_KINDS) {
        knownActions(kind).lower.forEach((action, at) => {
            if (!isRead(action)) setBit(set, offset(kind) + at);
        });
    }
    return set;
});

/** The actions of the universe that do more than read. */
export const writeActions = (): Bits => writes();

const matching = (pattern: string, { lower }: KnownActions): number[] => {
    const prefix = pattern.slice(0, pattern.indexOf("*"));
    const matches = matcher(pattern);
    const found: number[] = [];
    for (let at = firstNotBelow(lower, prefix); at < lower.length && (lower[at] ?? "").startsWith(prefix); at += 1) {
        if (matches(lower[at] ?? "")) found.push(at);
    }
    return found;
};

const cache: Record<ActionKind, Map<string, readonly number[]>> = { action: new Map(), dataAction: new Map() };

/** Places, within their kind, of the known actions a pattern matches. */
const placesOf = (pattern: string, kind: ActionKind): readonly number[] => {
    const lower = pattern.toLowerCase();
    const known = knownActions(kind);
    if (!lower.includes("*")) {
        const at = known.indexOf.get(lower);
        return at === undefined ? [] : [at];
    }
    const found = cache[kind].get(lower) ?? matching(lower, known);
    cache[kind].set(lower, found);
    return found;
};

const apply = (
    set: Bits,
    patterns: readonly string[],
    kind: ActionKind,
    change: (set: Bits, at: number) => void,
): void => {
    const from = offset(kind);
    for (const pattern of patterns) for (const at of placesOf(pattern, kind)) change(set, from + at);
};

const blockOpens = (block: PermissionBlock): Bits => {
    const set = emptyBits(universeSize());
    apply(set, block.actions, "action", setBit);
    apply(set, block.notActions, "action", clearBit);
    apply(set, block.dataActions, "dataAction", setBit);
    apply(set, block.notDataActions, "dataAction", clearBit);
    return set;
};

const blockCovers = (block: PermissionBlock, opens: Bits): Bits => {
    if (block.condition === undefined) return opens;
    if (block.guarded === undefined) return emptyBits(universeSize());
    const set = opens.slice();
    for (const kind of ACTION_KINDS) apply(set, block.guarded, kind, clearBit);
    return set;
};

const merge = (sets: readonly Bits[]): Bits => {
    const [first = emptyBits(universeSize()), ...others] = sets;
    if (others.length === 0) return first;
    const merged = first.slice();
    for (const set of others)
        for (let at = 0; at < merged.length; at += 1) merged[at] = (merged[at] ?? 0) | (set[at] ?? 0);
    return merged;
};

const reaches = new WeakMap<RoleDefinition, RoleReach>();

/** What a role opens and covers of the universe; worked out once per role. */
export const roleReach = (role: RoleDefinition): RoleReach => {
    const known = reaches.get(role);
    if (known !== undefined) return known;
    const opened = role.permissions.map(blockOpens);
    const reach = {
        opens: merge(opened),
        covers: merge(role.permissions.map((block, at) => blockCovers(block, opened[at] ?? emptyBits(universeSize())))),
    };
    reaches.set(role, reach);
    return reach;
};
