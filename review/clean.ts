/** Characters that show nothing, or change how others show: controls, bidirectional marks, odd spaces, lone surrogates. */
const UNSEEN = /[[\p{C}\p{Z}]--[ ]]/gv;
const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Where pipelines would take a line for a command: `::set-output`, `##[error]`, `##vso[task.complete]`. */
const COMMAND = /(?<=^|\s):(?=:)|#(?=#(\[|vso\[))/gi;

const escaped = (character: string): string =>
    SHORT[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

const MOST = 300;

/**
 * Text of others as one line in which nothing is hidden: what does not show is written out, no pipeline takes a part of
 * it for a command, and what is too long is cut, with a count.
 */
export const clean = (text: string, most = MOST): string => {
    const shown = text.length > most ? text.slice(0, most) : text;
    const rest = text.length > most ? ` … (${String(text.length - most)} more characters)` : "";
    return shown.replace(UNSEEN, escaped).replace(COMMAND, escaped) + rest;
};
