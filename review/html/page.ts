import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { inThousands } from "../count.ts";
import { findingsInWords } from "../findings.ts";
import type { Review } from "../model.ts";
import { CHANGE_MEANING } from "../signs.ts";
import { TIER_MEANING } from "../tiers.ts";
import { rightsSections, tierLabel } from "./access-sections.ts";
import { deployingSection, exceptionsSection, findingsSection, smallerSection } from "./finding-sections.ts";
import { identitiesSection, waysInSection } from "./identity-sections.ts";
import { accessMapOf } from "./map-data.ts";
import { markOf } from "./map-marks.ts";
import { mapSection } from "./map-section.ts";
import { html, Markup, prose } from "./markup.ts";
import { pathsSection } from "./path-section.ts";
import { otherInWords } from "../other-changes.ts";

const asset = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

/** The page's own code: the layout of the map, then what answers filters and keys. */
const script = (): string =>
    `"use strict";(()=>{${asset("map-layout.js").replace(/^export /gm, "")}${asset("page.js")}})();`;

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const COUNTS = ["added", "widened", "unknown", "moved", "narrowed", "removed"] as const;

const summary = ({ counts, findings, paths }: Review): Markup => {
    const opened = paths.filter(({ change }) => change === "opened").length;
    return html`<ul class="counts">
        ${COUNTS.filter(kind => counts[kind] > 0).map(kind => html`<li class="change ${kind}">${markOf(kind)} <b>${inThousands(counts[kind])}</b> ${kind}</li>`)}
        <li><b>${inThousands(counts.unchanged)}</b> as before</li>
        <li>findings: <b>${findingsInWords({ findings })}</b></li>
        ${opened > 0 ? html`<li class="alarm"><b>${opened}</b> escalation ${opened === 1 ? "path" : "paths"} opened</li>` : undefined}
    </ul>`;
};

const reading = (): Markup =>
    html`<section aria-labelledby="reading">
        <h2 id="reading">How to read this</h2>
        <dl>
            ${TIER_MEANING.map(
                ([tier, meaning]) =>
                    html`<dt>${tierLabel(tier)}</dt>
                        <dd>${meaning}</dd>`,
            )}${CHANGE_MEANING.map(
                ([change, meaning]) =>
                    html`<dt><span class="change ${change}">${markOf(change)} ${change}</span></dt>
                        <dd>${meaning}</dd>`,
            )}
            <dt>open</dt>
            <dd>
                how many method and path pairs of Microsoft Graph, or Azure actions, an identity may use; less is better
            </dd>
        </dl>
    </section> `;

/** A review as one page that needs nothing else: no request leaves it, and no script runs in it but its own. */
export const pageOf = (review: Review): string => {
    const [style, code] = [asset("page.css"), script()];
    const policy = `default-src 'none'; script-src ${hash(code)}; style-src ${hash(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
    const sections = [
        pathsSection(review),
        mapSection(accessMapOf(review)),
        findingsSection(review),
        ...rightsSections(review),
        waysInSection(review),
        smallerSection(review),
        identitiesSection(review),
        exceptionsSection(review),
        deployingSection(review),
    ].filter(part => part !== undefined);
    return html`<!doctype html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="referrer" content="no-referrer" />
                <link rel="icon" href="data:," />
                <title>Access review of ${review.stack}</title>
                ${new Markup(`<style>${style}</style>`)}
            </head>
            <body>
                <a class="skip" href="#content">Skip to the review</a>
                <header>
                    <p class="kind">Access review</p>
                    <h1>${review.stack}</h1>
                    <p class="headline">${prose(review.headline)}</p>
                    ${summary(review)}${review.offline === undefined ? undefined : html`<p class="banner">Made without Azure: ${prose(review.offline)}</p>`}
                </header>
                <main id="content">${sections}${reading()}</main>
                <footer>
                    <p>${otherInWords(review, inThousands)}</p>
                    <p>Leastwise, ${review.generated}</p>
                </footer>
                ${new Markup(`<script>${code}</script>`)}
            </body>
        </html> `.text;
};
