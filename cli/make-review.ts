import type { PolicyPackConfig } from "@pulumi/policy";
import { escalationPaths } from "../access/escalation.ts";
import type { AccessModel } from "../access/model.ts";
import { resourcesOfState } from "../policy-pack/adapter/state.ts";
import { accessOf } from "../policy-pack/judge-resources.ts";
import { docUrl } from "../policy-pack/rule.ts";
import { RULES } from "../policy-pack/rules/index.ts";
import type { Review } from "../review/model.ts";
import { reviewOf } from "../review/review-of.ts";
import type { OtherChanges } from "../review/other-changes.ts";
import type { RuleInfo } from "../review/sarif.ts";
import type { PlannedStep } from "./plan.ts";
import type { Reviewed } from "./review-plan.ts";
import { sourcesOf } from "./review-sources.ts";

const OPS = new Map<string, keyof OtherChanges>([
    ["create", "create"],
    ["import", "create"],
    ["update", "update"],
    ["create-replacement", "replace"],
    ["delete", "delete"],
]);

/** Steps that leave a resource as it is. */
const UNTOUCHED: ReadonlySet<string> = new Set(["same", "read", "refresh"]);

/** What changes beside access: steps on resources that neither give nor receive a right. */
const otherChanges = (steps: readonly PlannedStep[], models: readonly AccessModel[]): OtherChanges => {
    const shown = new Set(
        models.flatMap(({ rights, entries, principals, hosts }) => [
            ...[...rights, ...entries].map(({ urn }) => urn),
            ...[...principals, ...hosts].map(({ key }) => key),
        ]),
    );
    const counts = { create: 0, update: 0, replace: 0, delete: 0 };
    for (const { urn, op } of steps) {
        const counted = OPS.get(op);
        if (counted !== undefined && !shown.has(urn)) counts[counted] += 1;
    }
    return counts;
};

/** Every rule of the pack, for reports. */
export const ruleInfos = (): RuleInfo[] =>
    RULES.map(({ name, description, severity, remediationSteps: remediation }) => ({
        ...{ name, description, severity, remediation },
        url: docUrl(name),
    }));

/** Puts the review of a plan together. */
export const makeReview = async (of: Reviewed, config: PolicyPackConfig): Promise<Review> => {
    const { stack, plan, declared, unseen } = of;
    const now = new Date();
    const { model: after, findings, exceptions } = plan.access;
    const sources = declared === undefined ? {} : await sourcesOf(declared.project, declared.file, after);
    const deployed = plan.state === undefined ? [] : resourcesOfState(plan.state, after.renamed);
    const before = accessOf(deployed, config, now);
    const replaced = (plan.steps ?? []).filter(({ op }) => op === "create-replacement").map(({ urn }) => urn);
    const touched = plan.steps?.filter(({ op }) => !UNTOUCHED.has(op)).map(({ urn }) => urn);
    return reviewOf({
        stack,
        ...(touched && { touched }),
        before: before.model,
        after,
        findingsBefore: before.findings,
        findings,
        exceptions,
        paths: { before: escalationPaths(before.model), after: escalationPaths(after) },
        ...(plan.steps && { otherChanges: otherChanges(plan.steps, [before.model, after]) }),
        replacedIdentities: after.principals.map(({ key }) => key).filter(key => replaced.includes(key)),
        now,
        ...(unseen !== undefined && { offline: unseen }),
        sources,
    });
};
