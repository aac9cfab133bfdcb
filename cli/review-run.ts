import type { PolicyPackConfig } from "@pulumi/policy";
import { escalationPaths } from "../access/escalation.ts";
import type { AccessModel } from "../access/model.ts";
import { resourcesOfState } from "../policy-pack/adapter/state.ts";
import { accessOf } from "../policy-pack/judge-resources.ts";
import { docUrl } from "../policy-pack/rule.ts";
import { RULES } from "../policy-pack/rules/index.ts";
import type { Preset } from "../policy-pack/presets.ts";
import type { Review } from "../review/model.ts";
import { reviewOf } from "../review/review-of.ts";
import type { RuleInfo } from "../review/sarif.ts";
import { type FailOn, failing } from "../review/severity.ts";
import { readConfig } from "./check-config.ts";
import { offline } from "./offline.ts";
import type { SandboxBehaviour } from "./option-values.ts";
import { type Plan, type PlannedStep, planWithPack } from "./plan.ts";
import { findProject, onlyStack, type Project, stackFile } from "./project.ts";
import { readJson } from "./read-json.ts";
import { placeInRepository } from "./repository.ts";
import { placed, type ReportFiles, writeReports } from "./review-reports.ts";
import { sourcesOf } from "./review-sources.ts";
import { withSandbox } from "./with-sandbox.ts";

export interface ReviewOptions extends SandboxBehaviour, ReportFiles {
    /** @default - the only stack that the project has a configuration of */
    readonly stack?: string;
    readonly sandbox?: boolean;
    /** Without Azure, backend or secrets. */
    readonly offline?: boolean;
    /** File with an exported state, for a review that is offline. */
    readonly state?: string;
    readonly config?: string;
    readonly preset?: Preset;
    readonly failOn: FailOn;
}

const VIEW = { title: "Reviewing", done: "Previewed", words: () => "the stack" };

const OFFLINE = {
    state: "against an exported state; what has changed since, or outside of the stack, is not seen",
    none: "without a state; everything counts as new",
};

const planOffline = async (
    project: Project,
    stack: string,
    options: ReviewOptions,
    config: PolicyPackConfig,
): Promise<Plan> => {
    const state = options.state === undefined ? undefined : await readJson(options.state);
    const plan = await offline(project, stack, state, given =>
        planWithPack({ ...given, stack, config, view: VIEW, hideSecrets: true }),
    );
    return { ...plan, state };
};

const planOnline = (project: Project, stack: string, options: ReviewOptions, config: PolicyPackConfig): Promise<Plan> =>
    withSandbox(options.sandbox === true ? project : undefined, options, session =>
        planWithPack({ project, stack, config, view: VIEW, withState: true, ...(session && { session }) }),
    );

const OPS = new Map<string, keyof Review["other"]>([
    ["create", "create"],
    ["import", "create"],
    ["update", "update"],
    ["create-replacement", "replace"],
    ["delete", "delete"],
]);

/** What changes beside access: steps on resources that neither give nor receive a right. */
const otherChanges = (steps: readonly PlannedStep[], models: readonly AccessModel[]): Review["other"] => {
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

const ruleInfos = (): RuleInfo[] =>
    RULES.map(({ name, description, severity, remediationSteps: remediation }) => ({
        ...{ name, description, severity, remediation },
        url: docUrl(name),
    }));

/** Previews a stack and puts its review together. */
const review = async (project: Project, stack: string, options: ReviewOptions): Promise<Review> => {
    const file = stackFile(project, stack);
    const config = await readConfig(options);
    const now = new Date();
    const plan = await (options.offline === true ? planOffline : planOnline)(project, stack, options, config);
    const { model: after, findings, exceptions } = plan.access;
    const deployed = plan.state === undefined ? [] : resourcesOfState(plan.state, after.renamed);
    const before = accessOf(deployed, config, now);
    const replaced = plan.steps.filter(({ op }) => op === "create-replacement").map(({ urn }) => urn);
    return reviewOf({
        stack,
        before: before.model,
        after,
        findingsBefore: before.findings,
        findings,
        exceptions,
        paths: { before: escalationPaths(before.model), after: escalationPaths(after) },
        otherChanges: otherChanges(plan.steps, [before.model, after]),
        replacedIdentities: after.principals.map(({ key }) => key).filter(key => replaced.includes(key)),
        now,
        ...(options.offline === true && { offline: OFFLINE[plan.state === undefined ? "none" : "state"] }),
        sources: await sourcesOf(project, file, after),
    });
};

/**
 * Reviews a stack and writes the reports that are asked for.
 * @returns whether something was found that the review is to fail on
 * @throws Error when the stack, its state or the configuration cannot be read, or the preview fails by itself
 */
export const runReview = async (options: ReviewOptions): Promise<boolean> => {
    if (options.state !== undefined && options.offline !== true)
        throw new Error("--state is for a review with --offline; otherwise the state is that of the stack");
    const files = placed(options);
    const project = findProject();
    const { stack = onlyStack(project), failOn } = options;
    const made = await review(project, stack, options);
    const file = [placeInRepository(project.folder), `Pulumi.${stack}.yaml`].filter(part => part !== "").join("/");
    await writeReports(made, files, { failOn, rules: ruleInfos(), project: file });
    return failing(made, failOn).length > 0;
};
