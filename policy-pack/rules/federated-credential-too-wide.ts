import type { FederatedCredentialSubject } from "../adapter/subject-identity.ts";
import { isKnown } from "../adapter/value.ts";
import { type Allowed, expressionFaults, isEntra, signedFaults } from "../federation/faults.ts";
import { issuerOf } from "../federation/issuers.ts";
import { undecided, UNKNOWN_OPTION } from "../left-to-update.ts";
import { isListed } from "../pattern.ts";
import { type Fault, rule } from "../rule.ts";

/** Source: https://learn.microsoft.com/graph/api/resources/federatedidentitycredential */
const AUDIENCES = ["AzureADTokenExchange", "AzureADTokenExchangeUSGov", "AzureADTokenExchangeChina"].map(
    name => `api://${name}`,
);

interface Options extends Allowed {
    readonly unknown: string;
    readonly audiences: readonly string[];
}

const CLUSTER_SUBJECT = /^system:serviceaccount:/;

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
    return !isKnown(subject) && subject.awaited && isEntra(issuer);
};

const faultsOf = (given: FederatedCredentialSubject, options: Options): readonly Fault<"federated-credential">[] => {
    const { issuer, subject, expression } = given;
    if (!isKnown(expression)) return undecided("the expression", expression, options.unknown);
    if (!isKnown(issuer) && !isLeft(given)) return undecided("the issuer", issuer, options.unknown);
    const url = isKnown(issuer) ? issuer : undefined;
    if (expression !== undefined) return expressionFaults(url, expression, options);
    if (!isKnown(subject)) return isLeft(given) ? [] : undecided("the subject", subject, options.unknown);
    if (subject === undefined) return ["the credential has neither a subject nor an expression"];
    return signedFaults({ issuer: url, subject }, options);
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
        expected: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "Subjects that may sign in, by pattern as 'repo:contoso/*'; where there are any, no others may.",
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
