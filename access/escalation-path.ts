import type { Danger } from "./escalation-danger.ts";
import type { Hop } from "./finding.ts";
import type { Tier } from "./tier.ts";

/** A way from what a principal may do itself to a right that is more dangerous. */
export interface EscalationPath {
    /** Key of the principal that can take it. */
    readonly from: string;
    /** Key of the right that it leads to. */
    readonly to: string;
    /** Tier of that right; of one that is not decided, the control plane. */
    readonly tier: Tier;
    /** The same, told apart more finely. */
    readonly danger: Danger;
    /** In order; the last one is from the principal that holds the right to the right. */
    readonly hops: readonly Hop[];
    /** Key of the right to take away: one of the fewest that cut every path of the model. */
    readonly cut: string;
    /** Whether every hop is sure; what is not says so in its words. */
    readonly certain: boolean;
    /** On the last path that is told of a principal: more that are as dangerous are within its reach. */
    readonly more?: true;
    /** Keys of the entries by which somebody outside signs in as the principal. */
    readonly entries?: readonly string[];
}

/** A path before it is known what cuts it. */
export type UncutPath = Omit<EscalationPath, "cut">;

/** Which paths are told. */
export interface EscalationOptions {
    /**
     * Most paths that are told of one principal.
     * @default 5
     */
    readonly most?: number;
    /**
     * The least dangerous tier whose rights a path is told to.
     * @default 2
     */
    readonly leastTier?: Tier;
    /**
     * Whether paths of a principal, by its key, are told.
     * @default - of every principal
     */
    readonly from?: (principal: string) => boolean;
    /**
     * Whether paths to the rights of a principal, by its key, are told. Paths that lead on from it are in any case.
     * @default - of every principal
     */
    readonly to?: (principal: string) => boolean;
}
