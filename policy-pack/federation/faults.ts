import { isListed } from "../pattern.ts";
import { readExpression } from "./expression.ts";
import { ANY_ISSUER, issuerOf, issuerOfSubject, takenFor } from "./issuers.ts";
import { isPinnedWorkflow, ownersWidth } from "./repositories.ts";
import { isWild } from "./wildcards.ts";

/** Patterns of what a team allows. */
export interface Allowed {
    /** Issuers that may sign in, no others; any known one where there are none. */
    readonly issuers: readonly string[];
    /** Subjects that may sign in, no others; any where there are none. */
    readonly expected: readonly string[];
    /** Subjects that may be wide. */
    readonly subjects: readonly string[];
}

/** An issuer with one of its subjects; its address is undefined where nobody knows it yet. */
export interface Signed {
    readonly issuer: string | undefined;
    readonly subject: string;
    /** Whether wildcards of the subject stand for other characters. @default - false: it is compared as it is */
    readonly isPattern?: true;
}

const ENTRA = /^https:\/\/(?:login\.(?:partner\.)?microsoftonline|sts\.windows)\.[^/]+\//i;

/** Whether an address is Entra's. */
export const isEntra = (issuer: string): boolean => ENTRA.test(issuer);

const issuerFaults = ({ issuer, subject }: Signed, { issuers }: Allowed): readonly string[] => {
    if (issuer === undefined) return [];
    if (!issuer.startsWith("https://")) return [`issuer '${issuer}' has no certificate; expected 'https://…'`];
    const meant = takenFor(issuer);
    if (meant !== undefined) return [`issuer '${issuer}' is taken for '${meant}' and is another`];
    if (isEntra(issuer) && /^https:\/\/[^/]+\/(?:common|organizations|consumers)(?:\/|$)/i.test(issuer))
        return [`issuer '${issuer}' is of every tenant; expected the id of one`];
    if (issuers.length > 0)
        return isListed(issuers, issuer) ? [] : [`issuer '${issuer}' is not among the allowed ones`];
    return issuerOf(issuer, subject) === undefined
        ? [`issuer '${issuer}' is none that is known; expected one that 'issuers' allows`]
        : [];
};

const widthFaults = ({ issuer, subject, isPattern }: Signed, { subjects }: Allowed): readonly string[] => {
    if (isListed(subjects, subject)) return [];
    const kind = (issuer === undefined ? issuerOfSubject(subject) : issuerOf(issuer, subject)) ?? ANY_ISSUER;
    const width = kind.width(subject);
    if (width === undefined) return [];
    const takes =
        isPattern || !isWild(subject)
            ? `takes ${width}`
            : `is meant for ${width} and signs in nobody, as wildcards work in an expression alone`;
    return [`subject '${subject}' ${takes}; expected ${kind.expected}`];
};

/** A workflow that is named to its branch narrows a wide subject of its own organisation. */
const narrowed = (wide: readonly string[], subject: string, workflow: string | undefined): readonly string[] => {
    if (workflow === undefined || wide.length === 0 || ownersWidth(subject) !== undefined) return wide;
    const why = `workflow '${workflow}' is not one of one branch, as a wildcard goes over '@' too; expected 'organisation/repository/path@refs/heads/branch'`;
    return isPinnedWorkflow(workflow) ? [] : [...wide, why];
};

/** What is wrong with an issuer and a subject of it, that a workflow may narrow. */
export const signedFaults = (signed: Signed, allowed: Allowed, workflow?: string): readonly string[] => {
    const { subject } = signed;
    const { expected } = allowed;
    const isExpected = expected.length === 0 || isListed(expected, subject);
    return [
        ...issuerFaults(signed, allowed),
        ...(isExpected ? [] : [`subject '${subject}' is not among the expected ones`]),
        ...narrowed(widthFaults(signed, allowed), subject, workflow),
    ];
};

/** What is wrong with an expression on the claims of an issuer's tokens. */
export const expressionFaults = (
    issuer: string | undefined,
    expression: string,
    allowed: Allowed,
): readonly string[] => {
    const terms = readExpression(expression);
    if (terms === undefined) return [`expression "${expression}" cannot be read; expected claims['sub'] matches '…'`];
    const subject = terms.find(({ claim }) => claim === "sub")?.value;
    if (subject === undefined)
        return [`expression "${expression}" takes any subject; expected a term on claims['sub']`];
    const workflow = terms.find(({ claim }) => claim === "job_workflow_ref")?.value;
    return signedFaults({ issuer, subject, isPattern: true }, allowed, workflow);
};
