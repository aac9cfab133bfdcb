import type { MapRight } from "./map-data.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";

const MARKS: readonly (readonly [MapRight["change"], Markup])[] = [
    ["added", html`<circle cx="9" cy="9" r="9" /><path d="M9 4.5v9M4.5 9h9" />`],
    ["widened", html`<path class="solid" d="M9 0l9 17H0z" /><path d="M9 6v7M6 9.5l3-3.5 3 3.5" />`],
    [
        "unknown",
        html`<path class="solid" d="M9 0l9 9-9 9-9-9z" /><path d="M6.5 7a2.5 2.5 0 1 1 2.5 2.5v1.5M9 13v.6" />`,
    ],
    ["moved", html`<path class="solid" d="M0 2h10l8 7-8 7H0z" /><path d="M3.5 9h8M8.5 6l3 3-3 3" />`],
    ["narrowed", html`<path class="solid" d="M9 18L0 1h18z" /><path d="M9 5v7M6 8.5l3 3.5 3-3.5" />`],
    ["removed", html`<rect width="18" height="18" rx="2" /><path d="M5 5l8 8M13 5l-8 8" />`],
];

/** What the map draws by name: a sign for each kind of change, and the head of an arrow. */
export const definitions = (): Markup =>
    html`<defs
        >${MARKS.map(([change, shape]) => html`<symbol id="mark-${change}" viewBox="0 0 18 18">${shape}</symbol>`)}<marker
            id="arrow"
            viewBox="0 0 10 10"
            refX="8"
            refY="5"
            markerWidth="4.5"
            markerHeight="4.5"
            orient="auto-start-reverse"
            ><path class="arrow" d="M0 0l10 5-10 5z" /></marker
    ></defs>`;

/** The sign of a change outside the map. */
export const markOf = (change: MapRight["change"]): Markup =>
    html`<svg class="mark" width="16" height="16" aria-hidden="true">
        <use href="#mark-${change}" width="16" height="16" />
    </svg>`;
