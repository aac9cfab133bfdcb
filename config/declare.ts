import type { DateTime } from "luxon";
import { readApiGrants } from "./api-grants.ts";
import { readAzureGrants } from "./azure-grants.ts";
import { reportClashes } from "./clashes.ts";
import type { Declaration, WorkloadDeclaration } from "./declaration.ts";
import { readGroups } from "./groups.ts";
import { holderOf, Holders } from "./holders.ts";
import { readAccount, readFunctionApp, type Secrets } from "./hosts.ts";
import { readIdentity } from "./identity.ts";
import { declaredCalls } from "./needs.ts";
import { azureLocation, groupOf } from "./places.ts";
import type { Problems } from "./problems.ts";
import type { RawGroup, RawWorkload, UnusedGrants } from "./raw.ts";
import { readCalls, readRunbooks, type Scripts } from "./runbooks.ts";
import { reportUnlikeNeeds } from "./unlike-needs.ts";
import { readNeed } from "./workload-need.ts";

/** Everything that a declaration is read from. */
export interface Sources {
    readonly subscription: string;
    readonly location: string | undefined;
    readonly workloads: ReadonlyMap<string, RawWorkload>;
    readonly groups: ReadonlyMap<string, RawGroup>;
    readonly secrets: Secrets;
    readonly scripts: Scripts;
    readonly unusedGrants: UnusedGrants;
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
    holders: Holders,
): WorkloadDeclaration[] => {
    const at = ["workloads", name];
    const { subscription, workloads, scripts, now, unusedGrants } = sources;
    const identity = readIdentity(problems, at, name, raw, subscription);
    const runbooks = readRunbooks(problems, at, raw, scripts, now);
    const needs = runbooks.map(({ need }) => need);
    const account = readAccount(problems, at, raw, needs, sources.secrets);
    if (raw.runbooks?.length && !account)
        problems.add([...at, "runbooks"], "need an Automation account; expected 'account'");
    const held = holders.heldBy(identity ? holderOf(name, identity) : "");
    const calls = declaredCalls(readCalls(problems, at, raw.calls));
    const need = { ...readNeed(problems, raw, needs, calls), held, unused: unusedGrants };
    const apis = readApiGrants(problems, at, raw, need);
    const azure = readAzureGrants(problems, at, raw, { subscription, workloads, groups }, need);
    if (account) reportUnlikeNeeds(problems, name, account.name, needs);
    if (!identity) return [];
    const workload = {
        name,
        group: groupOf(name, raw),
        tags: raw.tags ?? {},
        identity,
        runbooks: runbooks.map(({ declaration }) => declaration),
        apis,
        azure,
        location: azureLocation(raw.location ?? sources.location ?? ""),
        ...without("account", account),
        ...without("functionApp", readFunctionApp(raw)),
    } as WorkloadDeclaration;
    holders.add(workload);
    return [workload];
};

/**
 * Reads a whole declaration.
 * @throws one Error that names everything that is wrong.
 */
export const declare = (sources: Sources, problems: Problems): Declaration => {
    const groups = readGroups(problems, sources.groups, sources.workloads, sources.location);
    const made = new Set(groups.map(({ name }) => name));
    const holders = new Holders();
    const workloads = [...sources.workloads].flatMap(([name, raw]) =>
        readWorkload(problems, name, raw, sources, made, holders),
    );
    reportClashes(problems, sources.subscription, workloads);
    problems.raise();
    return { subscription: sources.subscription, groups, workloads, warnings: problems.warnings };
};
