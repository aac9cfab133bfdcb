import { federatedCredentialTooWide } from "../../policy-pack/rules/federated-credential-too-wide.ts";
import { type Declared, type RuleCase, testRule, UNKNOWN } from "../policy-support.ts";

const GITHUB = "https://token.actions.githubusercontent.com";
const GITLAB = "https://gitlab.com";
const DEVOPS = "https://vstoken.dev.azure.com/11111111-0000-4000-8000-000000000001";
const TERRAFORM = "https://app.terraform.io";
const PULUMI = "https://api.pulumi.com/oidc";
const CLUSTER = "https://westeurope.oic.prod-aks.azure.com/tenant/cluster/";
const ENTRA = "https://login.microsoftonline.com/aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa/v2.0";
const OBJECT = "bbbbbbbb-0000-4000-8000-bbbbbbbbbbbb";
const AUDIENCE = "api://AzureADTokenExchange";

const credential = (issuer: unknown, subject: unknown, audience: unknown = AUDIENCE): Declared => ({
    type: "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
    name: "it",
    props: { applicationId: UNKNOWN, displayName: "ci", issuer, subject, audiences: [audience] },
});
const ofIdentity = (type: string, issuer: unknown, subject: unknown, more: Declared["props"] = {}): Declared => ({
    type,
    name: "it",
    props: { issuer, subject, audiences: [AUDIENCE], ...more },
});
const flexible = (claimsMatchingExpression: unknown, issuer: unknown = GITHUB): Declared => ({
    type: "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
    name: "it",
    props: { issuer, claimsMatchingExpression, audience: AUDIENCE },
});
const onSubject = (pattern: string): Declared => flexible(`claims['sub'] matches '${pattern}'`);

const REPOSITORY = "one branch, tag or environment of one repository";
const PROJECT = "one branch, tag or environment of one project";
const wide = (subject: string, width: string, expected: string): string =>
    `it: subject '${subject}' takes ${width}; expected ${expected}`;
const broken = (subject: string, width: string, expected: string): string =>
    `it: subject '${subject}' is meant for ${width} and signs in nobody, as wildcards work in an expression alone; expected ${expected}`;

const NARROW: readonly (readonly [issuer: string, subject: string])[] = [
    [GITHUB, "repo:contoso/shop:ref:refs/heads/main"],
    [GITHUB, "repo:contoso/shop:ref:refs/tags/v1.2.3"],
    [GITHUB, "repo:contoso/shop:environment:production"],
    [GITHUB, "repo:contoso@123/shop@456:environment:production"],
    [GITHUB, "repo:contoso/shop:job_workflow_ref:contoso/ci/.github/workflows/deploy.yml@refs/heads/main"],
    [`${GITHUB}/contoso-enterprise`, "repo:contoso/shop:ref:refs/heads/main"],
    ["https://github.contoso.example/_services/token", "repo:contoso/shop:ref:refs/heads/main"],
    [GITLAB, "project_path:contoso/shop:ref_type:branch:ref:main"],
    ["https://gitlab.contoso.example", "project_path:contoso/shop:ref_type:tag:ref:v1"],
    [DEVOPS, "sc://contoso/shop/deploys"],
    [ENTRA, "/eid1/c/pub/t/abc/a/def/sc/11111111-0000-4000-8000-000000000001/22222222-0000-4000-8000-000000000002"],
    [ENTRA, OBJECT],
    [TERRAFORM, "organization:contoso:project:shop:workspace:prod:run_phase:apply"],
    [PULUMI, "pulumi:deploy:org:contoso:project:shop:stack:prod:operation:update:scope:write"],
    [PULUMI, "pulumi:environments:org:contoso:env:shop/prod"],
    [CLUSTER, "system:serviceaccount:shop:orders"],
    ["https://kubernetes.contoso.example", "system:serviceaccount:shop:orders"],
    ["https://accounts.google.com", "112233445566778899000"],
];

