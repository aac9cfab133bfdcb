import type { ExceptionReport, ExceptionUse, Finding, FindingSeverity } from "../access/finding.ts";
import { clean } from "../review/clean.ts";
import { resourceName } from "./engine-events.ts";
import { tableOf } from "./table.ts";
import { counted, heading, wrap } from "./text-layout.ts";

const GRAVEST_FIRST: readonly FindingSeverity[] = ["critical", "high", "medium", "low"];
const STYLES = { critical: "red", high: "red", medium: "yellow", low: "green" } as const;
const HEAD = ["How grave", "Resource", "What is wrong", "Rule"];
const SHARES = [0.13, 0.2, 0.43, 0.24];

const place = ({ severity, mandatory, accepted }: Finding): number =>
    (accepted === undefined ? 0 : 100) + (mandatory ? 0 : 10) + GRAVEST_FIRST.indexOf(severity);

/** Riskiest first: what stops a deployment, then what does not, then what is accepted; the same every time. */
export const byRisk = (a: Finding, b: Finding): number =>
    place(a) - place(b) ||
    a.rule.localeCompare(b.rule, "en") ||
    a.urn.localeCompare(b.urn, "en") ||
    a.message.localeCompare(b.message, "en");

/** Longest text of others that is shown whole. */
const MOST = 2_000;

const printable = (text: string): string => clean(text, MOST);

const nameOf = (urn: string): string => (urn === "" ? "the stack" : printable(resourceName(urn)));

const row = ({ severity, mandatory, urn, message, rule }: Finding): string[] => [
    mandatory ? `${severity}, stops` : severity,
    nameOf(urn),
    printable(message),
    rule,
];

const table = (findings: readonly Finding[]): string =>
    tableOf(
        {
            head: HEAD,
            shares: SHARES,
            styled: 0,
            styles: findings.map(({ severity }) => STYLES[severity]),
            columns: process.stdout.columns ?? 120,
        },
        findings.map(row),
    );

/** What to do about each rule, once. */
const steps = (findings: readonly Finding[]): string => {
    const rules = new Map(findings.map(each => [each.rule, each]));
    const lines = [...rules.values()].map(({ rule, remediation, url }) => [
        `  ${rule}`,
        `    ${wrap(remediation, 4)}`,
        `    ${url}`,
    ]);
    return [heading("What to do"), ...lines.flat()].join("\n");
};

const paths = (findings: readonly Finding[]): string[] =>
    findings
        .filter(({ path = [] }) => path.length > 0)
        .map(({ urn, path = [] }) => {
            const hops = path.map(({ words, edge }) => `    ${wrap(printable(`${words} (${edge})`), 6)}`);
            return [heading(`How ${nameOf(urn)} leads on`), ...hops].join("\n");
        });

const exceptionWords = ({ rule, urn, finding, owner, expires, reason }: ExceptionUse): string =>
    `${resourceName(urn)}: ${finding} (${rule}), until ${expires}, by ${owner}: ${reason}`;

const exceptionLines = (title: string, uses: readonly ExceptionUse[]): string[] =>
    uses.length === 0
        ? []
        : [[heading(title), ...uses.map(use => `  ${wrap(printable(exceptionWords(use)), 4)}`)].join("\n")];

const summary = (standing: readonly Finding[], accepted: number): string => {
    const grave = GRAVEST_FIRST.map(severity => [severity, standing.filter(each => each.severity === severity).length]);
    const by = grave
        .filter(([, count]) => count !== 0)
        .map(([severity, count]) => `${String(count)} ${String(severity)}`);
    const stopping = standing.filter(({ mandatory }) => mandatory).length;
    const stops =
        stopping === 0 ? "none stops a deployment" : `${stopping} stop${stopping === 1 ? "s" : ""} a deployment`;
    return `${counted(standing.length, "finding")} (${by.join(", ")}); ${stops}${accepted === 0 ? "" : `; ${accepted} accepted`}`;
};

/** The findings of a check as people read them. */
export const checkText = (findings: readonly Finding[], exceptions: ExceptionReport): string => {
    const standing = findings.filter(({ accepted }) => accepted === undefined);
    const accepted = findings.length - standing.length;
    const notes = [
        ...exceptionLines("Exceptions that end soon", exceptions.expiring),
        ...exceptionLines("Exceptions that have ended", exceptions.expired),
    ];
    if (standing.length === 0) {
        const clean = `Nothing is wider than it needs to be${accepted === 0 ? "" : `; ${counted(accepted, "finding")} accepted`}.`;
        return [clean, ...notes].join("\n\n");
    }
    return [`${table(standing)}\n${summary(standing, accepted)}`, ...paths(standing), steps(standing), ...notes].join(
        "\n\n",
    );
};
