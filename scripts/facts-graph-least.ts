import type { RawLine } from "./graph-source.ts";

/** The lines with the fewest methods beside them, in the order of the file. */
const mostSpecific = (lines: readonly RawLine[]): readonly RawLine[] => {
    const fewest = Math.min(...lines.map(({ methodsOfSet }) => methodsOfSet));
    return lines.filter(({ methodsOfSet }) => methodsOfSet === fewest);
};

/**
 * The permission the table's own format picks for one call: among those flagged `least` (or, where none is, among all),
 * one exclusive to the method, else the one whose flags the fewest methods share, else the first of the file.
 * Only those that count are looked at. Source: https://github.com/microsoftgraph/kibali
 */
export const leastOf = (lines: readonly RawLine[], counts: (name: string) => boolean): string | undefined => {
    const usable = lines.filter(({ application, permission }) => application && counts(permission));
    if (usable.length === 0) return undefined;
    const flagged = usable.filter(({ least }) => least);
    return mostSpecific(flagged.length > 0 ? flagged : usable)[0]?.permission;
};
