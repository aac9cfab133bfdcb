import assert from "node:assert/strict";
import type { Finding } from "../access/finding.ts";
import { COMMENT_LIMIT, markdownOf } from "../review/markdown/markdown.ts";
import { reviewOf } from "../review/review-of.ts";
import type { Review } from "../review/model.ts";
import { identity, model, NOTHING, permission, role, SUBSCRIPTION } from "./review-models.ts";
import { manyGrants } from "./review-showcase.ts";
import { SITUATIONS } from "./review-situations.ts";

const findingsOf = (count: number): Finding[] =>
    Array.from({ length: count }, (_, at) => ({
        ...{
            rule: "azure-scope-too-wide",
            urn: `urn:pulumi:a::b::c::r${String(at)}`,
            message: `right ${String(at)} is too wide`,
        },
        ...{ severity: at % 2 === 0 ? "high" : "low", mandatory: at % 4 === 0, remediation: "Narrow it.", url: "" },
    }));

/** Entries of a part of the report that are shown, and those that are only counted. */
const told = (markdown: string, title: string, entry: RegExp): { shown: number; cut: number } => {
    const part = markdown.split(/^### /m).find(each => each.startsWith(title)) ?? "";
    const cut = /^\*\*([\d,]+) \w+ more do(?:es)? not fit here/m.exec(part)?.[1] ?? "0";
    return { shown: part.match(entry)?.length ?? 0, cut: Number(cut.replaceAll(",", "")) };
};

const large = (): Review => {
    const input = SITUATIONS["no-access-change"];
    assert.ok(input !== undefined);
    const many = manyGrants(8_000);
    return reviewOf({ ...input, before: NOTHING, after: many.after, findings: findingsOf(3_000) });
};

describe("a report that is too long for a comment", () => {
    const review = large();

    it("fits whatever the room, and counts every change and finding that it leaves out", () => {
        for (const limit of [COMMENT_LIMIT, 20_000, 8_000]) {
            const markdown = markdownOf(review, { limit });
            assert.ok(markdown.length <= limit, `${String(markdown.length)} of ${String(limit)}`);
            const changes = told(markdown, "What changes", /^\| [+▲?→▼−] /gm);
            assert.equal(changes.shown + changes.cut, review.changes.length);
            const findings = told(markdown, "Findings", /^- \*\*(high|low)/gm);
            assert.equal(findings.shown + findings.cut, review.findings.length);
        }
    });

    it("leaves room for findings, however many changes there are", () => {
        assert.ok(told(markdownOf(review), "Findings", /^- \*\*(high|low)/gm).shown >= 10);
    });

    it("shows the most dangerous first, and folds what follows", () => {
        const holder = identity("app");
        const rights = [
            ...Array.from({ length: 40 }, (_, at) =>
                role(holder, "Reader", SUBSCRIPTION, { resource: `r${String(at)}` }),
            ),
            permission(holder, "RoleManagement.ReadWrite.Directory"),
        ];
        const input = SITUATIONS["no-access-change"];
        assert.ok(input !== undefined);
        const markdown = markdownOf(reviewOf({ ...input, before: NOTHING, after: model([holder], rights) }));
        const rows = markdown.split("\n").filter(line => line.startsWith("| + added"));
        assert.match(rows[0] ?? "", /RoleManagement/);
        assert.match(markdown, /<summary>21 more changes<\/summary>/);
    });
});
