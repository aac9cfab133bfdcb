/**
 * Writes the JSON Schema of a review from the definition of its model: `node scripts/review-schema.ts`; with `--check`
 * it fails when the file is not current.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { z } from "zod";
import { reviewSchema } from "../review/model.ts";

const FILE = join(import.meta.dirname, "../schema/review.schema.json");

/** The schema as its file has it. */
export const reviewSchemaText = (): Promise<string> =>
    format(
        JSON.stringify({
            title: "Access review",
            description: "What a change opens and closes, as leastwise review writes it.",
            ...z.toJSONSchema(reviewSchema, { reused: "ref" }),
        }),
        { parser: "json", tabWidth: 4, printWidth: 120 },
    );

if (import.meta.main) {
    const text = await reviewSchemaText();
    if (!process.argv.includes("--check")) writeFileSync(FILE, text);
    else if (readFileSync(FILE, "utf8") !== text) {
        console.error(`${FILE} is not current; run: node scripts/review-schema.ts`);
        process.exitCode = 1;
    }
}
