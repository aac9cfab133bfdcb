import { createHash } from "node:crypto";
import { clean } from "./clean.ts";
import { safeJson } from "./json.ts";
import type { Review, ReviewedFinding } from "./model.ts";

/** What a rule is, for the list of rules of a report. */
export interface RuleInfo {
    readonly name: string;
    readonly description: string;
    readonly severity: ReviewedFinding["severity"];
    readonly remediation: string;
    readonly url: string;
}

export interface SarifOptions {
    /** @default - the rules that found something */
    readonly rules?: readonly RuleInfo[];
    /** Where a finding is shown whose line is not known. @default - `Pulumi.yaml` */
    readonly project?: string;
    /** @default - none */
    readonly version?: string;
}

const LEVELS = { critical: "error", high: "error", medium: "warning", low: "note" } as const;
/** GitHub's scale, on which 9 and up is critical, 7 high, 4 medium. */
const SCORES = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.5" } as const;

/** Brackets make links in messages of SARIF, unless they are escaped. */
const message = (text: string): { readonly text: string } => ({
    text: clean(text, 2_000).replace(/[[\]\\]/g, sign => `\\${sign}`) || "(no text)",
});

/** A path as a relative reference; one that leads out of the repository gives way to the project. */
const uriOf = (path: string, project: string): string => {
    const parts = path.toWellFormed().replaceAll("\\", "/").split("/");
    const isInside = path !== "" && parts[0] !== "" && !parts.includes("..") && !/^[a-z]:/i.test(path);
    return (isInside ? parts : project.split("/")).map(encodeURIComponent).join("/");
};

const fingerprint = ({ rule, urn, message: words }: ReviewedFinding): string =>
    createHash("sha256")
        .update(JSON.stringify([rule, urn, words]))
        .digest("hex");

const webUrl = (url: string): { readonly helpUri?: string } =>
    /^https:\/\/[\w.-]+\/[\w./~%#?=&-]*$/.test(url) ? { helpUri: url } : {};

const ruleOf = ({ name, description, severity, remediation, url }: RuleInfo): object => ({
    id: clean(name) || "(no name)",
    shortDescription: message(description),
    help: message(remediation),
    ...webUrl(url),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { "security-severity": SCORES[severity], tags: ["security", "access"] },
});

const located = (finding: ReviewedFinding, project: string): object => ({
    physicalLocation: {
        artifactLocation: { uri: uriOf(finding.at?.path ?? project, project) },
        region: { startLine: finding.at?.line ?? 1 },
    },
    logicalLocations: [{ fullyQualifiedName: clean(finding.urn), kind: "resource" }],
});

const flow = (finding: ReviewedFinding, location: object): object =>
    finding.path === undefined || finding.path.length === 0
        ? {}
        : {
              codeFlows: [
                  {
                      threadFlows: [
                          {
                              locations: finding.path.map(words => ({
                                  location: { ...location, message: message(words) },
                              })),
                          },
                      ],
                  },
              ],
          };

const BASELINE = { new: { baselineState: "new" }, known: { baselineState: "unchanged" }, found: {}, resolved: {} };

const resultOf = (finding: ReviewedFinding, ruleIndex: number, project: string): object => {
    const { rule, severity, accepted, remediation, status } = finding;
    const location = located(finding, project);
    return {
        ruleId: clean(rule) || "(no name)",
        ruleIndex,
        level: LEVELS[severity],
        message: message(`${finding.message}. To mend: ${remediation}`),
        locations: [location],
        partialFingerprints: { "leastwiseFinding/v1": fingerprint(finding) },
        ...BASELINE[status],
        ...flow(finding, location),
        ...(accepted === undefined
            ? {}
            : {
                  suppressions: [
                      {
                          kind: "external",
                          status: "accepted",
                          justification: clean(`${accepted.reason} (${accepted.owner}, until ${accepted.expires})`),
                      },
                  ],
              }),
    };
};

const found = (findings: readonly ReviewedFinding[]): RuleInfo[] =>
    findings.map(({ rule, severity, remediation, url }) => ({
        ...{ name: rule, description: rule, severity, remediation, url },
    }));

/**
 * The findings of a review as SARIF 2.1.0, for code scanning. Those that were mended are left out, which closes them
 * there; accepted ones are suppressed.
 */
export const sarifOf = (
    review: Review,
    { rules = [], project = "Pulumi.yaml", version }: SarifOptions = {},
): string => {
    const findings = review.findings.filter(({ status }) => status !== "resolved");
    const known = new Map([...found(findings), ...rules].map(rule => [rule.name, rule]));
    const names = [...known.keys()].sort();
    return safeJson({
        $schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [
            {
                tool: {
                    driver: {
                        name: "leastwise",
                        informationUri: "https://www.npmjs.com/package/leastwise",
                        ...(version === undefined ? {} : { semanticVersion: version }),
                        rules: names.flatMap(name => known.get(name) ?? []).map(ruleOf),
                    },
                },
                automationDetails: { id: `leastwise-review/${encodeURIComponent(review.stack.toWellFormed())}/` },
                columnKind: "utf16CodeUnits",
                results: findings.map(finding => resultOf(finding, names.indexOf(finding.rule), project)),
            },
        ],
    });
};
