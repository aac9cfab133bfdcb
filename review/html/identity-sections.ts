import { inThousands } from "../count.ts";
import type { Review, ReviewedIdentity } from "../model.ts";
import { section, tierLabel } from "./access-sections.ts";
import { html, prose } from "./markup.ts";
import type { Markup } from "./markup.ts";

const between = (before: number, after: number): string =>
    before === after ? inThousands(after) : `${inThousands(before)} → ${inThousands(after)}`;

const danger = ({ before, after }: ReviewedIdentity): Markup => {
    const label = ({ rights, tier, undecided }: ReviewedIdentity["after"]): Markup =>
        rights === 0
            ? html`none`
            : html`${tierLabel(tier)}${tier !== null && tier > 0 && undecided > 0 ? html` or worse` : undefined}`;
    const [was, is] = [label(before), label(after)];
    return was.text === is.text ? is : html`${was} → ${is}`;
};

/** What each identity could do, and can do. */
export const identitiesSection = ({ identities }: Review): Markup | undefined => {
    const touched = identities.filter(
        ({ change, before, after }) => change !== "kept" || JSON.stringify(before) !== JSON.stringify(after),
    );
    const rows = touched.map(
        each =>
            html`<tr>
                <td>${each.name}</td>
                <td>
                    ${each.kind}${each.change === "kept" ? undefined : html` <b>${each.change === "added" ? "new" : each.change}</b>`}${each.instead === undefined ? undefined : html` instead of ${each.instead}`}
                </td>
                <td>${danger(each)}</td>
                <td>${between(each.before.calls, each.after.calls)}</td>
                <td>${between(each.before.actions, each.after.actions)}</td>
                <td>${each.hosts.join(", ") || "nothing in this stack"}</td>
            </tr> `,
    );
    return section(
        "identities",
        "Identities, before → after",
        touched.length,
        html`<div class="wide" role="region" aria-label="Identities before and after" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">Identity</th>
                        <th scope="col">Kind</th>
                        <th scope="col">Most dangerous right</th>
                        <th scope="col">Graph calls open</th>
                        <th scope="col">Azure actions open</th>
                        <th scope="col">Runs as it</th>
                    </tr>
                </thead>
                <tbody>
                    ${rows}
                </tbody>
            </table>
        </div>`,
    );
};

/** Who can sign in or act as an identity, and could not before. */
export const waysInSection = ({ entries, attachments }: Review): Markup | undefined =>
    section(
        "ways-in",
        "Who can act as an identity",
        entries.length + attachments.length,
        html`<ul>
            ${entries.map(
                ({ change, identity, words, was }) =>
                    html`<li>
                        <b>${change}</b>: ${prose(words)} signs in as
                        <code>${identity}</code>${was === undefined ? undefined : html`; before: ${prose(was)}`}
                    </li>`,
            )}${attachments.map(
                ({ change, identity, host }) =>
                    html`<li>
                        <b>${change}</b>: <code>${host}</code> ${change === "added" ? "can act" : "acts no more"} as
                        <code>${identity}</code>
                    </li>`,
            )}
        </ul>`,
    );
