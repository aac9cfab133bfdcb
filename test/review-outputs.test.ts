import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { jsonOf } from "../review/json.ts";
import { junitOf } from "../review/junit.ts";
import { markdownOf } from "../review/markdown/markdown.ts";
import { reviewSchema } from "../review/model.ts";
import type { Review } from "../review/model.ts";
import { pageOf } from "../review/html/page.ts";
import { reviewOf } from "../review/review-of.ts";
import { sarifOf } from "../review/sarif.ts";
import { failing } from "../review/severity.ts";
import { terminalOf } from "../review/terminal.ts";
import { reviewSchemaText } from "../scripts/review-schema.ts";
import { anyModel } from "./review-arbitraries.ts";
import { identity, model, NOTHING, place, role, SUBSCRIPTION } from "./review-models.ts";
import { HOSTILE_REVIEW } from "./review-hostile.ts";
import { SHOWCASE } from "./review-showcase.ts";
import { SITUATIONS } from "./review-situations.ts";

const showcase = reviewOf(SHOWCASE);
const situations = Object.entries(SITUATIONS).map(([name, input]) => [name, reviewOf(input)] as const);
const all: readonly (readonly [string, Review])[] = [
    ...situations,
    ["all at once", showcase],
    ["hostile", HOSTILE_REVIEW],
];

const situation = (name: string): Review => {
    const found = situations.find(([each]) => each === name)?.[1];
    assert.ok(found !== undefined);
    return found;
};

/** The schema as it is published, without the older draft's way to name itself. */
const sarifSchema = (): object => {
    const file = createRequire(import.meta.url).resolve("schemastore/schemas/json/sarif-2.1.0.json");
    const schema = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "id" && key !== "$schema"));
};

interface Sarif {
    readonly runs: readonly {
        readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
        readonly results: readonly {
            readonly ruleId: string;
            readonly ruleIndex: number;
            readonly level: string;
            readonly baselineState?: string;
            readonly suppressions?: readonly object[];
            readonly codeFlows?: readonly {
                readonly threadFlows: readonly { readonly locations: readonly object[] }[];
            }[];
            readonly locations: readonly {
                readonly physicalLocation: {
                    readonly artifactLocation: { readonly uri: string };
                    readonly region: { readonly startLine: number };
                };
            }[];
        }[];
    }[];
}

const resultsOf = (review: Review, options?: Parameters<typeof sarifOf>[1]): Sarif["runs"][number]["results"] => {
    const [run] = (JSON.parse(sarifOf(review, options)) as Sarif).runs;
    assert.ok(run !== undefined);
    return run.results;
};

describe("a review as JSON", () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);

    it("is what the published schema says, for every situation", async () => {
        const validate = ajv.compile(JSON.parse(await reviewSchemaText()) as object);
        for (const [name, review] of all)
            assert.ok(validate(JSON.parse(jsonOf(review))), `${name}: ${ajv.errorsText(validate.errors)}`);
    });

    it("is read back as the same review", () => {
        for (const [name, review] of all)
            assert.deepEqual(reviewSchema.parse(JSON.parse(jsonOf(review))), review, name);
    });

    it("has a published schema that is current", async () => {
        const file = join(import.meta.dirname, "../schema/review.schema.json");
        assert.equal(readFileSync(file, "utf8"), await reviewSchemaText(), "run: node scripts/review-schema.ts");
    });
});

