import { type AzureJudgement, judgeAzure, type NeededAction } from "../access/judge-azure.ts";
import type { ListedGrant } from "./azure-grants.ts";
import { heldOf } from "./held-grant.ts";
import type { Path, Problems } from "./problems.ts";
import { reportUnused, type WorkloadNeed } from "./workload-need.ts";

type Held = ReturnType<typeof heldOf> & { readonly listed: ListedGrant };

type Report = (listed: ListedGrant, words: string, remedy?: string) => void;

const wordsFor = ({ grant }: ListedGrant): string => ("role" in grant ? `role '${grant.role}'` : "its list of actions");

const reportJudged = (report: Report, { unneeded, redundant, replaceable }: AzureJudgement<Held>): void => {
    for (const { listed } of unneeded) report(listed, `${wordsFor(listed)} is used by no action of the runbooks`);
    for (const { grant, coveredBy } of redundant) {
        const others = [...new Set(coveredBy.map(({ listed }) => wordsFor(listed)))].join(" and ");
        report(grant.listed, `${wordsFor(grant.listed)} allows nothing needed that ${others} does not allow`);
    }
    for (const { grant, by } of replaceable) {
        if (!("role" in grant.listed.grant)) continue;
        const names = by.roles.map(({ name }) => `'${name}'`).join(" and ");
        report(
            grant.listed,
            `${wordsFor(grant.listed)} opens more than the actions need; ${names} would do`,
            "declare that instead",
        );
    }
};

const reportSpareActions = (report: Report, { listed }: Held, taken: ReadonlySet<string>): void => {
    if ("role" in listed.grant) return;
    for (const action of listed.grant.actions)
        if (!taken.has(action.toLowerCase())) report(listed, `action '${action}' is taken by no runbook`);
};

/** What Azure grants without a reason give beyond the actions that the runbooks take. */
export const reportUnusedRoles = (
    problems: Problems,
    at: Path,
    need: WorkloadNeed,
    listed: readonly ListedGrant[],
    taken: readonly NeededAction[],
): void => {
    if (listed.length === 0) return;
    const held = listed.map((each): Held => ({ ...heldOf(each.grant), listed: each }));
    const report: Report = ({ isExplained, n }, words, remedy) => {
        if (!isExplained) reportUnused(problems, need, [...at, "azure", n], words, remedy);
    };
    const judged = judgeAzure(held, taken);
    reportJudged(report, judged);
    const actions = new Set(taken.map(({ action }) => action.toLowerCase()));
    for (const role of held.filter(each => !judged.unneeded.includes(each))) reportSpareActions(report, role, actions);
};
