import { styleText } from "node:util";
import { clean } from "./clean.ts";
import { counted } from "./count.ts";
import { standing } from "./findings.ts";
import type { Review, ReviewedChange, ReviewedFinding, ReviewedPath, SmallerSet } from "./model.ts";
import { rightInWords } from "./rights.ts";
import { SIGNS } from "./signs.ts";
import { tierInWords } from "./tiers.ts";

export interface TerminalOptions {
    /** @default - 100 */
    readonly columns?: number;
    /** @default - false */
    readonly colour?: boolean;
    /** Findings and changes that are shown at most. @default - 40 */
    readonly most?: number;
}

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const TIER_STYLE = { 0: "red", 1: "yellow", 2: "blue" } as const;

/** Lines broken at spaces; all but the first are indented, so that no text of others begins one. */
const wrap = (text: string, indent: number, columns: number): string => {
    const lines: string[] = [];
    for (const word of text.split(" ")) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + 1 + word.length <= columns - indent)
            lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
    }
    return lines.join(`\n${" ".repeat(indent)}`);
};

const first = <T>(items: readonly T[], most: number, write: (item: T) => string, noun: string): string[] => [
    ...items.slice(0, most).map(write),
    ...(items.length > most ? [`  … and ${counted(items.length - most, `more ${noun}`)} in the full report`] : []),
];

/** The terminal view of a review: what changes, what is wrong with it, and what would do, in the width there is. */
export const terminalOf = (
    review: Review,
    { columns = 100, colour = false, most = 40 }: TerminalOptions = {},
): string => {
    const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
    const line = (text: string, indent: number): string => wrap(clean(text, 2_000), indent, columns);
    const names = new Map(review.identities.map(({ key, name }) => [key, name]));

    const change = ({ change: kind, right, how, was }: ReviewedChange): string => {
        const sign = paint(
            kind === "removed" || kind === "narrowed" ? "green" : "red",
            `${SIGNS[kind]} ${kind.padEnd(8)}`,
        );
        const tier = right.tier === null ? "not known" : tierInWords(right.tier);
        const text = line(`${names.get(right.holder) ?? "not known yet"}: ${rightInWords(right)}`, 13);
        const more = [
            ...how,
            ...(was === undefined || how.length > 0 ? [] : right.unknown),
            ...(was === undefined ? right.unknown : []),
        ];
        const painted = right.tier === null ? tier : paint(TIER_STYLE[right.tier], tier);
        return [
            `  ${sign} ${text}`,
            `             ${painted}`,
            ...more.map(words => `             ${line(words, 13)}`),
        ].join("\n");
    };
    const finding = ({ severity, mandatory, subject, message, remediation, rule }: ReviewedFinding): string => {
        const label = paint(
            severity === "low" ? "bold" : "red",
            `${severity}${mandatory ? ", stops the deployment" : ""}`,
        );
        return [
            `  ${label}`,
            `    ${line(`${subject}: ${message} (${rule})`, 4)}`,
            `    ${line(`to mend: ${remediation}`, 4)}`,
        ].join("\n");
    };
    const path = ({ fromName, toName, hops, cut, notes }: ReviewedPath): string =>
        [
            `  ${line(`from ${fromName} to ${toName}`, 4)}`,
            ...hops.map(({ words }, at) => `    ${String(at + 1)}. ${line(words, 7)}`),
            ...notes.map(words => `    ${line(words, 4)}`),
            ...(cut === undefined ? [] : [`    ${line(`cheapest cut: take away ${cut}`, 4)}`]),
        ].join("\n");
    const less = ({ identity, enough, dropped }: SmallerSet): string =>
        [
            `  ${line(`${identity} needs only ${enough.map(({ right }) => right).join(", ")}`, 4)}`,
            ...dropped.map(({ right, why }) => `    ${line(`drop ${right}: ${why}`, 6)}`),
        ].join("\n");
    const part = (title: string, lines: readonly string[]): string[] =>
        lines.length === 0 ? [] : ["", paint("bold", title), ...lines];

    const open = review.paths.filter(({ change: kind }) => kind === "opened" || kind === "rerouted");
    return [
        paint("bold", line(`Access review of ${review.stack}`, 2)),
        line(review.headline, 2),
        ...(review.offline === undefined ? [] : [line(`Made without Azure: ${review.offline}`, 2)]),
        ...part("Escalation paths opened", first(open, most, path, "path")),
        ...part("What changes", first(review.changes, most, change, "change")),
        ...part("Findings", first(standing(review.findings), most, finding, "finding")),
        ...part("Less would do", first(review.smaller, most, less, "identity")),
        "",
    ].join("\n");
};
