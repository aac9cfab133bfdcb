import { rankOf } from "../changes.ts";
import type { ChangeKind } from "../changes.ts";
import type { Review, ReviewedIdentity, ReviewedPath, ReviewedRight } from "../model.ts";

export type MapChange = ChangeKind | "unchanged";

export interface MapRight {
    readonly id: string;
    readonly target: string;
    readonly right: ReviewedRight;
    readonly change: MapChange;
    readonly how: readonly string[];
}

export interface MapIdentity {
    readonly id: string;
    readonly name: string;
    readonly identity: ReviewedIdentity | undefined;
    readonly rights: readonly MapRight[];
}

export interface MapTarget {
    readonly id: string;
    readonly name: string;
}

/** One step of a drawn path: to another identity, or to a right at its end. */
export interface MapHop {
    readonly from: string;
    readonly to: string;
    readonly toRight: boolean;
    /** The rights that the step takes, as far as they are drawn. */
    readonly by: readonly string[];
}

export interface MapPath {
    readonly id: string;
    readonly path: ReviewedPath;
    readonly hops: readonly MapHop[];
}

/** What an access map shows. */
export interface AccessMap {
    readonly identities: readonly MapIdentity[];
    readonly targets: readonly MapTarget[];
    readonly paths: readonly MapPath[];
    /** Rights that are not drawn, as there are too many; the tables have them. */
    readonly left: number;
    /** Whether what does not change is hidden at first. */
    readonly hidesUnchanged: boolean;
}

/** Rights that are drawn at most, and those above which what does not change is hidden at first. */
const MOST_DRAWN = 3_000;
const MANY = 40;

type Drawn = Omit<MapRight, "id" | "target">;

const isOpening = (change: MapChange): boolean => ["added", "widened", "unknown"].includes(change);

const order = ({ change, right }: Drawn): number =>
    rankOf(right.tier) * 3 + (isOpening(change) ? 0 : change === "unchanged" ? 2 : 1);

const drawnRights = ({ changes, unchanged }: Review): readonly Drawn[] => [
    ...changes.map(({ change, right, how }): Drawn => ({ change, right, how })),
    ...unchanged.map((right): Drawn => ({ change: "unchanged", right, how: [] })),
];

const hopsOf = (
    { hops }: ReviewedPath,
    identity: ReadonlyMap<string, string>,
    right: ReadonlyMap<string, string>,
): MapHop[] =>
    hops.flatMap((hop): MapHop[] => {
        const [from, to, end] = [identity.get(hop.from), identity.get(hop.to), right.get(hop.to)];
        if (from === undefined) return [];
        const by = hop.by.flatMap(key => right.get(key) ?? []);
        if (to !== undefined) return [{ from, to, toRight: false, by }];
        return end === undefined ? [] : [{ from, to: end, toRight: true, by }];
    });

/** Arranges a review for a map: identities with the most dangerous rights first, each with its own in that order. */
export const accessMapOf = (review: Review): AccessMap => {
    const all = drawnRights(review).toSorted((a, b) => order(a) - order(b));
    const drawn = all.slice(0, MOST_DRAWN);
    const known = new Map(review.identities.map(each => [each.key, each]));
    const onPaths = review.paths.flatMap(({ hops }) => hops.flatMap(({ from, to }) => [from, to]));
    const holders: Map<string, readonly Drawn[]> = Map.groupBy(drawn, ({ right }) => right.holder);
    for (const key of onPaths) if (known.has(key) && !holders.has(key)) holders.set(key, []);
    const targets = new Map(
        [...new Set(drawn.map(({ right }) => right.on))].map((name, at) => [name, { id: `t${String(at)}`, name }]),
    );
    let count = 0;
    const identities = [...holders].map(([key, rights], at): MapIdentity => ({
        id: `i${String(at)}`,
        name: known.get(key)?.name ?? "not known yet",
        identity: known.get(key),
        rights: rights.map(each => ({
            id: `r${String(count++)}`,
            target: targets.get(each.right.on)?.id ?? "",
            ...each,
        })),
    }));
    const identityIds = new Map([...holders.keys()].map((key, at) => [key, identities[at]?.id ?? ""]));
    const rightIds = new Map(
        identities.flatMap(({ rights }) => rights.map(({ id, right }) => [right.key, id] as const)),
    );
    return {
        identities,
        targets: [...targets.values()],
        paths: review.paths
            .filter(({ change }) => change !== "closed")
            .map((path, at) => ({ id: `p${String(at)}`, path, hops: hopsOf(path, identityIds, rightIds) })),
        left: all.length - drawn.length,
        hidesUnchanged: review.changes.length > 0 && all.length > MANY,
    };
};
