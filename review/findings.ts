import type { ExceptionReport, ExceptionUse, Finding, FindingSeverity } from "../access/finding.ts";
import { inThousands } from "./count.ts";
import type { Review, ReviewedException, ReviewedFinding } from "./model.ts";
import { nameOfUrn } from "./names.ts";
import { lineOfResource } from "./sources.ts";
import type { Sources } from "./sources.ts";

const SEVERITIES: readonly FindingSeverity[] = ["critical", "high", "medium", "low"];

type Status = ReviewedFinding["status"];
const STATUSES: readonly Status[] = ["new", "found", "known", "resolved"];

const keyOf = ({ rule, urn, message }: Pick<Finding, "rule" | "urn" | "message">): string =>
    JSON.stringify([rule, urn, message]);

/** Findings stop reading first: not accepted, then those that stop a deployment, then by severity. */
const bySeverity = (a: ReviewedFinding, b: ReviewedFinding): number =>
    Number(a.status === "resolved") - Number(b.status === "resolved") ||
    Number(a.accepted !== undefined) - Number(b.accepted !== undefined) ||
    Number(b.mandatory) - Number(a.mandatory) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
    (keyOf(a) < keyOf(b) ? -1 : 1);

const reviewed = (
    finding: Finding,
    status: Status,
    words: (key: string) => string,
    sources: Sources,
): ReviewedFinding => {
    const { rule, urn, message, severity, mandatory, remediation, url, path, cut, smaller, accepted } = finding;
    const at = lineOfResource(sources, urn);
    return {
        ...{ status, rule, urn, subject: nameOfUrn(urn), message, severity, mandatory, remediation, url },
        ...(path === undefined ? {} : { path: path.map(hop => hop.words) }),
        ...(cut === undefined ? {} : { cut: words(cut) }),
        ...(smaller === undefined ? {} : { smaller: [...smaller] }),
        ...(accepted === undefined ? {} : { accepted: { ...accepted } }),
        ...(at === undefined ? {} : { at }),
    };
};

/** Findings after, and those that are gone, the most severe first. Without findings of before, none is called new. */
export const reviewedFindings = (
    before: readonly Finding[] | undefined,
    after: readonly Finding[],
    words: (key: string) => string,
    sources: Sources,
): ReviewedFinding[] => {
    const old = new Set((before ?? []).map(keyOf));
    const now = new Set(after.map(keyOf));
    const statusOf = (finding: Finding): Status =>
        before === undefined ? "found" : old.has(keyOf(finding)) ? "known" : "new";
    return [
        ...after.map(finding => reviewed(finding, statusOf(finding), words, sources)),
        ...(before ?? [])
            .filter(finding => !now.has(keyOf(finding)))
            .map(finding => reviewed(finding, "resolved", words, sources)),
    ].sort(bySeverity);
};

/** Findings that hold: not resolved, not accepted. */
export const standing = (findings: readonly ReviewedFinding[]): ReviewedFinding[] =>
    findings.filter(({ status, accepted }) => status !== "resolved" && accepted === undefined);

/** How many findings stand, and how many of them stop the deployment. */
export const findingsInWords = ({ findings }: Pick<Review, "findings">): string => {
    const open = standing(findings);
    const stopping = open.filter(({ mandatory }) => mandatory).length;
    if (open.length === 0) return "none";
    if (stopping === 0) return `${inThousands(open.length)}, none of which stops the deployment`;
    if (open.length === 1) return "1, which stops the deployment";
    if (stopping === open.length) return `${inThousands(stopping)}, all of which stop the deployment`;
    return `${inThousands(open.length)}, of which ${inThousands(stopping)} stop${stopping === 1 ? "s" : ""} the deployment`;
};

const named = (uses: readonly ExceptionUse[]): ReviewedException[] =>
    uses
        .map(({ rule, urn, finding, reason, owner, expires }) => ({
            ...{ rule, urn, subject: nameOfUrn(urn), finding, reason, owner, expires },
        }))
        .sort((a, b) => (a.expires + a.rule + a.urn + a.finding < b.expires + b.rule + b.urn + b.finding ? -1 : 1));

/** Exceptions with the names of what they are for, those that end first before others. */
export const reviewedExceptions = ({ used, unused, expired, expiring }: ExceptionReport): Review["exceptions"] => ({
    used: named(used),
    unused: named(unused),
    expired: named(expired),
    expiring: named(expiring),
});
