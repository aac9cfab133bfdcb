import { build, buildWithout } from "./escalation-build.ts";
import { cheapestCut } from "./escalation-cut.ts";
import { dangerOf } from "./escalation-danger.ts";
import { findPaths } from "./escalation-find.ts";
import type { EscalationOptions, EscalationPath, UncutPath } from "./escalation-path.ts";
import { inOrder, thresholdsOf } from "./escalation-thresholds.ts";
import type { AccessModel } from "./model.ts";

export { type Danger, dangerWords } from "./escalation-danger.ts";
export type { EscalationOptions, EscalationPath } from "./escalation-path.ts";

/** The right of a path that is taken away: of those that cut it the least dangerous, then the nearest to its end. */
const cutIn = (path: UncutPath, cut: ReadonlySet<string>, dangers: ReadonlyMap<string, number>): string => {
    const rights = path.hops.flatMap(({ by }) => by).filter(right => cut.has(right));
    const [best = path.to] = rights.toSorted((a, b) => (dangers.get(b) ?? 0) - (dangers.get(a) ?? 0));
    return best;
};

/**
 * Who can become whom, as far as it leads to more than they hold themselves: of each principal the shortest paths to the
 * most dangerous rights within its reach. A path that only lengthens another is left out, and so is membership of a
 * group, whose own paths are told. What is not decided counts as a way, and says so.
 * Same model, same answer, whatever the order of its lists.
 */
export const escalationPaths = (model: AccessModel, options: EscalationOptions = {}): readonly EscalationPath[] => {
    const ordered = inOrder(model);
    const thresholds = thresholdsOf(ordered);
    const whole = build(ordered);
    const paths = findPaths(whole, thresholds, options);
    if (paths.length === 0) return [];
    const { rights } = cheapestCut(ordered, paths, gone => findPaths(buildWithout(whole, gone), thresholds, options));
    const dangers = new Map(ordered.rights.map(right => [right.key, dangerOf(right)]));
    return paths.map(path => ({ ...path, cut: cutIn(path, rights, dangers) }));
};
