import type { Hop } from "../access/finding.ts";
import type { AccessModel } from "../access/model.ts";
import type { Tier } from "../access/tier.ts";
import { counted } from "./count.ts";
import type { ReviewedPath } from "./model.ts";
import type { Names } from "./names.ts";
import { reviewedRight, rightInWords } from "./rights.ts";

/** A way from one identity to rights of a more dangerous tier. */
export interface Path {
    /** Key of a principal. */
    readonly from: string;
    /** Key of a principal or of a right. */
    readonly to: string;
    readonly tier: Tier;
    readonly hops: readonly Hop[];
    /** Key of the right whose removal cuts it. */
    readonly cut: string;
    /** Whether every hop is sure. @default - true */
    readonly certain?: boolean;
    /** Whether more rights as dangerous are within reach, by paths that are not told. @default - false */
    readonly more?: boolean;
    /** Keys of the entries by which somebody outside signs in as the first principal. @default - none */
    readonly entries?: readonly string[];
}

const keyOf = ({ from, to }: Path): string => JSON.stringify([from, to]);

const route = ({ hops }: Path): string => JSON.stringify(hops.map(({ from, to, edge }) => [from, to, edge]));

/** Names rights by what they give, all else as it is called. */
export const wordsForKeys = (models: readonly AccessModel[], names: Names): ((key: string) => string) => {
    const rights = new Map(models.flatMap(({ rights: all }) => all.map(right => [right.key, right] as const)));
    return key => {
        const right = rights.get(key);
        return right === undefined ? names.of(key) : rightInWords(reviewedRight(right, names, {}));
    };
};

const ORDER: readonly ReviewedPath["change"][] = ["opened", "rerouted", "closed", "kept"];

const byDanger = (a: ReviewedPath, b: ReviewedPath): number =>
    ORDER.indexOf(a.change) - ORDER.indexOf(b.change) ||
    (a.tier ?? 0) - (b.tier ?? 0) ||
    a.hops.length - b.hops.length ||
    (a.fromName + a.toName < b.fromName + b.toName ? -1 : 1);

const changeOf = (was: Path | undefined, is: Path | undefined): ReviewedPath["change"] => {
    if (was === undefined) return "opened";
    if (is === undefined) return "closed";
    return route(was) === route(is) ? "kept" : "rerouted";
};

/** What is to be known of a path beside its steps. */
const notesOf = ({ certain = true, more = false, entries = [] }: Path): { readonly notes: string[] } => ({
    notes: [
        ...(entries.length > 0 ? [`${counted(entries.length, "sign-in")} from outside can start it`] : []),
        ...(certain ? [] : ["not sure: a step rests on what only the deployment decides"]),
        ...(more ? ["other rights as dangerous are within reach too"] : []),
    ],
});

/** Escalation paths of both sides: opened, closed, by another way now, or as before; most dangerous first. */
export const reviewedPaths = (
    before: readonly Path[],
    after: readonly Path[],
    words: (key: string) => string,
): ReviewedPath[] => {
    const [old, now] = [before, after].map(paths => new Map(paths.map(path => [keyOf(path), path])));
    const keys = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
    return [...keys]
        .flatMap((key): ReviewedPath[] => {
            const [was, is] = [old?.get(key), now?.get(key)];
            const path = is ?? was;
            if (path === undefined) return [];
            const { from, to, tier, hops, cut } = path;
            return [
                {
                    change: changeOf(was, is),
                    ...{ from, to, tier, fromName: words(from), toName: words(to) },
                    hops: hops.map(hop => ({
                        from: hop.from,
                        to: hop.to,
                        edge: hop.edge,
                        words: hop.words,
                        by: [...hop.by],
                    })),
                    ...notesOf(path),
                    ...(is === undefined ? {} : { cut: words(cut), cutKey: cut }),
                },
            ];
        })
        .sort(byDanger);
};

/** `1 escalation path opened, 2 closed`. */
export const pathsInWords = (paths: readonly ReviewedPath[]): string => {
    const [opened, closed] = (["opened", "closed"] as const).map(
        change => paths.filter(path => path.change === change).length,
    );
    return opened
        ? `${counted(opened, "escalation path")} opened`
        : closed
          ? `${counted(closed, "escalation path")} closed`
          : "";
};
