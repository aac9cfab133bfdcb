// Prints the figures of docs/facts.md from the compiled tables. Run: node scripts/facts-figures.ts
import { MICROSOFT_GRAPH, apis, appRoles } from "../access/apis.ts";
import { permissions, setOptions } from "../access/graph-sets.ts";
import { callTable, rootNode } from "../access/graph-table.ts";
import type { Entry, LimitKind } from "../access/graph-table.ts";

const { sets, limits, paths } = callTable();

const countPaths = (node: object): number =>
    (Object.values(node) as (object | string)[]).reduce<number>(
        (sum, child) => sum + (typeof child === "string" ? 1 : countPaths(child)),
        0,
    );

const kindOf = (entry: Entry): LimitKind | undefined =>
    typeof entry === "number" || entry[2] === undefined ? undefined : limits[entry[2]]?.[0];

/** Calls whose set has a property, and how many entries of them have it. */
const count = (has: (entry: Entry) => boolean): { calls: number; entries: number } => {
    let [calls, entries] = [0, 0];
    for (const [reads, writes, list] of sets) {
        const matching = list.filter(has).length;
        if (matching > 0) calls += reads + writes;
        entries += matching * (reads + writes);
    }
    return { calls, entries };
};

const callsWhere = (holds: (set: number) => boolean): number =>
    sets.reduce((sum, [reads, writes], set) => sum + (holds(set) ? reads + writes : 0), 0);

const graph = appRoles(MICROSOFT_GRAPH);
console.log({
    paths: Object.keys(paths).reduce((sum, root) => sum + countPaths(rootNode(root) ?? {}), 0),
    calls: callsWhere(() => true),
    allowed: callsWhere(set => setOptions(set).length > 0),
    delegatedOnly: callsWhere(set => sets[set]?.[2].length === 0),
    withoutAppRole: callsWhere(set => sets[set]?.[2].length !== 0 && setOptions(set).length === 0),
    sets: sets.length,
    pairs: count(entry => typeof entry !== "number" && entry[1].length > 0).calls,
    permissions: permissions().length,
    notGrantable: permissions().filter(({ grantable }) => !grantable).length,
    graphAppRoles: graph.length,
    tiers: [0, 1, 2].map(tier => graph.filter(role => role.tier === tier).length),
    states: ["enabled", "hidden", "disabled"].map(state => graph.filter(role => role.state === state).length),
    otherAppRoles: apis().reduce((sum, { appId }) => sum + appRoles(appId).length, -graph.length),
});
for (const kind of new Set(limits.map(([each]) => each)))
    console.log(
        kind,
        count(entry => kindOf(entry) === kind),
    );
