import { solveAzure } from "../access/azure-solver.ts";
import { solveGraph } from "../access/graph-solver.ts";
import type { Tier } from "../access/tier.ts";
import { needOf } from "../runbooks/scan/need.ts";
import { scanText } from "./runbook-scan.ts";

/** What a runbook's text needs, as far as it tells. */
export interface RunbookNeeds {
    /** Names of permissions and Azure actions. */
    readonly names: readonly string[];
    /** The most dangerous tier among what it needs; undefined where it needs nothing. */
    readonly tier: Tier | undefined;
}

const mostDangerous = (tiers: readonly Tier[]): Tier | undefined =>
    tiers.length === 0 ? undefined : (Math.min(...tiers) as Tier);

/** The least that a runbook's calls and actions come to. */
export const needsOfText = (text: string): RunbookNeeds => {
    const { calls, actions } = needOf(scanText(text));
    const { permissions } = solveGraph(calls);
    const roles = actions.length === 0 ? [] : solveAzure(actions).roles;
    return {
        names: [...permissions.map(({ name }) => name), ...actions].sort(),
        tier: mostDangerous([...permissions, ...roles].map(({ tier }) => tier)),
    };
};
