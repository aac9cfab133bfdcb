import type { Review, ReviewedPath } from "../model.ts";
import { section, tierLabel } from "./access-sections.ts";
import { html, prose } from "./markup.ts";
import type { Markup } from "./markup.ts";

const PATH_WORDS: Readonly<Record<ReviewedPath["change"], string>> = {
    opened: "opened by this change",
    rerouted: "possible before, now another way",
    closed: "closed by this change",
    kept: "as before",
};

const pathItem = (path: ReviewedPath, id: string | undefined, names: ReadonlyMap<string, string>): Markup => {
    const { change, fromName, toName, tier, hops, cut, notes } = path;
    const steps = hops.map(({ to, edge, words }, at) => {
        const name = at === hops.length - 1 ? toName : (names.get(to) ?? to.split("::").at(-1) ?? to);
        return html`<li>
            <span class="edge">${edge}</span><span class="stop">${name}</span><span class="words">${prose(words)}</span>
        </li>`;
    });
    const trace =
        id === undefined
            ? undefined
            : html` <button type="button" class="trace" data-path="${id}" hidden>Show in map</button>`;
    return html`<li class="path ${change}">
        <p>
            <b>${PATH_WORDS[change]}</b>: from <code>${fromName}</code> to
            <code>${toName}</code> ${tierLabel(tier)}${trace}
        </p>
        <ol class="steps">
            <li><span class="stop">${fromName}</span></li>
            ${steps}
        </ol>
        ${notes.map(words => html`<p>${prose(words)}</p>`)}${cut === undefined ? undefined : html`<p>Cheapest cut: take away <code>${cut}</code></p>`}
    </li> `;
};

/** Escalation paths, step by step. */
export const pathsSection = ({ paths, identities }: Review): Markup | undefined => {
    const names = new Map(identities.map(({ key, name }) => [key, name]));
    const drawn = paths.filter(({ change }) => change !== "closed");
    const items = paths.map(path => {
        const at = drawn.indexOf(path);
        return pathItem(path, at < 0 ? undefined : `p${String(at)}`, names);
    });
    return section(
        "paths",
        "Escalation paths",
        paths.length,
        html`<p>Whoever controls the first identity can get to the last one's rights, step by step.</p>
            <ul class="paths">
                ${items}
            </ul>`,
    );
};
