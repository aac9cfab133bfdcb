import { counted } from "./count.ts";
import { standing } from "./findings.ts";
import type { Review } from "./model.ts";
import { TerminalWriter } from "./terminal-parts.ts";

export interface TerminalOptions {
    /** @default - 100 */
    readonly columns?: number;
    /** @default - false */
    readonly colour?: boolean;
    /** Entries of each part that are shown at most. @default - 40 */
    readonly most?: number;
}

interface Part {
    readonly title: string;
    readonly noun: string;
    readonly entries: readonly string[];
}

const partsOf = (review: Review, write: TerminalWriter): Part[] => {
    const { exceptions, entries, attachments, paths } = review;
    const open = paths.filter(({ change }) => change === "opened" || change === "rerouted");
    return [
        { title: "Escalation paths opened", noun: "path", entries: open.map(write.path) },
        { title: "What changes", noun: "change", entries: review.changes.map(write.change) },
        { title: "Findings", noun: "finding", entries: standing(review.findings).map(write.finding) },
        {
            title: "Who can act as an identity",
            noun: "change",
            entries: [...entries.map(write.entry), ...attachments.map(write.attachment)],
        },
        { title: "Less would do", noun: "identity", entries: review.smaller.map(write.smaller) },
        {
            title: "Exceptions that need somebody",
            noun: "exception",
            entries: [
                ...exceptions.expired.map(write.exception("expired")),
                ...exceptions.expiring.map(write.exception("ends soon,")),
                ...exceptions.unused.map(write.exception("for no finding of this stack, until")),
            ],
        },
        { title: "Not at once", noun: "note", entries: review.delays.map(words => write.line(words, 2)) },
    ].filter(part => part.entries.length > 0);
};

/** The terminal view of a review: what changes, what is wrong with it, and what would do, in the width there is. */
export const terminalOf = (
    review: Review,
    { columns = 100, colour = false, most = 40 }: TerminalOptions = {},
): string => {
    const names = new Map(review.identities.map(({ key, name }) => [key, name]));
    const write = new TerminalWriter(columns, colour, key => names.get(key) ?? "not known yet");
    const parts = partsOf(review, write).flatMap(({ title, noun, entries }) => {
        const left = entries.length - most;
        const more = left > 0 ? [`  … and ${counted(left, `more ${noun}`)} in the full report`] : [];
        return ["", write.paint("bold", title), ...entries.slice(0, most), ...more];
    });
    return [
        write.paint("bold", write.line(`Access review of ${review.stack}`, 0)),
        write.line(review.headline, 0),
        ...(review.offline === undefined ? [] : [write.line(`Made without Azure: ${review.offline}`, 0)]),
        ...parts,
        "",
    ].join("\n");
};
