import { clean } from "../clean.ts";

/** Markup that is safe to put into a page. */
export class Markup {
    readonly text: string;

    constructor(text: string) {
        this.text = text;
    }
}

const ENTITIES: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
    "`": "&#96;",
};

/** Text of others as text of a page or an attribute: shown whole, with nothing hidden. */
export const escapeText = (text: string): string =>
    clean(text, 2_000).replace(/[&<>"'`]/g, character => ENTITIES[character] ?? "");

type Part = string | number | Markup | readonly Markup[] | undefined;

const written = (part: Part): string => {
    if (part === undefined) return "";
    if (part instanceof Markup) return part.text;
    return typeof part === "object" ? part.map(({ text }) => text).join("") : escapeText(String(part));
};

const plain = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The fixed parts of a template, without the indentation of the source. */
const fixedParts = (strings: TemplateStringsArray): readonly string[] => {
    const known = plain.get(strings) ?? strings.map(string => string.replace(/\n\s*/g, "\n"));
    plain.set(strings, known);
    return known;
};

/** Markup in which all that is filled in is escaped, unless it is markup itself. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
    new Markup(
        fixedParts(strings)
            .map((string, at) => string + written(parts[at]))
            .join(""),
    );

/** A sentence with text of others in it: what stands in quotes becomes code. */
export const prose = (text: string): Markup => {
    const parts = text.split(/('[^']*')(?=[\s.,;:!?)]|$)/);
    return new Markup(
        parts.map((part, at) => (at % 2 === 1 ? html`<code>${part.slice(1, -1)}</code>` : html`${part}`).text).join(""),
    );
};

const SAFE_URL = /^https:\/\/[\w.-]+(\/[\w./~%#?=&-]*)?$/;

/** A link, where the address is a plain one; else the label alone. */
export const link = (label: string, url: string): Markup =>
    SAFE_URL.test(url) ? html`<a href="${url}" rel="noreferrer">${label}</a>` : html`${label}`;
