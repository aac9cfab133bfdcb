import { facts, heading } from "./text-layout.ts";

const BAD_SHOWN = 12;

/** The first of many lines that have no answer, each with why, which is worked out only for those shown. */
export const reasons = (
    title: string,
    lines: readonly string[],
    whyOf: (line: string, at: number) => string,
): readonly string[] => {
    if (lines.length === 0) return [];
    const shown = lines.slice(0, BAD_SHOWN).map((line, at) => `  ${line}\n${facts([["", whyOf(line, at)]])}`);
    const hidden = lines.length - shown.length;
    return [heading(title), ...shown, ...(hidden === 0 ? [] : [`  … and ${hidden} more (--json has all)`])];
};

/** What was proven about an answer. */
export const proof = (optimal: boolean, unit: string): string =>
    optimal
        ? `Proven: no set of ${unit} covers these with fewer of the control plane, or else with less opened.`
        : `Not proven: the search reached its bound on work, so a better set of ${unit} may exist.`;
