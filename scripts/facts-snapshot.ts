import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { MICROSOFT_GRAPH, apis, appRoles, findAppRole } from "../access/apis.ts";
import { allowing, formatCall, parseCall } from "../access/calls.ts";
import { solveAzure } from "../access/azure-solver.ts";
import { listedCalls } from "../access/graph-listing.ts";
import { solveGraph } from "../access/graph-solver.ts";
import { findRole, roles } from "../access/roles.ts";
import { tierName } from "../access/tier.ts";

/** What the compiled tables say, as lines and texts to compare with those of another compilation. */
export interface Snapshot {
    readonly examples: readonly string[];
    readonly appRoles: readonly string[];
    readonly roles: readonly string[];
    readonly calls: Readonly<Record<string, string>>;
}

interface Runbook {
    readonly file: string;
    readonly calls?: readonly string[];
}

interface Workload {
    readonly graph?: readonly (string | { readonly permission: string })[];
    readonly calls?: readonly string[];
    readonly runbooks?: readonly Runbook[];
    readonly account?: string | { readonly runbooks?: readonly Runbook[] };
    readonly azure?: readonly { readonly role?: string; readonly actions?: readonly string[] }[];
}

const callAnswers = (): Record<string, string> =>
    Object.fromEntries(
        listedCalls().map(call => {
            const options = allowing(call);
            return [formatCall(call), options.map(option => option.join(" & ")).join(", ")];
        }),
    );

const graphLines = (workload: Workload): string[] => {
    const runbooks = [
        ...(workload.runbooks ?? []),
        ...(typeof workload.account === "object" ? (workload.account.runbooks ?? []) : []),
    ];
    const calls = [...(workload.calls ?? []), ...runbooks.flatMap(runbook => runbook.calls ?? [])];
    const solved = calls.length === 0 ? [] : [solveGraph(calls.map(parseCall))];
    const named = (workload.graph ?? []).map(entry => (typeof entry === "string" ? entry : entry.permission));
    return [
        ...solved.flatMap(({ permissions, reach }) => [
            `${calls.map(call => formatCall(parseCall(call))).join(", ")} → ${permissions.map(({ name }) => name).join(", ")}, reach ${String(reach)}`,
        ]),
        ...named.map(name => `${name}: ${tierName(findAppRole(MICROSOFT_GRAPH, name).tier)}`),
    ];
};

const azureLines = (workload: Workload): string[] =>
    (workload.azure ?? []).flatMap(({ role, actions }) => [
        ...(role === undefined ? [] : [`${role}: ${tierName(findRole(role).tier)}`]),
        ...(actions === undefined
            ? []
            : [
                  `${actions.join(", ")} → ${solveAzure(actions)
                      .roles.map(each => each.name)
                      .join(", ")}`,
              ]),
    ]);

const exampleLines = (): string[] => {
    const file = new URL("../Pulumi.example.yaml", import.meta.url);
    const { config } = parse(readFileSync(file, "utf8")) as { config: Record<string, Record<string, Workload>> };
    return Object.entries(config["leastwise:workloads"] ?? {}).flatMap(([name, workload]) =>
        [...graphLines(workload), ...azureLines(workload)].map(line => `${name}: ${line}`),
    );
};

const snapshot = (): Snapshot => ({
    examples: exampleLines(),
    appRoles: apis().flatMap(({ appId, name: api }) =>
        appRoles(appId).map(({ name, id, tier, state }) => `${api} ${name}: ${id}, ${tierName(tier)}, ${state}`),
    ),
    roles: roles().map(({ name, id, tier }) => `${name}: ${id}, ${tierName(tier)}`),
    calls: callAnswers(),
});

console.log(JSON.stringify(snapshot()));