const WIDE: readonly (readonly [issuer: string, subject: string, width: string, expected: string])[] = [
    [GITHUB, "repo:contoso/shop:pull_request", "every pull request of 'contoso/shop'", REPOSITORY],
    [GITHUB, "repo:contoso/shop", "every branch, tag and pull request of 'contoso/shop'", REPOSITORY],
    [GITHUB, "repo:contoso/shop:*", "every branch, tag and pull request of 'contoso/shop'", REPOSITORY],
    [GITHUB, "repo:contoso/*:ref:refs/heads/main", "every repository of 'contoso' that matches", REPOSITORY],
    [GITHUB, "repo:contoso/shop:ref:refs/heads/*", "every branch of 'contoso/shop'", REPOSITORY],
    [GITHUB, "repo:contoso/shop:environment:*", "any environment of 'contoso/shop'", REPOSITORY],
    [GITHUB, "repo:*/shop:ref:refs/heads/main", "repositories of others", REPOSITORY],
    [GITHUB, "*", "repositories of others", REPOSITORY],
    [GITHUB, "repository_owner:contoso", "every repository of 'contoso' that matches", REPOSITORY],
    [GITHUB, "repo:contoso/shop:ref:refs/pull/1/merge", "pull requests of 'contoso/shop'", REPOSITORY],
    [GITLAB, "project_path:contoso/*:ref_type:branch:ref:main", "more projects than one", PROJECT],
    [GITLAB, "project_path:contoso/shop:ref_type:branch:ref:*", "every branch of 'contoso/shop'", PROJECT],
    [GITLAB, "project_path:contoso/shop", "every branch and tag of 'contoso/shop'", PROJECT],
    [
        DEVOPS,
        "sc://contoso/shop/*",
        "more service connections than one",
        "one service connection, 'sc://organisation/project/connection'",
    ],
    [
        ENTRA,
        "shop",
        "what is no object id of a managed identity",
        "the object id of one managed identity, or one service connection",
    ],
    [
        TERRAFORM,
        "organization:contoso:project:shop:workspace:*:run_phase:apply",
        "more workspaces of 'contoso' than one",
        "one phase of one workspace",
    ],
    [
        TERRAFORM,
        "organization:contoso:project:shop:workspace:prod:run_phase:*",
        "plans, which a pull request starts, and applies of 'prod'",
        "one phase of one workspace",
    ],
    [PULUMI, "pulumi:deploy:org:contoso", "more stacks than one", "one stack or environment"],
    [
        PULUMI,
        "pulumi:environments:org:contoso:env:<yaml>",
        "every environment that is tried out in the editor",
        "one stack or environment",
    ],
    [
        CLUSTER,
        "system:serviceaccount:shop:default",
        "every pod of namespace 'shop' that names no service account",
        "one service account, 'system:serviceaccount:namespace:name'",
    ],
    [
        CLUSTER,
        "system:serviceaccounts:shop",
        "more service accounts than one",
        "one service account, 'system:serviceaccount:namespace:name'",
    ],
];

const ISSUERS: Readonly<Record<string, string>> = {
    "http://token.actions.githubusercontent.com":
        "issuer 'http://token.actions.githubusercontent.com' has no certificate; expected 'https://…'",
    "https://token.actions.githubusercontent.co":
        "issuer 'https://token.actions.githubusercontent.co' is taken for 'https://token.actions.githubusercontent.com' and is another",
    "https://token.actions.githubusercontent.com.evil.example":
        "issuer 'https://token.actions.githubusercontent.com.evil.example' is taken for 'https://token.actions.githubusercontent.com' and is another",
    "https://idp.evil.example":
        "issuer 'https://idp.evil.example' is none that is known; expected one that 'issuers' allows",
};

const NARROW_PATTERNS = [
    "claims['sub'] matches 'repo:contoso/shop:ref:refs/heads/release/*'",
    "claims['sub'] matches 'repo:contoso/shop:ref:refs/heads/release-?'",
    "claims['sub'] matches 'repo:contoso/shop:ref:refs/tags/v*'",
    "claims['sub'] eq 'repo:contoso/shop:environment:production'",
    "claims['sub'] matches 'repo:contoso/*' and claims['job_workflow_ref'] matches 'contoso/ci/.github/workflows/deploy.yml@refs/heads/main'",
];

