import type { Review, ReviewedException, ReviewedFinding, ReviewedPath } from "../model.ts";
import { place, tierCell } from "./changes.ts";
import type { Section } from "./section.ts";
import { code, link, prose } from "./text.ts";

const label = ({ severity, mandatory, status, accepted }: ReviewedFinding): string => {
    if (status === "resolved") return `**mended** (was ${severity})`;
    const words = [
        severity,
        ...(accepted !== undefined ? ["accepted"] : mandatory ? ["stops the deployment"] : []),
        ...(status === "new" ? ["new"] : status === "known" ? ["not from this change"] : []),
    ];
    return `**${words.join(", ")}**`;
};

const entry = (finding: ReviewedFinding): string => {
    const { subject, message, remediation, rule, url, at, accepted, smaller, cut, status } = finding;
    const where = at === undefined ? "" : ` at ${place(at)}`;
    const lines = [
        `- ${label(finding)} on ${code(subject)}${where}: ${prose(message)} (${link(rule, url)})`,
        ...(status === "resolved" || accepted !== undefined ? [] : [`  - To mend: ${prose(remediation)}`]),
        ...(smaller === undefined ? [] : [`  - Enough would be: ${smaller.map(code).join(", ")}`]),
        ...(cut === undefined ? [] : [`  - Cheapest cut: take away ${code(cut)}`]),
        ...(accepted === undefined
            ? []
            : [`  - Accepted by ${code(accepted.owner)} until ${code(accepted.expires)}: ${prose(accepted.reason)}`]),
    ];
    return lines.join("\n");
};

/** What the rules say, an entry each. */
export const findingsSection = ({ findings }: Review): Section => ({
    title: "Findings",
    entries: findings.map(entry),
    noun: "finding",
    shown: 10,
});

const PATH_WORDS: Readonly<Record<ReviewedPath["change"], string>> = {
    opened: "**opened**",
    rerouted: "**possible before, now another way**",
    closed: "closed",
    kept: "as before",
};

const pathEntry = ({ change, fromName, toName, tier, hops, cut, notes }: ReviewedPath): string =>
    [
        `- ${PATH_WORDS[change]}: from ${code(fromName)} to ${code(toName)} (${tierCell(tier)})`,
        ...hops.map(({ words, edge }, at) => `  ${String(at + 1)}. ${prose(words)} (${code(edge)})`),
        ...notes.map(words => `  - ${prose(words)}`),
        ...(cut === undefined ? [] : [`  - Cheapest cut: take away ${code(cut)}`]),
    ].join("\n");

/** Escalation paths, those of this change first. */
export const pathsSection = ({ paths }: Review): Section => ({
    title: "Escalation paths",
    lead: "Whoever controls the first identity can get to the last one's rights, step by step.",
    entries: paths.map(pathEntry),
    noun: "path",
    shown: Math.max(3, paths.filter(({ change }) => change === "opened" || change === "rerouted").length),
});

const exceptionEntry =
    (state: string) =>
    ({ subject, rule, finding, owner, expires, reason }: ReviewedException): string =>
        `- **${state}** ${code(expires)}: ${code(subject)}, ${code(rule)}: ${prose(finding)} — ${prose(reason)} (${code(owner)})`;

/** Exceptions, those that need somebody first. */
export const exceptionsSection = ({ exceptions }: Review): Section => {
    const { expired, expiring, unused, used } = exceptions;
    const soon = new Set(expiring.map(each => JSON.stringify(each)));
    return {
        title: "Exceptions",
        entries: [
            ...expired.map(exceptionEntry("expired")),
            ...expiring.map(exceptionEntry("ends soon,")),
            ...unused.map(exceptionEntry("for no finding of this stack, until")),
            ...used.filter(each => !soon.has(JSON.stringify(each))).map(exceptionEntry("in use until")),
        ],
        noun: "exception",
        shown: expired.length + expiring.length + unused.length,
    };
};