describe("a review as SARIF", () => {
    it("is what the schema of SARIF 2.1.0 says, for every situation", () => {
        const ajv = new Ajv({ strict: false, unicodeRegExp: false });
        addFormats.default(ajv);
        const validate = ajv.compile(sarifSchema());
        for (const [name, review] of all)
            assert.ok(validate(JSON.parse(sarifOf(review))), `${name}: ${ajv.errorsText(validate.errors)}`);
    });

    it("points at the line in the program where it is known, else at the project", () => {
        const places = ["permission-widened", "escalation-path-opened"].map(name => {
            const location = resultsOf(situation(name), { project: "infra/Pulumi.yaml" })[0]?.locations[0]
                ?.physicalLocation;
            return `${location?.artifactLocation.uri ?? ""}:${String(location?.region.startLine)}`;
        });
        assert.deepEqual(places, ["index.ts:31", "infra/Pulumi.yaml:1"]);
    });

    it("leaves no path that leads out of the repository", () => {
        for (const path of ["/etc/passwd", "../../x", "C:\\x", "a/../../b", "javascript:alert(1)", "\\\\host\\x"]) {
            const [finding] = situation("permission-widened").findings;
            assert.ok(finding !== undefined);
            const [result] = resultsOf({ ...showcase, findings: [{ ...finding, at: { path, line: 3 } }] });
            const uri = result?.locations[0]?.physicalLocation.artifactLocation.uri ?? "";
            assert.doesNotMatch(uri, /^\/|\.\.|:|\\/, path);
        }
    });

    it("tells the steps of an escalation path, what is new, and what was accepted", () => {
        const [escalation] = resultsOf(situation("escalation-path-opened"));
        assert.equal(escalation?.codeFlows?.[0]?.threadFlows[0]?.locations.length, 2);
        assert.deepEqual([escalation?.baselineState, escalation?.level], ["new", "error"]);
        const accepted = resultsOf(HOSTILE_REVIEW).filter(({ suppressions }) => suppressions !== undefined);
        assert.equal(accepted.length, HOSTILE_REVIEW.findings.filter(({ accepted: by }) => by !== undefined).length);
    });

    it("leaves out what was mended, and lists every rule it is given", () => {
        const rules = [
            { name: "a-rule", description: "A fact.", severity: "low", remediation: "Do.", url: "https://a.example/b" },
        ] as const;
        const log = JSON.parse(sarifOf(situation("narrowed"), { rules })) as Sarif;
        assert.deepEqual([log.runs[0]?.results, log.runs[0]?.tool.driver.rules.map(({ id }) => id)], [[], ["a-rule"]]);
    });

    it("names each result's rule by its place in the list", () => {
        const [run] = (JSON.parse(sarifOf(HOSTILE_REVIEW)) as Sarif).runs;
        for (const result of run?.results ?? [])
            assert.equal(run?.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
    });
});

describe("a review as JUnit XML", () => {
    it("fails for the findings that stand, skips accepted ones, and passes rules that found nothing", () => {
        const xml = junitOf(showcase, { rules: ["escalation-path", "stored-credential"] });
        assert.match(xml, /<testsuites name="leastwise" tests="3" failures="2" errors="0" skipped="0" time="0">/);
        assert.match(xml, /<testcase classname="stored-credential" name="found nothing" time="0"\/>/);
        assert.match(
            xml,
            /<failure type="critical" message="&apos;cleaner&apos; can reach control plane access in 2 steps">/,
        );
    });

    it("fails only from the severity that is asked for on", () => {
        assert.match(junitOf(showcase, { failOn: "critical" }), /failures="1"/);
        assert.equal(failing(showcase, "mandatory").length, 2);
        assert.equal(failing(situation("narrowed"), "low").length, 0);
    });
});

describe("a review in the terminal", () => {
    it("tells the headline, changes, findings and paths within the width", () => {
        const text = terminalOf(showcase, { columns: 80 });
        assert.match(text, /^Access review of payroll\/prod\nThis change opens a way from 'cleaner'/);
        assert.match(text, /▲ widened {2}report: User\.ReadWrite\.All on Microsoft Graph/);
        assert.match(text, /critical, stops the deployment/);
        assert.match(text, /1\. 'cleaner' can change the runbooks of 'aa-nightly'/);
        const words = text.split("\n").filter(line => line.length > 80 && line.trim().includes(" "));
        assert.deepEqual(words, []);
    });

    it("says how many it does not show", () => {
        assert.match(terminalOf(showcase, { most: 2 }), /… and 4 more changes in the full report/);
    });

    it("is coloured only where that is asked for", () => {
        assert.equal(terminalOf(showcase).includes("\u001b"), false);
        assert.equal(terminalOf(showcase, { colour: true }).includes("\u001b[31m"), true);
    });
});

describe("a review in any form", () => {
    const forms = { markdownOf, pageOf, jsonOf, sarifOf, junitOf, terminalOf } as const;

    it("has the same bytes for the same input, whatever the order of its lists", () => {
        const reverse = <T>(items: readonly T[]): T[] => items.toReversed();
        const { before, after, findings } = SHOWCASE;
        const turned = reviewOf({
            ...SHOWCASE,
            before: {
                ...before,
                rights: reverse(before.rights),
                principals: reverse(before.principals),
                hosts: reverse(before.hosts),
            },
            after: {
                ...after,
                rights: reverse(after.rights),
                principals: reverse(after.principals),
                hosts: reverse(after.hosts),
            },
            findings: reverse(findings),
        });
        for (const [name, form] of Object.entries(forms)) assert.equal(form(turned), form(showcase), name);
    });

    it("names the resource of a scope that is that resource or its managed resource group", () => {
        const [id, cluster] = [identity("deployer"), place(`${SUBSCRIPTION}/resourceGroups/rg/providers/a.b/c/aks`)];
        const scope = { undecided: "'scope' is not known yet", atOrManagedBy: cluster };
        const after = model([id], [{ ...role(id, "Reader", SUBSCRIPTION), scope }]);
        const text = markdownOf(reviewOf({ ...SHOWCASE, before: NOTHING, after }));
        assert.match(text, /`Reader` \| `c aks in rg or its managed resource group \(known after deployment\)`/);
    });

    it("tells every finding that stands", () => {
        for (const [name, review] of situations)
            for (const finding of review.findings.filter(({ status }) => status !== "resolved"))
                for (const [form, write] of Object.entries(forms))
                    assert.ok(write(review).includes(finding.rule), `${form} of ${name} leaves out ${finding.rule}`);
    });
});

describe("a review of any two models", () => {
    const input = SITUATIONS["no-access-change"];
    assert.ok(input !== undefined);

    it("has every right of either side, in its model, its page and its comment", () => {
        fc.assert(
            fc.property(anyModel, anyModel, (before, after) => {
                const review = reviewOf({ ...input, before, after });
                const shown = [...review.changes.filter(({ change }) => change !== "removed"), ...review.unchanged];
                assert.equal(shown.length, after.rights.length);
                const gone = review.changes.filter(({ change }) => change !== "added").length + review.unchanged.length;
                assert.equal(gone, before.rights.length);
                const rows = pageOf(review).match(/<tr data-holder=/g)?.length ?? 0;
                assert.equal(rows, review.changes.length + review.unchanged.length);
                const lines = markdownOf(review).match(/^\| [+▲?→▼−] \w+ \|/gm)?.length ?? 0;
                assert.equal(lines, review.changes.length);
            }),
            { numRuns: 60 },
        );
    });
});
