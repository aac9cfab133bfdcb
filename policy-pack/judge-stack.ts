import type { ExceptionReport, Finding } from "../access/finding.ts";
import { accountFor, type ExceptionMoment, type Weighed, weigh } from "./exceptions.ts";
import { judge, judgeWhole, type Verdict } from "./judge.ts";
import type { Reading } from "./reading.ts";
import { docUrl, type Rule } from "./rule.ts";
import { type Settings, settingsOf } from "./settings.ts";
import type { StackView } from "./stack-view.ts";
import { optionsFor, optionsForStack } from "./where.ts";

/** What one rule makes of a stack. */
export interface RuleOutcome {
    readonly findings: readonly Finding[];
    readonly exceptions: ExceptionReport;
}

export interface RuleCall {
    /** The rule's configuration as it was given. */
    readonly given: Readonly<Record<string, unknown>>;
    /** Whether what it finds stops a deployment. */
    readonly mandatory: boolean;
    readonly now: Date;
}

const NO_EXCEPTIONS: ExceptionReport = { used: [], unused: [], expired: [], expiring: [] };

/** Judges what was read under each set of options that may hold; what one of them finds stands. */
const judgeReading = (rule: Rule, reading: Reading, settings: Settings, now: Date): readonly Verdict[] => {
    const sets = optionsFor(settings.options, settings.where, reading.resource, "stack");
    const found = sets.flatMap(options => judge(rule, reading, { options, moment: { now } }));
    return sets.length === 1
        ? found
        : found.filter((each, at) => found.findIndex(({ message }) => message === each.message) === at);
};

const verdictsOf = (rule: Rule, view: StackView, settings: Settings, now: Date): readonly Verdict[] => {
    if (rule.judges !== "stack")
        return view.readings(rule.judges).flatMap(reading => judgeReading(rule, reading, settings, now));
    const options = optionsForStack(settings.options, settings.where, view.resources[0]?.urn ?? "");
    return judgeWhole(rule, view.whole(), { options, moment: { now } });
};

const findingOf = (rule: Rule, { verdict, accepted }: Weighed, mandatory: boolean): Finding => {
    const { urn, message, severity = rule.severity ?? "medium", path, cut, smaller } = verdict;
    return {
        rule: rule.name,
        urn,
        message,
        severity,
        mandatory: mandatory && accepted === undefined,
        remediation: rule.remediationSteps,
        url: docUrl(rule.name),
        ...(path && { path }),
        ...(cut !== undefined && { cut }),
        ...(smaller && { smaller }),
        ...(accepted && {
            accepted: { reason: accepted.reason, owner: accepted.owner, expires: accepted.expires },
        }),
    };
};

const rootOf = (view: StackView): string =>
    view.resources.find(({ urn }) => urn.includes("::pulumi:pulumi:Stack::"))?.urn ?? "";

/** Judges a whole stack by one rule. What stands in its way is a finding: it must not pass for a clean stack. */
export const judgeStack = (rule: Rule, view: StackView, { given, mandatory, now }: RuleCall): RuleOutcome => {
    const told = (weighed: Weighed): Finding => findingOf(rule, weighed, mandatory);
    const ofStack = (message: string, urn = rootOf(view)): Finding =>
        told({ verdict: { urn, message, awaited: false } });
    let settings: Settings;
    try {
        settings = settingsOf(rule, given);
    } catch (error) {
        const message = `the rule is configured wrongly: ${(error as Error).message}`;
        return { findings: [ofStack(message)], exceptions: NO_EXCEPTIONS };
    }
    try {
        const moment: ExceptionMoment = { now, mostDays: settings.exceptionDays };
        const verdicts = verdictsOf(rule, view, settings, now);
        const stack = { urns: view.resources.map(({ urn }) => urn), ...moment };
        const { faults, ...exceptions } = accountFor(rule.name, verdicts, settings.exceptions, stack);
        const weighed = weigh(verdicts, settings.exceptions, moment);
        return { findings: [...weighed.map(told), ...faults.map(({ message }) => ofStack(message))], exceptions };
    } catch (error) {
        return { findings: [ofStack(`the rule failed: ${(error as Error).message}`)], exceptions: NO_EXCEPTIONS };
    }
};
