import { orderOfRights } from "./diff-compare.ts";
import type { Order } from "./diff-order.ts";
import { isDecided } from "./model.ts";
import type { Decided, Right } from "./model.ts";

/** A right before and the right after that stands for it. */
export interface Pair {
    readonly before: Right;
    readonly after: Right;
    readonly order: Order;
}

/** Rights of both sides, matched as far as they go; what is left over was removed or added. */
export interface Pairing {
    readonly pairs: readonly Pair[];
    readonly removed: readonly Right[];
    readonly added: readonly Right[];
}

/** Rights that one is compared with to find what it was exchanged for; beyond these it counts as removed. */
const MOST_TRIES = 200;

const text = (value: Decided<string> | undefined): string =>
    value === undefined ? "" : isDecided(value) ? value.toLowerCase() : "?";

const placeOf = (right: Right): string => {
    if (right.kind === "vault-policy") return right.vault.id ?? right.vault.urn ?? "?";
    if (right.kind !== "role" || !isDecided(right.scope)) return "?";
    return right.scope.id?.toLowerCase() ?? right.scope.urn ?? right.scope.kind;
};

/** What a right gives, whoever holds it and whichever resource gives it. */
export const contentOf = (right: Right): string => {
    switch (right.kind) {
        case "permission":
        case "delegated":
            return JSON.stringify([right.kind, text(right.api), text(right.permission)]);
        case "role":
            return JSON.stringify([right.kind, text(right.role), placeOf(right)]);
        case "directory-role":
            return JSON.stringify([right.kind, text(right.role), right.scope]);
        case "member":
            return JSON.stringify([right.kind, right.group]);
        case "owner":
            return JSON.stringify([right.kind, right.of]);
        case "vault-policy":
            return JSON.stringify([right.kind, placeOf(right)]);
    }
};

/** What stays when a right is exchanged for a wider or narrower one: the role, or where it is held. */
const keptWhenExchanged: readonly ((right: Right) => string)[] = [
    right => (right.kind === "role" ? text(right.role) : right.kind),
    right => (right.kind === "role" || right.kind === "vault-policy" ? placeOf(right) : right.kind),
    right => right.kind,
];

const group = (rights: readonly Right[], keyOf: (right: Right) => string): Map<string, Right[]> => {
    const groups = new Map<string, Right[]>();
    for (const right of rights) {
        const list = groups.get(keyOf(right));
        if (list === undefined) groups.set(keyOf(right), [right]);
        else list.push(right);
    }
    return groups;
};

interface Round {
    readonly oldKey: (right: Right) => string;
    readonly newKey: (right: Right) => string;
    readonly takes: (order: Order) => boolean;
    /** What the order is taken for, whatever it is. */
    readonly as?: Order;
}

const match = (before: Right, candidates: Right[], { takes, as }: Round): Pair | undefined => {
    for (const [at, after] of candidates.slice(0, MOST_TRIES).entries()) {
        const order = orderOfRights(before, after);
        if (!takes(order)) continue;
        candidates.splice(at, 1);
        return { before, after, order: as ?? order };
    }
    return undefined;
};

const play = ({ pairs, removed, added }: Pairing, round: Round): Pairing => {
    const waiting = group(added, round.newKey);
    const found = removed.map(right => match(right, waiting.get(round.oldKey(right)) ?? [], round));
    const taken = new Set(found.map(pair => pair?.after));
    return {
        pairs: [...pairs, ...found.filter(pair => pair !== undefined)],
        removed: removed.filter((_, at) => found[at] === undefined),
        added: added.filter(right => !taken.has(right)),
    };
};

const isHeldBySomebodyUnknown = ({ holder }: Right): boolean => holder.startsWith("unknown:");

const key = (right: Right): string => right.key;
const keyUnlessHolderIsKnown = (right: Right): string => (isHeldBySomebodyUnknown(right) ? right.key : "");

const isNotApart = (order: Order): boolean => order !== "apart";

/** Rights of one key of which nothing tells, on either side, who holds them: whether that changes is not known. */
const OF_UNKNOWN_HOLDERS: readonly Round[] = [
    { oldKey: key, newKey: keyUnlessHolderIsKnown, takes: isNotApart, as: "unclear" },
    { oldKey: keyUnlessHolderIsKnown, newKey: key, takes: isNotApart, as: "unclear" },
];

/**
 * Matches the rights of two models: those of one key, then those that give the same to the same holder, then those that
 * were exchanged for a wider or narrower one. `holderOf` is the holder after of a right before.
 */
export const pairRights = (
    before: readonly Right[],
    after: readonly Right[],
    holderOf: (right: Right) => string,
): Pairing => {
    const round = (keyOf: (right: Right) => string, takes: Round["takes"]): Round => ({
        oldKey: right => `${holderOf(right)} ${keyOf(right)}`,
        newKey: right => `${right.holder} ${keyOf(right)}`,
        takes,
    });
    const isExchange = (order: Order): boolean => order === "wider" || order === "narrower";
    const rounds = [
        round(key, isNotApart),
        ...OF_UNKNOWN_HOLDERS,
        round(contentOf, order => order === "same"),
        ...keptWhenExchanged.map(keyOf => round(keyOf, isExchange)),
    ];
    return rounds.reduce(play, { pairs: [], removed: before, added: after });
};
