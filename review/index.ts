/**
 * The difference in access between two models, and every form it is shown in. Pure: models and findings in, text out.
 * @packageDocumentation
 */
export { pageOf } from "./html/page.ts";
export { jsonOf } from "./json.ts";
export { junitOf, type JUnitOptions } from "./junit.ts";
export { COMMENT_LIMIT, markdownOf, type MarkdownOptions } from "./markdown/markdown.ts";
export { type Review, reviewSchema } from "./model.ts";
export type { Path } from "./paths.ts";
export { reviewOf, type ReviewInput } from "./review-of.ts";
export { type RuleInfo, sarifOf, type SarifOptions } from "./sarif.ts";
export { failing, type FailOn } from "./severity.ts";
export type { Code, SourceCall, Sources } from "./sources.ts";
export { terminalOf, type TerminalOptions } from "./terminal.ts";
