import { distance } from "fastest-levenshtein";
import { githubWidth, gitlabWidth } from "./repositories.ts";
import { clusterWidth, devopsWidth, entraWidth, plainWidth, pulumiWidth, terraformWidth } from "./services.ts";

/** Who issues tokens, and what a subject of theirs should name. */
export interface Issuer {
    readonly url: RegExp;
    /** Subjects that tell the issuer where its address is a team's own; absent where it has none but its own. */
    readonly subjects?: RegExp;
    /** What the address of a team's own looks like. @default - any */
    readonly own?: RegExp;
    /** What a subject should name: `a branch, tag or environment of one repository`. */
    readonly expected: string;
    /** Whether the issuer sets the audience, or asks for one of its own. @default - false: it writes the one it is asked for */
    readonly setsAudience?: true;
    /** What a subject takes besides that; undefined where it takes no more. */
    readonly width: (subject: string) => string | undefined;
}

const ONE_REPOSITORY = "one branch, tag or environment of one repository";

/** Kinds of issuer, the ones that an address tells. */
export const ISSUERS: readonly Issuer[] = [
    {
        url: /^https:\/\/(?:token\.actions\.githubusercontent\.com|token\.actions\.[\w-]+\.ghe\.com)(?:\/|$)/i,
        subjects: /^(?:repo|repository|repository_owner):/,
        own: /^https:\/\/[^/]+\/_services\/token$/i,
        expected: ONE_REPOSITORY,
        width: githubWidth,
    },
    {
        url: /^https:\/\/gitlab\.com(?:\/|$)/i,
        subjects: /^project_path:/,
        expected: "one branch, tag or environment of one project",
        width: gitlabWidth,
    },
    {
        url: /^https:\/\/vstoken\.dev\.azure\.com(?:\/|$)/i,
        subjects: /^(?:sc|p):\/\//,
        expected: "one service connection, 'sc://organisation/project/connection'",
        width: devopsWidth,
    },
    {
        url: /^https:\/\/(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)\//i,
        subjects: /^\/eid1\//,
        expected: "the object id of one managed identity, or one service connection",
        width: entraWidth,
    },
    {
        url: /^https:\/\/app(?:\.eu)?\.terraform\.io(?:\/|$)/i,
        subjects: /^organization:/,
        expected: "one phase of one workspace",
        width: terraformWidth,
    },
    {
        url: /^https:\/\/api\.pulumi\.com\/oidc$/i,
        subjects: /^pulumi:/,
        setsAudience: true,
        expected: "one stack or environment",
        width: pulumiWidth,
    },
    {
        url: /^https:\/\/(?:[\w-]+\.oid?c\.prod-aks\.azure\.(?:com|us|cn)|oidc\.eks\.[\w-]+\.amazonaws\.com|container\.googleapis\.com)\//i,
        subjects: /^system:serviceaccounts?\b/,
        expected: "one service account, 'system:serviceaccount:namespace:name'",
        width: clusterWidth,
    },
    {
        url: /^https:\/\/(?:accounts\.google\.com|[\w-]+\.tokens\.sts\.global\.api\.aws|oidc\.circleci\.com|api\.bitbucket\.org|agent\.buildkite\.com|[\w-]+\.app\.spacelift\.io)(?:\/|$)/i,
        setsAudience: true,
        expected: "one subject",
        width: plainWidth,
    },
];

/** What is asked of an issuer of no known kind. */
export const ANY_ISSUER: Pick<Issuer, "expected" | "width"> = { expected: "one subject", width: plainWidth };

/** The kind of issuer that writes subjects like this one. */
export const issuerOfSubject = (subject: string): Issuer | undefined =>
    ISSUERS.find(({ subjects }) => subjects?.test(subject));

/** The kind of an issuer: told by its address, or by the subject where a team runs its own. */
export const issuerOf = (url: string, subject: string): Issuer | undefined => {
    const known = ISSUERS.find(each => each.url.test(url));
    if (known !== undefined) return known;
    const alike = issuerOfSubject(subject);
    return alike?.own?.test(url) === false ? undefined : alike;
};

const ADDRESSES = [
    "https://token.actions.githubusercontent.com",
    "https://gitlab.com",
    "https://vstoken.dev.azure.com",
    "https://app.terraform.io",
    "https://api.pulumi.com/oidc",
    "https://accounts.google.com",
];

const isAlike = (url: string, address: string): boolean =>
    url.startsWith(`${address}.`) || (Math.abs(url.length - address.length) <= 2 && distance(url, address) <= 2);

/** A known address that another is made out to be: the same but for a few letters, or followed by another domain. */
export const takenFor = (url: string): string | undefined =>
    ISSUERS.some(each => each.url.test(url)) ? undefined : ADDRESSES.find(each => isAlike(url.toLowerCase(), each));
