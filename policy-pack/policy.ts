import type {
    ReportViolation,
    ResourceValidation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import { PlainResource } from "./adapter/resource.ts";
import { StackDefinitions } from "./adapter/stack-definitions.ts";
import { weigh } from "./exceptions.ts";
import { judge, mend, type Verdict } from "./judge.ts";
import { judgeStack } from "./judge-stack.ts";
import { isMandatory } from "./level.ts";
import { isOfConcern, type Reading, readingOf } from "./reading.ts";
import type { Run } from "./run.ts";
import { docUrl, frameworkOf, type Rule } from "./rule.ts";
import { schemaOf, type Settings, settingsOf } from "./settings.ts";
import { optionsFor } from "./where.ts";

/**
 * A policy of both kinds: the resource half stops what an update must not make; the stack half gates a preview, and tells
 * what stops nothing.
 */
export type Policy = ResourceValidationPolicy &
    StackValidationPolicy & { readonly validateResource: ResourceValidation };

type PolicyMetadata = Omit<Policy, "validateResource" | "validateStack" | "remediateResource">;

const metadataOf = (rule: Rule): PolicyMetadata => ({
    name: rule.name,
    description: rule.description,
    enforcementLevel: "mandatory",
    severity: rule.severity,
    framework: frameworkOf(rule),
    tags: rule.controls.cis === undefined ? [] : [`CIS Azure 2.0.0 ${rule.controls.cis}`],
    remediationSteps: rule.remediationSteps,
    url: docUrl(rule.name),
    configSchema: schemaOf(rule),
});

/** Runs what judges, and reports what stands in its way: a broken setting must not pass for a clean stack. */
const guarded = (report: ReportViolation, run: () => void): void => {
    try {
        run();
    } catch (error) {
        report(`the rule is configured wrongly: ${(error as Error).message}`);
    }
};

/**
 * What a resource by itself shows to be wrong with it. Where its options hang on what the stack half alone sees, only what
 * is wrong under all that may hold.
 */
const decidedVerdicts = (rule: Rule, reading: Reading, { options, where }: Settings, now: Date): readonly Verdict[] => {
    const found = optionsFor(options, where, reading.resource, "resource").map(each =>
        judge(rule, reading, { options: each, moment: { now } }).filter(({ awaited }) => !awaited),
    );
    return found.every(each => each.length > 0) ? (found[0] ?? []) : [];
};

/**
 * The properties of a resource, mended where the rule is certain of it. It is read by itself and leaves no trace: what it
 * becomes is judged afterwards.
 */
const remediated = (rule: Rule, args: ResourceValidationArgs, now: Date): Record<string, unknown> | undefined => {
    const { options, where } = settingsOf(rule, args.getConfig());
    const reading = readingOf(rule.judges, new PlainResource(args), new StackDefinitions());
    const [set, ...others] = optionsFor(options, where, reading.resource, "resource");
    if (set === undefined || others.length > 0) return undefined;
    const changes = mend(rule, reading, { options: set, moment: { now } });
    return changes === undefined ? undefined : Object.assign(args.props, changes);
};

/** The policy that runs a rule. Its halves, and the policies of other rules, share what they see of the run. */
export const policyOf = (rule: Rule, run: Run, clock: () => Date): Policy => {
    let known: Settings | undefined;

    const judgeResource = (args: ResourceValidationArgs, report: ReportViolation): void => {
        if (!run.gates(rule.name)) {
            run.take(args);
            return;
        }
        const reading = run.see(args, rule);
        const settings = (known ??= settingsOf(rule, args.getConfig()));
        if (!isOfConcern(reading)) return;
        const now = clock();
        const moment = { now, mostDays: settings.exceptionDays };
        const decided = decidedVerdicts(rule, reading, settings, now);
        for (const { verdict, accepted } of weigh(decided, settings.exceptions, moment)) {
            if (accepted !== undefined) continue;
            run.note(rule.name, verdict.urn, verdict.message);
            report(verdict.message);
        }
    };

    const judgeWholeStack = (args: StackValidationArgs, report: ReportViolation): void => {
        const view = run.view(args.resources, rule.name);
        const mandatory = isMandatory(run.levelOf(rule.name));
        const outcome = judgeStack(rule, view, { given: args.getConfig(), mandatory, now: clock() });
        const standing = outcome.findings.filter(({ accepted }) => accepted === undefined);
        for (const { message, urn } of standing.filter(each => !run.hasReported(rule.name, each.urn, each.message)))
            report(message, urn === "" ? undefined : urn);
        run.conclude(rule.name, outcome);
    };

    return {
        ...metadataOf(rule),
        ...(rule.remediate && { remediateResource: args => remediated(rule, args, clock()) }),
        validateResource: (args, report) => guarded(report, () => judgeResource(args, report)),
        validateStack: (args, report) => guarded(report, () => judgeWholeStack(args, report)),
    };
};
