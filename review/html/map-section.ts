import { counted } from "../count.ts";
import { tierLabel } from "./access-sections.ts";
import type { AccessMap } from "./map-data.ts";
import { mapMarkup } from "./map.ts";
import { html, Markup } from "./markup.ts";

const filters = ({ identities, hidesUnchanged }: AccessMap): Markup =>
    html`<form id="filters" hidden>
        <label
            >Identity
            <select id="filter-identity">
                <option value="">all</option>
                ${identities.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}
            </select></label
        >
        <fieldset>
            <legend>How dangerous</legend>
            ${[0, 1, 2, null].map(tier => html`<label><input type="checkbox" name="tier" value="${tier ?? "unknown"}" checked /> ${tierLabel(tier)}</label>`)}
        </fieldset>
        <label
            ><input type="checkbox" id="filter-unchanged" ${hidesUnchanged ? undefined : new Markup(" checked")} /> also
            what stays</label
        ><label>Search <input type="search" id="filter-text" autocomplete="off" /></label
        ><output id="filter-count" role="status"></output>
    </form>`;

/** The access map with its filters. */
export const mapSection = (map: AccessMap): Markup | undefined =>
    map.identities.length === 0
        ? undefined
        : html`<section aria-labelledby="map-title">
              <h2 id="map-title">Access map</h2>
              ${filters(map)}${map.left > 0 ? html`<p class="banner">${counted(map.left, "right")} of the least dangerous are not drawn; the tables below have all.</p>` : undefined}
              <p class="columns" aria-hidden="true">
                  <span>identity</span><span>permission or role</span><span>on</span>
              </p>
              <div id="map-frame" role="region" aria-label="Access map, scrollable" tabindex="0">${mapMarkup(map)}</div>
              <p id="map-detail" role="status">
                  Point at a box, or tab to the map and move with the arrow keys, to follow its lines.
              </p>
          </section> `;
