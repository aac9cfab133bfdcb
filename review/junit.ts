import { clean } from "./clean.ts";
import type { Review, ReviewedFinding } from "./model.ts";
import { failing } from "./severity.ts";
import type { FailOn } from "./severity.ts";

const ENTITIES: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&apos;",
};

const xml = (text: string): string => clean(text, 2_000).replace(/[&<>"']/g, sign => ENTITIES[sign] ?? "");

const outcome = (finding: ReviewedFinding, isFailure: boolean): string => {
    const { severity, accepted, message, remediation, status } = finding;
    if (status === "resolved") return `<system-out>mended: ${xml(message)}</system-out>`;
    if (accepted !== undefined)
        return `<skipped message="${xml(`accepted by ${accepted.owner} until ${accepted.expires}: ${accepted.reason}`)}"/>`;
    if (!isFailure) return `<system-out>${xml(`${severity}: ${message}`)}</system-out>`;
    return `<failure type="${severity}" message="${xml(message)}">To mend: ${xml(remediation)}</failure>`;
};

const caseOf = (finding: ReviewedFinding, isFailure: boolean): string =>
    `    <testcase classname="${xml(finding.rule)}" name="${xml(`${finding.subject}: ${finding.message}`)}" time="0">${outcome(finding, isFailure)}</testcase>`;

export interface JUnitOptions {
    /** @default - `low`: every finding that stands */
    readonly failOn?: FailOn;
    /** Names of the rules that were asked; those that found nothing pass. @default - none */
    readonly rules?: readonly string[];
}

/** The findings of a review as JUnit XML, for pipelines that show tests: a case for each, and for each rule that found nothing. */
export const junitOf = (review: Review, { failOn = "low", rules = [] }: JUnitOptions = {}): string => {
    const failures = new Set(failing(review, failOn));
    const { findings, stack, generated } = review;
    const clear = rules.filter(name => !findings.some(({ rule, status }) => rule === name && status !== "resolved"));
    const cases = [
        ...findings.map(finding => caseOf(finding, failures.has(finding))),
        ...clear.map(name => `    <testcase classname="${xml(name)}" name="found nothing" time="0"/>`),
    ];
    const skipped = findings.filter(({ status, accepted }) => status !== "resolved" && accepted !== undefined).length;
    const counts = `tests="${String(cases.length)}" failures="${String(failures.size)}" errors="0" skipped="${String(skipped)}" time="0"`;
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="leastwise" ${counts}>`,
        `  <testsuite name="${xml(`access review of ${stack}`)}" timestamp="${generated.replace(/\.\d+Z$/, "")}" ${counts}>`,
        ...cases,
        "  </testsuite>",
        "</testsuites>",
        "",
    ].join("\n");
};
