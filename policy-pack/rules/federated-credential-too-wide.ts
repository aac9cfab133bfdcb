import type { FederatedCredentialSubject } from "../adapter/subject-identity.ts";
import { isKnown } from "../adapter/value.ts";
import { readExpression } from "../federation/expression.ts";
import { ANY_ISSUER, issuerOf, issuerOfSubject, takenFor } from "../federation/issuers.ts";
import { isPinnedWorkflow, ownersWidth } from "../federation/repositories.ts";
import { undecided, UNKNOWN_OPTION } from "../left-to-update.ts";
import { isListed } from "../pattern.ts";
import { type Fault, rule } from "../rule.ts";

/** Source: https://learn.microsoft.com/graph/api/resources/federatedidentitycredential */
const AUDIENCES = ["AzureADTokenExchange", "AzureADTokenExchangeUSGov", "AzureADTokenExchangeChina"].map(
    name => `api://${name}`,
);

interface Options {
    readonly unknown: string;
    readonly issuers: readonly string[];
    readonly subjects: readonly string[];
    readonly audiences: readonly string[];
}

const CLUSTER_SUBJECT = /^system:serviceaccount:/;
const ENTRA = /^https:\/\/(?:login\.(?:partner\.)?microsoftonline|sts\.windows)\.[^/]+\//i;

const issuerFaults = (issuer: string | undefined, subject: string, { issuers }: Options): string[] => {
    if (issuer === undefined) return [];
    if (!issuer.startsWith("https://")) return [`issuer '${issuer}' has no certificate; expected 'https://…'`];
    const meant = takenFor(issuer);
    if (meant !== undefined) return [`issuer '${issuer}' is taken for '${meant}' and is another`];
    if (ENTRA.test(issuer) && /^https:\/\/[^/]+\/(?:common|organizations|consumers)(?:\/|$)/i.test(issuer))
        return [`issuer '${issuer}' is of every tenant; expected the id of one`];
    if (issuers.length > 0)
        return isListed(issuers, issuer) ? [] : [`issuer '${issuer}' is not among the allowed ones`];
    return issuerOf(issuer, subject) === undefined
        ? [`issuer '${issuer}' is none that is known; expected one that 'issuers' allows`]
        : [];
};

const subjectFaults = (issuer: string | undefined, subject: string, { subjects }: Options): string[] => {
    if (isListed(subjects, subject)) return [];
    const kind = (issuer === undefined ? issuerOfSubject(subject) : issuerOf(issuer, subject)) ?? ANY_ISSUER;
    const width = kind.width(subject);
    return width === undefined ? [] : [`subject '${subject}' takes ${width}; expected ${kind.expected}`];
};

/** A workflow that is named to its branch narrows a wide subject of its own organisation. */
const workflowFaults = (workflow: string | undefined, wide: readonly string[], subject: string): readonly string[] => {
    if (workflow === undefined || wide.length === 0 || ownersWidth(subject) !== undefined) return wide;
    return isPinnedWorkflow(workflow)
        ? []
        : [
              ...wide,
              `workflow '${workflow}' is not one of one branch, as a wildcard goes over '@' too; expected 'organisation/repository/path@refs/heads/branch'`,
          ];
};

const expressionFaults = (issuer: string | undefined, expression: string, options: Options): string[] => {
    const terms = readExpression(expression);
    if (terms === undefined) return [`expression "${expression}" cannot be read; expected claims['sub'] matches '…'`];
    const subject = terms.find(({ claim }) => claim === "sub")?.value;
    if (subject === undefined)
        return [`expression "${expression}" takes any subject; expected a term on claims['sub']`];
    const workflow = terms.find(({ claim }) => claim === "job_workflow_ref")?.value;
    const wide = subjectFaults(issuer, subject, options);
    return [...issuerFaults(issuer, subject, options), ...workflowFaults(workflow, wide, subject)];
};

const audienceFaults = (
    { audiences, issuer, subject }: FederatedCredentialSubject,
    options: Options,
): readonly Fault<"federated-credential">[] => {
    if (!isKnown(audiences)) return undecided("the audiences", audiences, options.unknown);
    const kind = isKnown(issuer) ? issuerOf(issuer, typeof subject === "string" ? subject : "") : undefined;
    if (kind?.setsAudience) return [];
    return audiences
        .filter(each => !AUDIENCES.includes(each) && !isListed(options.audiences, each))
        .map(each => `audience '${each}' is also that of tokens for others; expected '${AUDIENCES[0] ?? ""}'`);
};

/** Ids of identities and addresses of clusters that the stack makes are known at the update, which judges them. */
const isLeft = ({ issuer, subject }: FederatedCredentialSubject): boolean => {
    if (!isKnown(issuer)) return issuer.awaited && typeof subject === "string" && CLUSTER_SUBJECT.test(subject);
    return !isKnown(subject) && subject.awaited && ENTRA.test(issuer);
};

const faultsOf = (given: FederatedCredentialSubject, options: Options): readonly Fault<"federated-credential">[] => {
    const { issuer, subject, expression } = given;
    if (!isKnown(expression)) return undecided("the expression", expression, options.unknown);
    if (!isKnown(issuer) && !isLeft(given)) return undecided("the issuer", issuer, options.unknown);
    const url = isKnown(issuer) ? issuer : undefined;
    if (expression !== undefined) return expressionFaults(url, expression, options);
    if (!isKnown(subject)) return isLeft(given) ? [] : undecided("the subject", subject, options.unknown);
    if (subject === undefined) return ["the credential has neither a subject nor an expression"];
    return [...issuerFaults(url, subject, options), ...subjectFaults(url, subject, options)];
};

export const federatedCredentialTooWide = rule({
    name: "federated-credential-too-wide",
    description: "A federated credential signs in one workload of an issuer that is expected.",
    severity: "high",
    controls: { mcsb: "IM-3" },
    remediationSteps:
        "Name one branch, tag or environment of one repository, or one service account, as the subject. List an issuer of your own under 'issuers'.",
    judges: "federated-credential",
    needs: [],
    options: {
        issuers: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Issuers that may sign in, by pattern; where there are any, no others may.",
        },
        subjects: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Wide subjects that are meant so, by pattern; '*' stands for any characters.",
        },
        audiences: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Audiences besides Entra's own that tokens may be for, by pattern.",
        },
        unknown: UNKNOWN_OPTION,
    },
    check: (subject, options) => [...faultsOf(subject, options), ...audienceFaults(subject, options)],
});
