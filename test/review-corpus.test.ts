import assert from "node:assert/strict";
import { escalationPaths } from "../access/escalation.ts";
import type { AccessModel } from "../access/model.ts";
import { PlainResource } from "../policy-pack/adapter/resource.ts";
import { resourcesOfState } from "../policy-pack/adapter/state.ts";
import { accessOf } from "../policy-pack/judge-resources.ts";
import { markdownOf } from "../review/markdown/markdown.ts";
import { pageOf } from "../review/html/page.ts";
import { reviewSchema } from "../review/model.ts";
import type { Review } from "../review/model.ts";
import { reviewOf } from "../review/review-of.ts";
import { corpus, planOf, stateOf } from "./policy-corpus.ts";
import type { CorpusProgram } from "./policy-corpus.ts";
import { NOW, stackResource } from "./policy-support.ts";
import { NOTHING } from "./review-models.ts";

const planned = (program: CorpusProgram) =>
    accessOf(
        planOf(program).map(declared => new PlainResource(stackResource(declared))),
        {},
        NOW,
    );
const deployed = (program: CorpusProgram) => accessOf(resourcesOfState(stateOf(program)), {}, NOW);

const between = (before: AccessModel, after: ReturnType<typeof planned>, touched?: readonly string[]): Review =>
    reviewOf({
        ...(touched === undefined ? {} : { touched }),
        stack: "corpus",
        before,
        after: after.model,
        findings: after.findings,
        exceptions: after.exceptions,
        paths: { before: escalationPaths(before), after: escalationPaths(after.model) },
        otherChanges: { create: 0, update: 0, replace: 0, delete: 0 },
        now: NOW,
    });

/**
 * What differs all the same: an app role of the stack's own API has no name before its id is known.
 */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
    "own-api-in-parts.json": [
        "added an app role of its own on an API of the stack's own",
        "removed Ledger.Write on an API of the stack's own",
    ],
    "own-api-roles-random-ids.json": [
        "added an app role of its own on an API of the stack's own",
        "added an app role of its own on an API of the stack's own",
        "removed Orders.Read on an API of the stack's own",
        "removed Orders.Read on an API of the stack's own",
    ],
    "own-api-roles.json": [
        "added an app role of its own on an API of the stack's own",
        "removed Orders.Read on an API of the stack's own",
    ],
};

describe("reviews of programs as people write them", function () {
    this.timeout(60_000);

    for (const program of corpus()) {
        it(`tell every right of ${program.file} as new at its first preview, and nothing once it is deployed`, () => {
            const [plan, state] = [planned(program), deployed(program)];
            const first = between(NOTHING, plan);
            reviewSchema.parse(first);
            assert.deepEqual(
                first.changes.map(({ right, change }) => [right.key, change]).sort(),
                plan.model.rights.map(({ key }) => [key, "added"]).sort(),
            );
            const later = between(state.model, state, []);
            assert.deepEqual([later.changes, later.entries, later.attachments], [[], [], []]);
            for (const review of [first, later]) assert.ok(markdownOf(review).length + pageOf(review).length > 0);
        });

        it(`take no right of ${program.file} for another when a plan does not know its ids`, () => {
            const review = between(deployed(program).model, planned(program));
            const told = review.changes.map(({ change, right }) => `${change} ${right.what} on ${right.on}`);
            assert.deepEqual(
                told.filter(words => !words.startsWith("unknown")),
                EXPECTED[program.file] ?? [],
            );
        });
    }
});
