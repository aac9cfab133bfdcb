import type {
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import { StackDefinitions } from "./adapter/stack-definitions.ts";
import {
    type Exception,
    EXCEPTIONS_SCHEMA,
    MOST_DAYS_SCHEMA,
    unusedExceptions,
    withoutExcepted,
} from "./exceptions.ts";
import { type Finding, judge, type JudgeContext } from "./judge.ts";
import type { Run } from "./run.ts";
import { docUrl, frameworkOf, type Rule } from "./rule.ts";

/** A policy of both kinds: the resource half gates each resource of an update, the stack half a whole preview. */
export type Policy = ResourceValidationPolicy & StackValidationPolicy;

type PolicyMetadata = Omit<Policy, "validateResource" | "validateStack" | "remediateResource">;

interface Settings {
    readonly exceptions: readonly Exception[];
    readonly exceptionDays: number;
    readonly options: Readonly<Record<string, unknown>>;
}

const settingsOf = (rule: Rule, given: Readonly<Record<string, unknown>>): Settings => {
    const defaults = Object.entries(rule.options).map(([key, option]) => [key, option.default]);
    const { exceptions = [], exceptionDays = MOST_DAYS_SCHEMA.default, ...options } = given;
    const values = { ...Object.fromEntries(defaults), ...options } as Record<string, never>;
    rule.prepare?.(values);
    return { exceptions: exceptions as Exception[], exceptionDays: exceptionDays as number, options: values };
};

const schemaOf = (rule: Rule): PolicyConfigSchema => ({
    properties: {
        ...rule.options,
        exceptions: EXCEPTIONS_SCHEMA,
        exceptionDays: MOST_DAYS_SCHEMA,
    } as unknown as PolicyConfigSchema["properties"],
});

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

/** The policy that runs a rule. Its halves, and the policies of other rules, share what they see of the run. */
export const policyOf = (rule: Rule, run: Run, clock: () => Date): Policy => {
    const contextOf = ({ options }: Settings, defined: StackDefinitions): JudgeContext => ({
        defined,
        options,
        moment: { now: clock() },
    });
    const standing = (findings: readonly Finding[], { exceptions, exceptionDays }: Settings): readonly Finding[] =>
        withoutExcepted(findings, exceptions, { now: clock(), mostDays: exceptionDays });

    const judgeResource = (args: ResourceValidationArgs, report: ReportViolation): void => {
        const resource = run.see(args);
        const settings = settingsOf(rule, args.getConfig());
        const found = judge(rule, resource, contextOf(settings, run.defined)).filter(({ awaited }) => !awaited);
        for (const { message, urn } of standing(found, settings)) {
            run.note(rule.name, urn, message);
            report(message);
        }
    };

    const judgeStack = (args: StackValidationArgs, report: ReportViolation): void => {
        const settings = settingsOf(rule, args.getConfig());
        const resources = run.resources(args.resources);
        const defined = new StackDefinitions();
        for (const resource of resources) defined.add(resource);
        const found = resources.flatMap(resource => judge(rule, resource, contextOf(settings, defined)));
        const fresh = standing(found, settings).filter(({ urn, message }) => !run.hasReported(rule.name, urn, message));
        for (const { message, urn } of fresh) report(message, urn);
        const urns = resources.map(({ urn }) => urn);
        for (const { urn, finding } of unusedExceptions(found, settings.exceptions, urns))
            report(`an exception is for no finding of this stack: '${finding}' on '${urn}'`);
    };

    return {
        ...metadataOf(rule),
        validateResource: (args, report) => guarded(report, () => judgeResource(args, report)),
        validateStack: (args, report) => guarded(report, () => judgeStack(args, report)),
    };
};
