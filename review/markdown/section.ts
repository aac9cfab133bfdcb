import { counted } from "../count.ts";

/** A part of a report: a heading, words that always stand, and entries of which the first ones are shown at once. */
export interface Section {
    readonly title: string;
    readonly lead?: string;
    /** Header lines of a table that the entries are rows of. */
    readonly head?: readonly string[];
    readonly entries: readonly string[];
    /** What an entry is: `change`. */
    readonly noun: string;
    /** Entries shown without unfolding. */
    readonly shown: number;
}

const block = (lines: readonly string[]): string => lines.join("\n");

const body = ({ head = [] }: Section, entries: readonly string[]): string => block([...head, ...entries]);

const fold = (summary: string, text: string): string =>
    block(["<details>", `<summary>${summary}</summary>`, "", text, "", "</details>"]);

const note = (section: Section, cut: number): string =>
    `**${counted(cut, section.noun)} more ${cut === 1 ? "does" : "do"} not fit here; the full report has all.**`;

const render = (section: Section, taken: number): string => {
    const { title, lead, entries, noun, shown } = section;
    const [first, rest] = [entries.slice(0, Math.min(shown, taken)), entries.slice(shown, Math.max(shown, taken))];
    const cut = entries.length - Math.min(taken, entries.length);
    return [
        `### ${title}`,
        ...(lead === undefined ? [] : [lead]),
        ...(first.length > 0 ? [body(section, first)] : []),
        ...(rest.length > 0 ? [fold(counted(rest.length, `more ${noun}`), body(section, rest))] : []),
        ...(cut > 0 ? [note(section, cut)] : []),
    ].join("\n\n");
};

/** Length a section needs whatever room there is, its note on what was cut included. */
const fixed = (section: Section): number =>
    render({ ...section, entries: section.entries.map(() => "") }, section.shown + 1).length -
    Math.min(section.entries.length, section.shown + 1) +
    note(section, section.entries.length).length +
    2;

/** How many entries of each section there is room for: at first those to be shown of each, then the others. */
const share = (sections: readonly Section[], room: number): number[] => {
    let left = room;
    const take = (section: Section, from: number, to: number): number => {
        let taken = from;
        for (const entry of section.entries.slice(from, to)) {
            if (entry.length + 1 > left) break;
            left -= entry.length + 1;
            taken += 1;
        }
        return taken;
    };
    const first = sections.map(section => take(section, 0, section.shown));
    return sections.map((section, at) => take(section, first[at] ?? 0, section.entries.length));
};

/** Sections as one text of at most `room` characters. What is cut is counted. */
export const renderSections = (sections: readonly Section[], room: number): string => {
    const entries = room - sections.reduce((sum, section) => sum + fixed(section) + 2, 0);
    const taken = share(sections, entries);
    return sections.map((section, at) => render(section, taken[at] ?? 0)).join("\n\n");
};
