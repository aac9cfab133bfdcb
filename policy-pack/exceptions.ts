import type { ExceptionReport, ExceptionUse } from "../access/finding.ts";
import type { Verdict } from "./judge.ts";
import { matches } from "./pattern.ts";

/** A finding that is accepted in writing. */
export interface Exception {
    readonly urn: string;
    /** The finding's own words. */
    readonly finding: string;
    readonly reason: string;
    readonly owner: string;
    /** Last day it holds, `2027-06-30`. */
    readonly expires: string;
}

/** JSON schema of a rule's exceptions. */
export const EXCEPTIONS_SCHEMA = {
    type: "array",
    description: "Findings accepted in writing: the exact resource and words, why, who answers for it, and until when.",
    default: [],
    items: {
        type: "object",
        properties: {
            urn: { type: "string", minLength: 1 },
            finding: { type: "string", minLength: 1 },
            reason: { type: "string", minLength: 1 },
            owner: { type: "string", minLength: 1 },
            expires: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
        },
        required: ["urn", "finding", "reason", "owner", "expires"],
        additionalProperties: false,
    },
} as const;

/** How far ahead an exception may end. */
export const MOST_DAYS_SCHEMA = {
    type: "integer",
    description: "Days from today that an exception may be given for.",
    minimum: 1,
    default: 365,
} as const;

const DAY = 24 * 60 * 60 * 1000;

/** Days before its end from which an exception is told of as one that ends soon. */
const SOON_DAYS = 30;

export interface ExceptionMoment {
    readonly now: Date;
    readonly mostDays: number;
}

const endOf = ({ expires }: Exception): number => Date.parse(`${expires}T23:59:59Z`);

const hasEnded = (exception: Exception, now: Date): boolean => endOf(exception) < now.getTime();

/** Why an exception does not hold, if it does not. */
const faultOf = (exception: Exception, { now, mostDays }: ExceptionMoment): string | undefined => {
    const end = endOf(exception);
    if (Number.isNaN(end)) return `its exception ends on '${exception.expires}'; expected a day as 2027-06-30`;
    if (hasEnded(exception, now)) return `its exception ended on ${exception.expires}`;
    return end - now.getTime() > (mostDays + 1) * DAY
        ? `its exception ends on ${exception.expires}; expected within ${mostDays} days`
        : undefined;
};

const isFor = ({ urn, finding }: Exception, verdict: Verdict): boolean =>
    urn === verdict.urn && finding === verdict.message;

/** What a rule found, with the exception that accepts it, where one holds. */
export interface Weighed {
    readonly verdict: Verdict;
    readonly accepted?: Exception;
}

/** Weighs what was found against the exceptions. Where one does not hold, the finding stays and says so. */
export const weigh = (
    verdicts: readonly Verdict[],
    exceptions: readonly Exception[],
    moment: ExceptionMoment,
): readonly Weighed[] =>
    verdicts.map(verdict => {
        const accepted = exceptions.find(each => isFor(each, verdict));
        if (accepted === undefined) return { verdict };
        const fault = faultOf(accepted, moment);
        return fault === undefined
            ? { verdict, accepted }
            : { verdict: { ...verdict, message: `${verdict.message}; ${fault}` } };
    });

const stackOf = (urn: string): string => urn.split("::").slice(0, 2).join("::");

const matchesWidely = ({ urn, finding }: Exception, verdict: Verdict): boolean =>
    matches(urn, verdict.urn) && matches(finding, verdict.message);

/** What is wrong with exceptions that match no finding of a stack exactly: they would let a later one through unseen. */
const idleFault = ({ urn, finding }: Exception, found: number): string =>
    found === 0
        ? `an exception is for no finding of this stack: '${finding}' on '${urn}'`
        : `an exception is too wide: '${finding}' on '${urn}' would be for ${found} finding${found === 1 ? "" : "s"}; expected the exact words and URN of one`;

/** The exceptions of a rule for one stack, and what is wrong with those that are for no finding of it. */
export interface ExceptionAccount extends ExceptionReport {
    readonly faults: readonly { readonly urn: string; readonly message: string }[];
}

/** Accounts for the exceptions of a rule. Those for other stacks are left alone. */
export const accountFor = (
    rule: string,
    verdicts: readonly Verdict[],
    exceptions: readonly Exception[],
    stack: { readonly urns: readonly string[] } & ExceptionMoment,
): ExceptionAccount => {
    const [first] = stack.urns;
    const isOurs = ({ urn }: Exception): boolean =>
        first !== undefined && (stackOf(urn) === stackOf(first) || stack.urns.some(each => matches(urn, each)));
    const ours = exceptions.filter(isOurs);
    const used = ours.filter(each => verdicts.some(verdict => isFor(each, verdict)));
    const unused = ours.filter(each => !used.includes(each));
    const holding = used.filter(each => faultOf(each, stack) === undefined);
    const use = ({ urn, finding, reason, owner, expires }: Exception): ExceptionUse => ({
        rule,
        ...{ urn, finding, reason, owner, expires },
    });
    return {
        used: holding.map(use),
        unused: unused.map(use),
        expired: ours.filter(each => hasEnded(each, stack.now)).map(use),
        expiring: holding.filter(each => endOf(each) - stack.now.getTime() <= SOON_DAYS * DAY).map(use),
        faults: unused.map(each => ({
            urn: each.urn,
            message: idleFault(each, verdicts.filter(verdict => matchesWidely(each, verdict)).length),
        })),
    };
};
