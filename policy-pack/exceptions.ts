import type { Finding } from "./judge.ts";

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

/** Why an exception does not hold, if it does not. */
const fault = ({ expires }: Exception, now: Date, mostDays: number): string | undefined => {
    const end = Date.parse(`${expires}T23:59:59Z`);
    if (Number.isNaN(end)) return `its exception ends on '${expires}'; expected a day as 2027-06-30`;
    if (end < now.getTime()) return `its exception ended on ${expires}`;
    return end - now.getTime() > (mostDays + 1) * DAY
        ? `its exception ends on ${expires}; expected within ${mostDays} days`
        : undefined;
};

/** Takes out the findings that are accepted; one whose exception does not hold stays, and says so. */
export const withoutExcepted = (
    findings: readonly Finding[],
    exceptions: readonly Exception[],
    { now, mostDays }: { readonly now: Date; readonly mostDays: number },
): readonly Finding[] =>
    findings.flatMap(finding => {
        const accepted = exceptions.find(each => each.urn === finding.urn && each.finding === finding.message);
        if (accepted === undefined) return [finding];
        const why = fault(accepted, now, mostDays);
        return why === undefined ? [] : [{ ...finding, message: `${finding.message}; ${why}` }];
    });

const stackOf = (urn: string): string => urn.split("::").slice(0, 2).join("::");

/** Exceptions for this stack that match no finding: they would let a later one through unseen. */
export const unusedExceptions = (
    findings: readonly Finding[],
    exceptions: readonly Exception[],
    urns: readonly string[],
): readonly Exception[] => {
    const [first] = urns;
    if (first === undefined) return [];
    return exceptions.filter(
        ({ urn, finding }) =>
            stackOf(urn) === stackOf(first) && !findings.some(found => found.urn === urn && found.message === finding),
    );
};