const WIDE_PATTERNS: Readonly<Record<string, string>> = {
    "repo:contoso/*": "every repository of 'contoso' that matches",
    "repo:contoso/shop:*": "every branch, tag and pull request of 'contoso/shop'",
    "repo:contoso/shop:ref:refs/heads/main*": "every branch that begins as 'main' of 'contoso/shop'",
    "repo:contoso/shop:ref:*": "every ref of 'contoso/shop'",
};

const unknowns: readonly RuleCase[] = [
    {
        fact: "takes an address of a cluster that the stack makes, and an identity that it makes, as the update knows both",
        stack: [credential(UNKNOWN, "system:serviceaccount:shop:orders"), credential(ENTRA, UNKNOWN)],
    },
    {
        fact: "finds a service account of a cluster that is too wide before the cluster's address is known",
        stack: [credential(UNKNOWN, "system:serviceaccount:shop:default")],
        finds: [
            wide(
                "system:serviceaccount:shop:default",
                "every pod of namespace 'shop' that names no service account",
                "one service account, 'system:serviceaccount:namespace:name'",
            ),
        ],
    },
    {
        fact: "finds an issuer, a subject and an expression that are not known, in the preview alone",
        findsOnResource: [],
        stack: [
            credential(UNKNOWN, "repo:contoso/shop:environment:production"),
            credential(GITHUB, UNKNOWN),
            flexible(UNKNOWN),
        ],
        finds: ["issuer", "subject", "claimsMatchingExpression"].map(
            key =>
                `it: cannot judge the ${key === "claimsMatchingExpression" ? "expression" : key}: '${key}' is not known before its resources exist`,
        ),
    },
    {
        fact: "takes what is not known where it is left to the update",
        stack: [credential(UNKNOWN, UNKNOWN), credential(GITHUB, UNKNOWN, UNKNOWN), flexible(UNKNOWN)],
        config: { unknown: "left" },
    },
    {
        fact: "finds audiences that are not known, in the preview alone",
        findsOnResource: [],
        stack: [credential(GITHUB, "repo:contoso/shop:environment:production", UNKNOWN)],
        finds: ["it: cannot judge the audiences: 'audiences.0' is not known before its resources exist"],
    },
];

