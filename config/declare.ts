import type { DateTime } from "luxon";
import { readApiGrants } from "./api-grants.ts";
import { readAzureGrants } from "./azure-grants.ts";
import { reportClashes } from "./clashes.ts";
import type { Declaration, WorkloadDeclaration } from "./declaration.ts";
import { readGroups } from "./groups.ts";
import { readAccount, readFunctionApp, readIdentity, type Secrets } from "./hosts.ts";
import { azureLocation, groupOf } from "./places.ts";
import { Problems } from "./problems.ts";
import type { RawGroup, RawWorkload } from "./raw.ts";
import { readRunbooks } from "./runbooks.ts";

/** Everything that a declaration is read from. */
export interface Sources {
    readonly subscription: string;
    readonly location: string | undefined;
    readonly workloads: ReadonlyMap<string, RawWorkload>;
    readonly groups: ReadonlyMap<string, RawGroup>;
    readonly secrets: Secrets;
    /** The folder that runbook files are in. */
    readonly folder: string;
    readonly now: DateTime;
}

const without = <T>(key: string, value: T | undefined): Record<string, T> =>
    value === undefined ? {} : { [key]: value };

const readWorkload = (
    problems: Problems,
    name: string,
    raw: RawWorkload,
    sources: Sources,
    groups: ReadonlySet<string>,
): WorkloadDeclaration[] => {
    const at = ["workloads", name];
    const { subscription, workloads } = sources;
    const identity = readIdentity(problems, at, name, raw, subscription);
    const account = readAccount(problems, at, raw, sources.secrets);
    const runbooks = readRunbooks(problems, at, raw, sources.folder, sources.now);
    if (raw.runbooks?.length && !account)
        problems.add([...at, "runbooks"], "need an Automation account; expected 'account'");
    const apis = readApiGrants(
        problems,
        at,
        raw,
        runbooks.flatMap(({ calls }) => calls),
    );
    const azure = readAzureGrants(problems, at, raw, { subscription, workloads, groups });
    if (!identity) return [];
    return [
        {
            name,
            group: groupOf(name, raw),
            tags: raw.tags ?? {},
            identity,
            runbooks,
            apis,
            azure,
            location: azureLocation(raw.location ?? sources.location ?? ""),
            ...without("account", account),
            ...without("functionApp", readFunctionApp(raw)),
        } as WorkloadDeclaration,
    ];
};

/** Runbooks of one account share its identity; where their calls differ, each can do what only another needs. */
const unlikeNeeds = ({ name, account, runbooks }: WorkloadDeclaration): string[] => {
    const needs = new Set(runbooks.filter(({ calls }) => calls.length > 0).map(({ calls }) => calls.toSorted().join()));
    return account && needs.size > 1
        ? [
              `workload '${name}': its runbooks have unlike needs, and each can use what the account '${account.name}' may do; an account each would part them`,
          ]
        : [];
};

/**
 * Reads a whole declaration.
 * @throws one Error that names everything that is wrong.
 */
export const declare = (sources: Sources, problems = new Problems()): Declaration => {
    const groups = readGroups(problems, sources.groups, sources.workloads, sources.location);
    const made = new Set(groups.map(({ name }) => name));
    const workloads = [...sources.workloads].flatMap(([name, raw]) => readWorkload(problems, name, raw, sources, made));
    reportClashes(problems, sources.subscription, workloads);
    problems.raise();
    return { subscription: sources.subscription, groups, workloads, warnings: workloads.flatMap(unlikeNeeds) };
};
