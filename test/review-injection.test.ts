import assert from "node:assert/strict";
import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { clean } from "../review/clean.ts";
import { pageOf } from "../review/html/page.ts";
import { jsonOf } from "../review/json.ts";
import { junitOf } from "../review/junit.ts";
import { COMMENT_LIMIT, markdownOf } from "../review/markdown/markdown.ts";
import { code, prose } from "../review/markdown/text.ts";
import { sarifOf } from "../review/sarif.ts";
import { terminalOf } from "../review/terminal.ts";
import { HOSTILE, HOSTILE_REVIEW, reviewWith } from "./review-hostile.ts";

const UNSEEN = /[[\p{C}\p{Z}]--[ \n]]/v;

const rendered = (markdown: string): string =>
    micromark(markdown, {
        extensions: [gfm()],
        htmlExtensions: [gfmHtml()],
        allowDangerousHtml: true,
        allowDangerousProtocol: true,
    });

/** The tags of HTML without text, attributes of tags that have none of ours, and code, which holds text alone. */
const skeleton = (html: string): string[] => {
    const withoutMarker = html.replace(/^<!-- leastwise review of [\w%.!~*'()]* -->/, "");
    const withoutCode = withoutMarker.replace(/<code>([^<]*)<\/code>/g, "");
    return withoutCode.match(/<[^>]*>/g) ?? [];
};

/** What a reader of a comment sees outside code: where GitHub looks for mentions, references and addresses. */
const outsideCode = (html: string): string =>
    html
        .replace(/<code>[^<]*<\/code>/g, " ")
        .replace(/<!--[^]*?-->/g, " ")
        .replace(/<[^>]*>/g, " ");

const anyText = fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: "binary", maxLength: 60 }),
    fc
        .array(fc.constantFrom(..."`|\\*_~[]()<>&@#'\"!:$-=\n\r\t .0aé‮​".split("")), { maxLength: 40 })
        .map(parts => parts.join("")),
    fc
        .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 3 })
        .map(parts => parts.join("")),
);

const PLAIN = reviewWith("name");

const assertSafeMarkdown = (text: string): void => {
    const markdown = markdownOf(reviewWith(text));
    const html = rendered(markdown);
    assert.deepEqual(skeleton(html), skeleton(rendered(markdownOf(PLAIN))), text);
    assert.doesNotMatch(markdown, UNSEEN, text);
    assert.doesNotMatch(outsideCode(html), /@|:\/\/|www\.|(^|\s)#\d|(^|\s)gh-\d|\$/i, text);
};

const assertSafePage = (text: string): void => {
    const strip = (page: string): string[] =>
        page
            .replace(/<(style|script)>[^]*?<\/\1>/g, "<$1>")
            .replace(/<code>[^<]*<\/code>/g, "")
            .replace(/"[^"]*"/g, '""')
            .match(/<[^>]*>/g) ?? [];
    assert.deepEqual(strip(pageOf(reviewWith(text))), strip(pageOf(PLAIN)), text);
};

const COMMAND = /^\s*::|##\[|##vso\[/im;

describe("names that would break out of a report", () => {
    for (const text of HOSTILE) {
        it(`stay text in Markdown and in the page: ${JSON.stringify(text).slice(0, 60)}`, () => {
            assertSafeMarkdown(text);
            assertSafePage(text);
        });
    }

    it("stay text in Markdown with an address behind other letters", () => {
        assertSafeMarkdown("#1 GH-2 org/repo#3 0123456789abcdef0123456789abcdef01234567www.evil.example");
    });

    it("stay text in Markdown, whatever they are", function () {
        this.timeout(60_000);
        fc.assert(fc.property(anyText, assertSafeMarkdown), { numRuns: 150 });
    });

    it("stay text in the page, whatever they are", function () {
        this.timeout(60_000);
        fc.assert(fc.property(anyText, assertSafePage), { numRuns: 100 });
    });

    it("give no command to a pipeline, in any form", function () {
        this.timeout(60_000);
        const forms = { markdownOf, pageOf, jsonOf, sarifOf, junitOf, terminalOf };
        const check = (text: string): void => {
            const review = reviewWith(text);
            for (const [name, form] of Object.entries(forms)) {
                assert.doesNotMatch(form(review), COMMAND, `${name}: ${text}`);
                assert.doesNotMatch(
                    form(review).replace(/<(style|script)>[^]*?<\/\1>/g, ""),
                    UNSEEN,
                    `${name}: ${text}`,
                );
            }
        };
        HOSTILE.forEach(check);
        fc.assert(fc.property(anyText, check), { numRuns: 60 });
    });

    it("leave JUnit XML well formed", () => {
        const ATTRIBUTE = String.raw`\s[a-z]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos);)*"`;
        const WELL_FORMED = new RegExp(
            String.raw`^<\?xml[^>]*\?>(?:[^<&]|&(?:amp|lt|gt|quot|apos);|</[a-z-]+>|<[a-z-]+(?:${ATTRIBUTE})*/?>)*$`,
        );
        const check = (text: string): void => {
            const xml = junitOf(reviewWith(text));
            assert.match(xml, WELL_FORMED);
            const names = [...xml.matchAll(/<(\/?)([a-z-]+)(?:\s[a-z]+="[^"]*")*(\/?)>/g)];
            const open: string[] = [];
            for (const [, isEnd, name, isEmpty] of names) {
                if (isEnd === "/") assert.equal(open.pop(), name);
                else if (isEmpty === "") open.push(name ?? "");
            }
            assert.deepEqual(open, []);
        };
        HOSTILE.forEach(check);
        fc.assert(fc.property(anyText, check), { numRuns: 200 });
    });

    it("fit a comment on GitHub together, with every finding told or counted", () => {
        const markdown = markdownOf(HOSTILE_REVIEW);
        assert.ok(markdown.length <= COMMENT_LIMIT, String(markdown.length));
        const shown = markdown.match(/^- \*\*(critical|high|medium|low)\b/gm)?.length ?? 0;
        const cut = Number(
            /\*\*([\d,]+) findings? more do(?:es)? not fit/.exec(markdown)?.[1]?.replaceAll(",", "") ?? 0,
        );
        assert.equal(shown + cut, HOSTILE_REVIEW.findings.length);
    });
});

describe("text of others in Markdown", () => {
    it("is code, and entities where a backtick or a bar would end it", () => {
        assert.equal(code("User.Read.All"), "`User.Read.All`");
        assert.equal(code("a|b`c"), "<code>a&#124;b&#96;c</code>");
    });

    it("is a sentence as it was, with names in quotes as code", () => {
        assert.equal(
            prose("role 'Owner' is assigned on '/subscriptions/x'; expected a resource group"),
            "role `Owner` is assigned on `/subscriptions/x`; expected a resource group",
        );
        assert.equal(prose("ask @team or #12"), "ask `@team` or `#12`");
    });
});

describe("cleaned text", () => {
    it("writes out what does not show, and cuts with a count", () => {
        assert.equal(clean("a\u202eb\nc\u001b[0m"), "a\\u{202e}b\\nc\\u{1b}[0m");
        assert.equal(clean("x".repeat(12), 10), `${"x".repeat(10)} … (2 more characters)`);
    });

    it("leaves names alone that people use", () => {
        for (const text of ["User.Read.All", "Zoë Müller", "日本語", "a-b_c (d) 'e'", "urn:pulumi:a::b::c:d/e:F::g"])
            assert.equal(clean(text), text);
    });
});