testRule(federatedCredentialTooWide, [
    ...NARROW.map(([issuer, subject]) => ({
        fact: `takes ${subject} of ${issuer}`,
        stack: [
            credential(issuer, subject),
            ofIdentity("azure-native:managedidentity:FederatedIdentityCredential", issuer, subject),
        ],
    })),
    ...WIDE.map(([issuer, subject, width, expected]) => ({
        fact: `finds ${subject} of ${issuer}`,
        stack: [credential(issuer, subject)],
        finds: [(/[*?]/.test(subject) ? broken : wide)(subject, width, expected)],
    })),
    {
        fact: "finds them on identities too, in azure-native and classic azure",
        stack: [
            ofIdentity(
                "azure-native:managedidentity/v20230131:FederatedIdentityCredential",
                GITHUB,
                "repo:contoso/shop",
            ),
            ofIdentity(
                "azure:armmsi/federatedIdentityCredential:FederatedIdentityCredential",
                GITHUB,
                "repo:contoso/shop",
            ),
        ],
        finds: Array.from({ length: 2 }, () =>
            wide("repo:contoso/shop", "every branch, tag and pull request of 'contoso/shop'", REPOSITORY),
        ),
    },
    ...Object.entries(ISSUERS).map(([issuer, finding]) => ({
        fact: `finds the issuer ${issuer}`,
        stack: [credential(issuer, issuer.includes("idp") ? "anything" : "repo:contoso/shop:environment:production")],
        finds: [`it: ${finding}`],
    })),
    {
        fact: "finds an issuer that is every tenant's",
        stack: [credential("https://login.microsoftonline.com/common/v2.0", OBJECT)],
        finds: [
            "it: issuer 'https://login.microsoftonline.com/common/v2.0' is of every tenant; expected the id of one",
        ],
    },
    ...NARROW_PATTERNS.map(expression => ({ fact: `takes ${expression}`, stack: [flexible(expression)] })),
    ...Object.entries(WIDE_PATTERNS).map(([pattern, width]) => ({
        fact: `finds an expression on ${pattern}`,
        stack: [onSubject(pattern)],
        finds: [wide(pattern, width, REPOSITORY)],
    })),
    {
        fact: "finds an expression on a workflow of an organisation that is not named",
        stack: [
            flexible(
                "claims['sub'] matches 'repo:*' and claims['job_workflow_ref'] eq 'contoso/ci/.github/workflows/a.yml@refs/heads/main'",
            ),
        ],
        finds: [wide("repo:*", "repositories of others", REPOSITORY)],
    },
    {
        fact: "finds an expression on a workflow that a branch of another name meets too",
        stack: [
            flexible(
                "claims['sub'] matches 'repo:contoso/*' and claims['job_workflow_ref'] matches 'contoso/ci/.github/workflows/*.yml@refs/heads/main'",
            ),
        ],
        finds: [
            wide("repo:contoso/*", "every repository of 'contoso' that matches", REPOSITORY),
            "it: workflow 'contoso/ci/.github/workflows/*.yml@refs/heads/main' is not one of one branch, as a wildcard goes over '@' too; expected 'organisation/repository/path@refs/heads/branch'",
        ],
    },
    {
        fact: "finds an expression without a subject, and one that cannot be read",
        stack: [flexible("claims['job_workflow_ref'] eq 'contoso/ci/a.yml@refs/heads/main'"), flexible("sub = main")],
        finds: [
            `it: expression "claims['job_workflow_ref'] eq 'contoso/ci/a.yml@refs/heads/main'" takes any subject; expected a term on claims['sub']`,
            `it: expression "sub = main" cannot be read; expected claims['sub'] matches '…'`,
        ],
    },
    {
        fact: "finds an audience that tokens for others have",
        stack: [credential(GITHUB, "repo:contoso/shop:environment:production", "https://github.com/contoso")],
        finds: [
            "it: audience 'https://github.com/contoso' is also that of tokens for others; expected 'api://AzureADTokenExchange'",
        ],
    },
    {
        fact: "finds an address that is made out to be another, and wildcards of any issuer, whatever is allowed",
        stack: [
            credential("https://token.actions.githubusercontent.co", "repo:contoso/shop:environment:production"),
            credential("https://idp.contoso.example", "job-*"),
            credential("https://idp.contoso.example", "job-7"),
        ],
        config: { issuers: ["https://*"] },
        finds: [
            broken("job-*", "more subjects than one", "one subject"),
            "it: issuer 'https://token.actions.githubusercontent.co' is taken for 'https://token.actions.githubusercontent.com' and is another",
        ],
    },
    {
        fact: "finds subjects besides those that are expected, narrow as they are, and wide ones among those",
        stack: [
            credential(GITHUB, "repo:contoso/shop:environment:production"),
            credential(GITHUB, "repo:evil/shop:environment:production"),
            credential(GITHUB, "repo:contoso/shop:pull_request"),
            onSubject("repo:evil/shop:environment:production"),
            flexible(
                "claims['sub'] matches 'repo:evil/*' and claims['job_workflow_ref'] eq 'evil/ci/.github/workflows/a.yml@refs/heads/main'",
            ),
        ],
        config: { expected: ["repo:contoso/*"] },
        finds: [
            "it: subject 'repo:evil/*' is not among the expected ones",
            "it: subject 'repo:evil/shop:environment:production' is not among the expected ones",
            "it: subject 'repo:evil/shop:environment:production' is not among the expected ones",
            wide("repo:contoso/shop:pull_request", "every pull request of 'contoso/shop'", REPOSITORY),
        ],
    },
    {
        fact: "takes the audience that an issuer sets itself",
        stack: [
            credential(PULUMI, "pulumi:environments:org:contoso:env:shop/prod", "azure:contoso"),
            credential("https://oidc.circleci.com/org/1", "org/1/project/2/user/3", "1"),
        ],
    },
    {
        fact: "takes issuers, subjects and audiences that are listed, and then no other issuer",
        stack: [
            credential("https://idp.contoso.example", "shop", "contoso"),
            credential(GITHUB, "repo:contoso/shop:pull_request"),
        ],
        config: {
            issuers: ["https://*.contoso.example"],
            subjects: ["shop", "repo:contoso/*:pull_request"],
            audiences: ["contoso"],
        },
        finds: [`it: issuer '${GITHUB}' is not among the allowed ones`],
    },
    ...unknowns,
]);
