import { counted, inThousands } from "../count.ts";
import { findingsInWords } from "../findings.ts";
import type { Review } from "../model.ts";
import { CHANGE_MEANING, SIGNS } from "../signs.ts";
import { TIER_MEANING, tierInWords } from "../tiers.ts";
import { changesSection } from "./changes.ts";
import { exceptionsSection, findingsSection, pathsSection } from "./findings.ts";
import { deployingSection, identitiesSection, smallerSection, waysInSection } from "./identities.ts";
import { renderSections } from "./section.ts";
import { code, prose } from "./text.ts";
import { otherInWords } from "../other-changes.ts";

/** Most characters of a comment on GitHub. */
export const COMMENT_LIMIT = 65_536;

export interface MarkdownOptions {
    /** @default - what a comment on GitHub holds */
    readonly limit?: number;
    /** Where the full report is, in words. @default - `the full report` */
    readonly title?: string;
}

const COUNTS = ["added", "widened", "unknown", "moved", "narrowed", "removed"] as const;

const summary = (review: Review): string => {
    const rights = COUNTS.filter(kind => review.counts[kind] > 0).map(
        kind => `${SIGNS[kind]} ${inThousands(review.counts[kind])} ${kind}`,
    );
    const opened = review.paths.filter(({ change }) => change === "opened").length;
    return [
        rights.length > 0 ? `**Rights:** ${rights.join(", ")}` : "**Rights:** no change",
        ...(review.counts.unchanged > 0 ? [`${counted(review.counts.unchanged, "right")} as before`] : []),
        `**Findings:** ${findingsInWords(review)}`,
        ...(opened > 0 ? [`**Escalation paths opened:** ${String(opened)}`] : []),
    ].join(" · ");
};

const legend = (): string =>
    [
        "<details>",
        "<summary>How to read this</summary>",
        "",
        ...TIER_MEANING.map(([tier, meaning]) => `- **${tierInWords(tier)}**: ${meaning}`),
        ...CHANGE_MEANING.map(([change, meaning]) => `- ${SIGNS[change]} **${change}**: ${meaning}`),
        "- **Graph calls open**: how many method and path pairs of Microsoft Graph the identity may use; **Azure actions open**: how many operations. Less is better.",
        "",
        "</details>",
    ].join("\n");

const marker = (stack: string): string =>
    `<!-- leastwise review of ${encodeURIComponent(stack.slice(0, 200).toWellFormed()).replaceAll("-", "%2D")} -->`;

/**
 * A review as Markdown for a comment on a pull request: what is most dangerous comes first, the rest is folded, and what
 * does not fit is counted. The first line names the stack, so that a later review can take the comment's place.
 */
export const markdownOf = (review: Review, { limit = COMMENT_LIMIT }: MarkdownOptions = {}): string => {
    const sections = [
        pathsSection(review),
        changesSection(review),
        findingsSection(review),
        waysInSection(review),
        smallerSection(review),
        identitiesSection(review),
        exceptionsSection(review),
        deployingSection(review),
    ].filter(({ entries }) => entries.length > 0);
    const top = [
        marker(review.stack),
        `## Access review of ${code(review.stack)}`,
        `**${prose(review.headline)}**`,
        summary(review),
        ...(review.offline === undefined ? [] : [`> Made without Azure: ${prose(review.offline)}`]),
    ].join("\n\n");
    const bottom = [otherInWords(review), legend(), `<sub>Leastwise, ${review.generated}</sub>`].join("\n\n");
    const room = limit - top.length - bottom.length - 8;
    return [top, renderSections(sections, room), bottom].filter(Boolean).join("\n\n") + "\n";
};
