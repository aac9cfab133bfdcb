import { inThousands } from "../count.ts";
import type { Location, Review, ReviewedChange, ReviewedRight } from "../model.ts";
import { tierInWords } from "../tiers.ts";
import { html, prose } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { markOf } from "./map-marks.ts";

/** A section with a heading, left out where it has nothing. */
export const section = (id: string, title: string, count: number, body: Markup): Markup | undefined =>
    count === 0
        ? undefined
        : html`<section aria-labelledby="${id}">
              <h2 id="${id}">${title} <span class="count">${inThousands(count)}</span></h2>
              ${body}
          </section> `;

const tierClass = (tier: number | null): string => `tier-${tier === null ? "unknown" : String(tier)}`;

/** A tier as a label. */
export const tierLabel = (tier: number | null): Markup =>
    html`<span class="tier ${tierClass(tier)}">${tierInWords(tier as 0 | 1 | 2 | null)}</span>`;

/** `runbooks/report.ps1:12`. */
export const place = ({ path, line }: Location): Markup => html`<code>${path}:${line}</code>`;

const list = (items: readonly Markup[]): Markup | undefined =>
    items.length === 0
        ? undefined
        : html`<ul class="plain">
              ${items.map(item => html`<li>${item}</li>`)}
          </ul>`;

const purpose = ({ calls }: ReviewedRight): Markup[] =>
    calls.map(({ call, at }) => html`for <code>${call}</code>${at.map(line => html` at ${place(line)}`)}`);

const details = ({ right, how }: Pick<ReviewedChange, "right" | "how">): Markup | undefined =>
    list([
        ...how.map(prose),
        ...(how.length === 0 ? right.limits.map(prose) : []),
        ...right.unknown.map(prose),
        ...(right.reason === undefined ? [] : [html`reason: ${prose(right.reason)}`]),
        ...(right.owner === undefined ? [] : [html`owner: ${right.owner}`]),
        ...purpose(right),
        ...(right.at === undefined ? [] : [html`declared at ${place(right.at)}`]),
    ]);

const row = (change: Markup, kind: string, right: ReviewedRight, holder: string, more: Markup | undefined): Markup =>
    html`<tr data-holder="${right.holder}" data-tier="${right.tier ?? "unknown"}" data-change="${kind}">
        <td>${change}</td>
        <td>${holder}</td>
        <td class="what">${right.what}</td>
        <td>${right.on}</td>
        <td>${tierLabel(right.tier)}</td>
        <td>${more}</td>
    </tr> `;

const table = (caption: string, rows: readonly Markup[]): Markup =>
    html`<div class="wide" role="region" aria-label="${caption}" tabindex="0">
        <table class="rights">
            <caption>
                ${caption}
            </caption>
            <thead>
                <tr>
                    <th scope="col">Change</th>
                    <th scope="col">Who</th>
                    <th scope="col">Can</th>
                    <th scope="col">On</th>
                    <th scope="col">How dangerous</th>
                    <th scope="col">Details</th>
                </tr>
            </thead>
            <tbody>
                ${rows}
            </tbody>
        </table>
    </div>`;

/** Every change of a right, and, folded, every right that stays. */
export const rightsSections = ({ changes, unchanged, identities }: Review): (Markup | undefined)[] => {
    const names = new Map(identities.map(({ key, name }) => [key, name]));
    const nameOf = ({ holder }: ReviewedRight): string => names.get(holder) ?? "not known yet";
    const changed = changes.map(each =>
        row(
            html`<span class="change ${each.change}">${markOf(each.change)} ${each.change}</span
                >${each.newIdentity && each.change !== "moved" ? html` for a new identity` : undefined}`,
            each.change,
            each.right,
            nameOf(each.right),
            details(each),
        ),
    );
    const kept = unchanged.map(right =>
        row(html`as before`, "unchanged", right, nameOf(right), details({ right, how: [] })),
    );
    return [
        section("changes", "What changes", changes.length, table("Rights that change, most dangerous first", changed)),
        section(
            "kept",
            "What stays",
            unchanged.length,
            html`<details>
                <summary>Show the rights that stay as they are</summary>
                ${table("Rights that stay, most dangerous first", kept)}
            </details>`,
        ),
    ];
};
