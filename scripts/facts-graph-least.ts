import type { RawLine } from "./graph-source.ts";

/** The lines with the fewest methods beside them, in the order of the file. */
const mostSpecific = (lines: readonly RawLine[]): readonly RawLine[] => {
    const fewest = Math.min(...lines.map(({ methodsOfSet }) => methodsOfSet));
    return lines.filter(({ methodsOfSet }) => methodsOfSet === fewest);
};

/**
 * The permission the table's own format picks for one call: among those flagged `least` (or, where none is, among all),
 * one exclusive to the method, else the one whose flags the fewest methods share, else the first of the file.
 * Source: https://github.com/microsoftgraph/kibali
 */
export const leastOf = (lines: readonly RawLine[]): string | undefined => {
    const application = lines.filter(({ application }) => application);
    if (application.length === 0) return undefined;
    const flagged = application.filter(({ least }) => least);
    return mostSpecific(flagged.length > 0 ? flagged : application)[0]?.permission;
};
