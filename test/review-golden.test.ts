import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host, Principal } from "../access/model.ts";
import { markdownOf } from "../review/markdown/markdown.ts";
import { reviewSchema } from "../review/model.ts";
import type { Review } from "../review/model.ts";
import { reviewOf } from "../review/review-of.ts";
import { model, NOTHING } from "./review-models.ts";
import { SITUATIONS } from "./review-situations.ts";

const FOLDER = join(import.meta.dirname, "golden");
const isUpdate = process.env["UPDATE_GOLDEN"] === "1";

const reviewNamed = (name: string): Review => {
    const input = SITUATIONS[name];
    assert.ok(input !== undefined, name);
    return reviewOf(input);
};

const changesOf = ({ changes }: Review): string[] =>
    changes.map(({ change, right }) => `${change} ${right.what} on ${right.on}`);

/** What each report must say, whatever its words. */
const FACTS: Readonly<Record<string, (review: Review, markdown: string) => void>> = {
    "new-workload": (review, markdown) => {
        assert.deepEqual(changesOf(review), [
            "added Key Vault Secrets User on vault kv-payroll in rg-payroll",
            "added User.Read.All on Microsoft Graph",
        ]);
        assert.deepEqual(review.smaller[0]?.enough[0]?.right, "User.ReadBasic.All");
        assert.match(markdown, /`aa-nightly` can act as `report`/);
    },
    "permission-widened": (review, markdown) => {
        assert.deepEqual(changesOf(review), ["widened User.ReadWrite.All on Microsoft Graph"]);
        assert.equal(review.changes[0]?.was?.what, "User.Read.All");
        assert.deepEqual(review.changes[0]?.right.tier, 0);
        assert.match(markdown, /index\.ts:31/);
        assert.match(markdown, /1, which stops the deployment/);
    },
    narrowed: review => {
        assert.deepEqual(changesOf(review), ["narrowed Virtual Machine Contributor on resource group rg-payroll"]);
        assert.deepEqual(
            review.findings.map(({ status }) => status),
            ["resolved"],
        );
        assert.deepEqual([review.identities[0]?.before.tier, review.identities[0]?.after.tier], [0, 1]);
    },
    "call-no-longer-made": (review, markdown) => {
        assert.deepEqual(changesOf(review), []);
        assert.ok(
            review.smaller[0]?.dropped.some(
                ({ right, why }) => right === "Group.Read.All" && /no known call/.test(why),
            ),
        );
        assert.match(markdown, /`runbooks\/Get-Leavers\.ps1:12`/);
        assert.match(review.headline, /'report' needs less/);
    },
    "identity-replaced": review => {
        assert.deepEqual(changesOf(review), [
            "moved Key Vault Secrets User on vault kv-payroll in rg-payroll",
            "moved User.Read.All on Microsoft Graph",
        ]);
        assert.equal(review.headline, "This change replaces identity 'report': 2 rights move to a new identity.");
    },
    "scope-raised-to-subscription": review => {
        assert.deepEqual(
            review.changes.map(({ change, how }) => [change, ...how]),
            [["widened", "was on 'resource group rg-payroll'"]],
        );
    },
    "escalation-path-opened": (review, markdown) => {
        assert.deepEqual(
            review.paths.map(({ change, hops, tier }) => [change, hops.length, tier]),
            [["opened", 2, 0]],
        );
        assert.match(review.headline, /opens a way from 'cleaner'/);
        assert.ok(markdown.indexOf("Escalation paths") < markdown.indexOf("What changes"));
    },
    "exception-expired": (review, markdown) => {
        assert.deepEqual(changesOf(review), []);
        assert.equal(review.exceptions.expired.length, 1);
        assert.match(markdown, /\*\*expired\*\* `2026-11-20`/);
    },
    "first-deployment-unknown": (review, markdown) => {
        assert.deepEqual(
            review.changes.map(({ change, right }) => [change, right.tier, right.unknown.length]),
            [
                ["added", null, 1],
                ["added", 1, 1],
            ],
        );
        assert.match(markdown, /Made without Azure/);
        assert.match(markdown, /management plane \*\*or worse\*\*/);
    },
    "no-access-change": (review, markdown) => {
        assert.equal(review.headline, "Access stays as it is.");
        assert.doesNotMatch(markdown, /^### /m);
        assert.match(markdown, /1 to create, 4 to update/);
    },
};

describe("the approved reports", () => {
    for (const name of Object.keys(SITUATIONS)) {
        it(`says of ${name} what was approved`, () => {
            const review = reviewNamed(name);
            reviewSchema.parse(review);
            const markdown = markdownOf(review);
            const file = join(FOLDER, `review-${name}.md`);
            if (isUpdate) writeFileSync(file, markdown);
            assert.equal(markdown, readFileSync(file, "utf8"), "read the difference; to approve it: UPDATE_GOLDEN=1");
            FACTS[name]?.(review, markdown);
        });
    }

    it("has named facts and an approved report for each situation, and no other", () => {
        assert.deepEqual(Object.keys(FACTS).sort(), Object.keys(SITUATIONS).sort());
        const files = readdirSync(FOLDER).filter(file => /^review-.*\.md$/.test(file));
        assert.deepEqual(
            files.sort(),
            Object.keys(SITUATIONS)
                .map(name => `review-${name}.md`)
                .sort(),
        );
    });
});

describe("a review of identities that are born with their hosts", () => {
    it("does not say of a host that it can act as its own identity", () => {
        const own: Principal = { key: "urn:host", kind: "system-assigned", name: "host" };
        const host: Host = { key: own.key, name: own.name, place: { kind: "resource" }, identities: [own.key] };
        const input = SITUATIONS["no-access-change"];
        assert.ok(input !== undefined);
        const review = reviewOf({ ...input, before: NOTHING, after: model([own], [], { hosts: [host] }) });
        assert.deepEqual([review.attachments, review.deployer, review.identities[0]?.hosts], [[], [], ["host"]]);
    });
});
