/**
 * How long a review takes: `node bench/review.ts`. Prints the processor time to compare and to render 1,000 and 10,000 grants, a
 * quarter of which change, in one run; the growth is what to look at on a busy machine.
 */
import { pageOf } from "../review/html/page.ts";
import { jsonOf } from "../review/json.ts";
import { markdownOf } from "../review/markdown/markdown.ts";
import type { Review } from "../review/model.ts";
import { reviewOf } from "../review/review-of.ts";
import { sarifOf } from "../review/sarif.ts";
import { manyGrants } from "../test/review-showcase.ts";
import { processorTime } from "./processor-time.ts";

const FORMS: Readonly<Record<string, (review: Review) => string>> = {
    Markdown: markdownOf,
    HTML: pageOf,
    JSON: jsonOf,
    SARIF: sarifOf,
};

const timed = <T>(work: () => T): readonly [T, number] => {
    let made: T | undefined;
    const took = processorTime(() => (made = work()));
    return [made as T, took];
};

reviewOf(manyGrants(100));
for (const count of [1_000, 10_000]) {
    const input = manyGrants(count);
    const [review, compared] = timed(() => reviewOf(input));
    const parts = Object.entries(FORMS).map(([name, form]) => [name, timed(() => form(review))] as const);
    const total = parts.reduce((sum, [, [, took]]) => sum + took, compared);
    const forms = parts.map(
        ([name, [text, took]]) => `${name} ${took.toFixed(0)} ms (${String(Math.ceil(text.length / 1024))} KiB)`,
    );
    console.log(
        `${String(count)} grants: compared in ${compared.toFixed(0)} ms; ${forms.join(", ")}; ${(total / 1000).toFixed(2)} s in all`,
    );
}
