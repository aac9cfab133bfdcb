import assert from "node:assert/strict";
import fc from "fast-check";
import { readExpression } from "../policy-pack/federation/expression.ts";
import { ISSUERS, issuerOf, takenFor } from "../policy-pack/federation/issuers.ts";
import { githubWidth, gitlabWidth } from "../policy-pack/federation/repositories.ts";
import { clusterWidth, devopsWidth, pulumiWidth, terraformWidth } from "../policy-pack/federation/services.ts";

/** Pieces that subjects are made of, in any order and number. */
const PIECES = [
    ..."*?:/@- .".split(""),
    ...["repo", "repository", "repository_owner", "contoso", "shop", "pull_request", "environment", "production"],
    ...["ref", "refs", "heads", "tags", "pull", "main", "ref_type", "branch", "tag", "project_path", "project"],
    ...["organization", "workspace", "run_phase", "plan", "apply", "system", "serviceaccount", "default"],
    ...["pulumi", "deploy", "environments", "org", "stack", "env", "<yaml>", "sc", "job_workflow_ref", ".github"],
];
const JOINED = [
    "repo:contoso/shop:",
    "ref:refs/heads/",
    "ref:refs/tags/",
    "environment:",
    "project_path:contoso/shop:",
    "ref_type:branch:",
    "organization:contoso:project:shop:",
    "workspace:",
    "run_phase:",
    "system:serviceaccount:",
    "pulumi:deploy:org:contoso:",
    "sc://contoso/",
];
const subjects = fc.array(fc.constantFrom(...PIECES, ...JOINED), { maxLength: 8 }).map(pieces => pieces.join(""));

/** What a subject has to look like to be taken: that it names one thing, said in another way than the rule says it. */
const NARROW: readonly (readonly [string, (subject: string) => string | undefined, RegExp])[] = [
    [
        "GitHub",
        githubWidth,
        /^repo(?:sitory)?(?:_owner)?:[^*?:/]+(?:\/[^*?:]+)?:.*(?:environment:[^*?:]+|ref:refs\/(?:heads|tags)\/[^*?].*|job_workflow_ref:[^*?]+)/,
    ],
    ["GitLab", gitlabWidth, /^project_path:[^*?:]+:(?:.*environment:[^*?:]*|ref_type:[^:]*[^:*?][^:]*:ref:[^*?].*)/],
    [
        "Terraform",
        terraformWidth,
        /^(?=.*organization:[^*?:]+)(?=.*workspace:[^*?:]+)(?=.*run_phase:(?:plan|apply)(?::|$))/,
    ],
    ["a cluster", clusterWidth, /^system:serviceaccount:[^*?:]+:(?!default$)[^*?:]+$/],
    ["Azure DevOps", devopsWidth, /^(?:(?:sc|p):\/\/[^*?/]+\/[^*?/]+\/[^*?]+|\/eid1\/[^*?]*)$/],
    ["Pulumi", pulumiWidth, /^[^*?]*$/],
];

describe("what subjects of federated credentials are taken", () => {
    for (const [name, width, narrow] of NARROW) {
        it(`is one thing, for ${name}`, () => {
            fc.assert(
                fc.property(subjects, subject => {
                    if (width(subject) === undefined) assert.match(subject, narrow);
                }),
                { numRuns: 3000 },
            );
        });
    }

    it("is told of any text whatever, by every issuer", () => {
        const texts = fc.oneof(subjects, fc.string({ unit: "grapheme" }));
        fc.assert(
            fc.property(texts, texts, (issuer, subject) => {
                for (const { width } of ISSUERS) width(subject);
                issuerOf(issuer, subject)?.width(subject);
                takenFor(issuer);
                readExpression(subject);
            }),
            { numRuns: 1000 },
        );
    });

    it("is told of a very long text as well, in no time", () => {
        for (const piece of [" ", "a/", "environment:", "claims['sub'] and ", "*"]) {
            const text = `repo:contoso/shop:${piece.repeat(50_000)}`;
            const start = performance.now();
            for (const { width } of ISSUERS) width(text);
            takenFor(text);
            readExpression(text);
            assert.ok(performance.now() - start < 2_000, piece);
        }
    });

    it("does not depend on what follows the host of an issuer that is made out to be another", () => {
        for (const host of ["token.actions.githubusercontent.com", "gitlab.com", "app.terraform.io"])
            fc.assert(
                fc.property(fc.constantFrom(".", "-", "@", ":443.", "evil"), fc.domain(), (mark, domain) => {
                    const issuer = `https://${host}${mark}${domain}`;
                    assert.ok(!ISSUERS.some(({ url }) => url.test(issuer)), issuer);
                }),
            );
    });
});
