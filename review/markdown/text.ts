import { clean } from "../clean.ts";

const NEEDS_ENTITIES = /[`|\\]|^ | $|^$/;

const entities = (text: string): string =>
    text.replace(/[^\p{L}\p{N} ]/gu, character => `&#${String(character.codePointAt(0) ?? 0)};`);

/** Text of others as code, in which GitHub sees no markup, mention, link or reference, in a table or out of one. */
export const code = (text: string): string => {
    const shown = clean(text);
    return NEEDS_ENTITIES.test(shown) ? `<code>${entities(shown) || "&nbsp;"}</code>` : `\`${shown}\``;
};

const PLAIN = /^[(“"]?[\p{L}\p{N}][\p{L}\p{N}'’.,;:()/%+-]*[.,;:!?)”"]*$|^[–—…]$/u;
/** What GitHub makes links of by itself, without markup. */
const LINKED = /www\.|:\/\/|^gh-\d|^[0-9a-f]{7,}$|^\p{N}+[.)]/iu;

const PUNCTUATION = /^[(.,;:!?)]*$/;

/** A word as it is, or as code without the punctuation around it. */
const word = (text: string): string => {
    if (PUNCTUATION.test(text) || (PLAIN.test(text) && !LINKED.test(text))) return text;
    const [, before = "", core = "", after = ""] = /^(\(*)(.*?)([.,;:!?)]*)$/.exec(text) ?? [];
    return `${before}${code(core)}${after}`;
};

/** A sentence with text of others in it: what stands in quotes, and any word with a sign in it, becomes code. */
export const prose = (text: string): string =>
    clean(text, 2_000)
        .split(/('[^']*')(?=[\s.,;:!?)]|$)/)
        .map((part, at) => {
            if (at % 2 === 1) return part.length > 2 ? code(part.slice(1, -1)) : part;
            return part
                .split(/(\s+)/)
                .map(piece => (/^\s*$/.test(piece) ? piece : word(piece)))
                .join("");
        })
        .join("");

const SAFE_URL = /^https:\/\/[\w.-]+(\/[\w./~%#?=&-]*)?$/;

/** A link, where the address is a plain one; else the label alone. */
export const link = (label: string, url: string): string =>
    SAFE_URL.test(url) ? `[${code(label)}](${url})` : code(label);
