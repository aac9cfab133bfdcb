import type { Call } from "./calls.ts";
import { isResourceSpecific, MICROSOFT_GRAPH } from "./apis.ts";
import { limitedIn, listedIn, permissionNamed } from "./graph-sets.ts";
import type { LimitedPermission } from "./graph-sets.ts";
import { needsOf } from "./graph-solution.ts";
import type { GraphSolution, Need } from "./graph-solution.ts";
import { familyWays } from "./scoped-ways.ts";
import { tierName } from "./tier.ts";
import type { Tier } from "./tier.ts";

/** A way to need less than a permission of an answer opens, that the tables cannot decide on their own. */
export interface NarrowerWay {
    /** The permission of the answer it can take the place of, or narrow. */
    readonly permission: string;
    readonly way: string;
    readonly page: string;
}

/** What a limited permission reaches, in words; undefined where it is no way to need less. */
const reachInWords = ({ limit: [kind, properties] }: LimitedPermission): string | undefined => {
    if (kind === "own") return "reaches only what the identity owns or was given one by one";
    return kind === "properties" && properties !== null && properties.length > 0
        ? `reaches only the properties ${properties.join(", ")}`
        : undefined;
};

const limitedWays = (permission: string, tier: Tier, { found }: Need): NarrowerWay[] => {
    if (found.kind !== "found") return [];
    const page = "https://learn.microsoft.com/graph/permissions-reference";
    const ways = limitedIn(found.cell.set).flatMap(limited => {
        const words = reachInWords(limited);
        const { name, tier: other } = limited.permission;
        return words === undefined || other < tier
            ? []
            : [{ permission, way: `${name} (${tierName(other)}) ${words}`, page }];
    });
    const perResource = listedIn(found.cell.set).filter(({ name }) => isResourceSpecific(name));
    return [
        ...ways,
        ...perResource.map(({ name }) => ({
            permission,
            way: `${name}, consented per team, chat or user by resource-specific consent of a Teams app`,
            page: "https://learn.microsoft.com/microsoftteams/platform/graph-api/rsc/resource-specific-consent",
        })),
    ];
};

const waysOfFamily = (permission: string): NarrowerWay[] => [
    ...new Map(
        familyWays(MICROSOFT_GRAPH, permission).map(({ way, page }) => [way, { permission, way, page }]),
    ).values(),
];

/** Resource-scoped ways to need even less than an answer does, by permission, each once. */
export const narrowerWays = ({ permissions }: GraphSolution, calls: readonly Call[]): readonly NarrowerWay[] => {
    const { needs } = needsOf(calls, "reviewed");
    const ways = permissions.flatMap(({ name, tier }) => {
        const number = permissionNamed(name)?.number ?? -1;
        const served = needs.filter(({ options }) => options.some(option => option.includes(number)));
        return [...waysOfFamily(name), ...served.flatMap(need => limitedWays(name, tier, need))];
    });
    return [...new Map(ways.map(way => [`${way.permission} ${way.way}`, way])).values()];
};
