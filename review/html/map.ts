import { COLUMNS, layoutMap, lineOfHop, lineToRight, lineToTarget, WIDTH } from "./map-layout.js";
import type { Layout } from "./map-layout.js";
import type { AccessMap, MapIdentity, MapPath, MapRight, MapTarget } from "./map-data.ts";
import { identityNote, noteOf, short, titleOf, told } from "./map-words.ts";
import { definitions } from "./map-marks.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";

const tierClass = (tier: number | null): string => `tier-${tier === null ? "unknown" : String(tier)}`;

const MARK = 18;

const rightMarkup = (each: MapRight, holder: MapIdentity, layout: Layout, isHidden: boolean): Markup => {
    const { x, width, height } = COLUMNS.right;
    const { right, change, id, target } = each;
    const y = layout.rights.get(id) ?? 0;
    const [from, to] = [layout.identities.get(holder.id) ?? 0, layout.targets.get(layout.targetOf.get(id) ?? "") ?? 0];
    const mark =
        change === "unchanged"
            ? undefined
            : html`<use
                  class="mark"
                  href="#mark-${change}"
                  x="${x + width - MARK - 8}"
                  y="14"
                  width="${MARK}"
                  height="${MARK}"
              />`;
    return html`<g
        class="right ${tierClass(right.tier)} ${change}${isHidden ? " off" : ""}"
        id="${id}"
        data-identity="${holder.id}"
        data-base="${target}"
        data-target="${layout.targetOf.get(id) ?? ""}"
        data-tier="${right.tier ?? "unknown"}"
        data-change="${change}"
    >
        <path class="line" d="${lineToRight(from, y)}" /><path class="line" d="${lineToTarget(y, to)}" />
        <g class="box" transform="translate(0 ${y})" role="button" tabindex="-1" aria-label="${told(each, holder.name)}"
            ><rect class="card" x="${x}" width="${width}" height="${height}" rx="7" /><rect
                class="bar"
                x="${x}"
                width="7"
                height="${height}"
                rx="3"
            /><text class="name" x="${x + 18}" y="20">${titleOf(each)}</text>
            <text class="note" x="${x + 18}" y="37">${noteOf(each)}</text>${mark}</g
        >
    </g> `;
};

const identityMarkup = (each: MapIdentity, layout: Layout, isHidden: boolean): Markup => {
    const { x, width, height } = COLUMNS.identity;
    const tier = each.identity?.after.tier ?? each.identity?.before.tier ?? null;
    const note = identityNote(each);
    return html`<g
        class="identity ${tierClass(tier)} ${each.identity?.change ?? "kept"}${isHidden ? " off" : ""}"
        id="${each.id}"
        ><g
            class="box"
            transform="translate(0 ${layout.identities.get(each.id) ?? 0})"
            role="button"
            tabindex="-1"
            aria-label="${short(each.name, 24)} ${short(note, 28)} · identity ${each.name} · ${note} · ${each.rights.length} rights"
            ><rect class="card" x="${x}" width="${width}" height="${height}" rx="23" /><circle
                class="bar"
                cx="${x + 24}"
                cy="23"
                r="9"
            /><text class="name" x="${x + 44}" y="20">${short(each.name, 24)}</text>
            <text class="note" x="${x + 44}" y="37">${short(note, 28)}</text></g
        ></g
    > `;
};

const targetMarkup = (id: string, name: string, y: number | undefined): Markup => {
    const { x, width, height } = COLUMNS.target;
    return html`<g class="target${y === undefined ? " off" : ""}" id="${id}"
        ><g
            class="box"
            transform="translate(0 ${y ?? 0})"
            role="button"
            tabindex="-1"
            aria-label="${short(name, 36)}${short(name, 36) === name ? "" : ` · ${name}`}"
            ><rect class="card" x="${x}" width="${width}" height="${height}" rx="2" /><text
                class="name"
                x="${x + 14}"
                y="25"
                >${short(name, 36)}</text
            ></g
        ></g
    > `;
};

/** What rights are on: every place it stands, and, hidden, what stands nowhere at first. */
const targetsMarkup = (targets: readonly MapTarget[], { targets: places }: Layout): Markup[] => {
    const names = new Map(targets.map(({ id, name }) => [id, name]));
    const standing = [...places].map(([id, y]) => targetMarkup(id, names.get(id.replace(/\..*/, "")) ?? "", y));
    const shown = new Set([...places.keys()].map(id => id.replace(/\..*/, "")));
    const hidden = targets.filter(({ id }) => !shown.has(id));
    return [...standing, ...hidden.map(({ id, name }) => targetMarkup(`${id}.0`, name, undefined))];
};

const pathMarkup = ({ id, path, hops }: MapPath, layout: Layout, lane: number): Markup => {
    const lines = hops.map(({ from, to, toRight, by }) => {
        const [fromY, toY] = [layout.identities.get(from), (toRight ? layout.rights : layout.identities).get(to)];
        const line =
            fromY === undefined || toY === undefined
                ? ""
                : toRight
                  ? lineToRight(fromY, toY)
                  : lineOfHop(fromY, toY, lane);
        return html`<path
            class="hop"
            data-from="${from}"
            data-to="${to}"
            data-by="${by.join(" ")}"
            d="${line}"
            marker-end="url(#arrow)"
        />`;
    });
    return html`<g class="path ${path.change}" id="${id}" data-lane="${lane}">${lines}</g> `;
};

/** The map as inline SVG, laid out as it shows at first. */
export const mapMarkup = (map: AccessMap): Markup => {
    const isShown = ({ change }: MapRight): boolean => !map.hidesUnchanged || change !== "unchanged";
    const onPath = new Set(map.paths.flatMap(({ hops }) => hops.flatMap(({ from, to, by }) => [from, to, ...by])));
    const groups = map.identities
        .map(({ id, rights }) => ({ id, rights: rights.filter(each => isShown(each) || onPath.has(each.id)) }))
        .filter(({ id, rights }) => rights.length > 0 || onPath.has(id));
    const layout = layoutMap(groups);
    return html`<svg
        id="map"
        viewBox="0 0 ${WIDTH} ${layout.height}"
        width="${WIDTH}"
        height="${layout.height}"
        role="group"
        aria-label="Access map: identities, their rights, and what these are on"
    >
        ${definitions()}
        ${map.identities.flatMap(holder => holder.rights.map(each => rightMarkup(each, holder, layout, !layout.rights.has(each.id))))}${map.identities.map(each => identityMarkup(each, layout, !layout.identities.has(each.id)))}${targetsMarkup(map.targets, layout)}${map.paths.map((each, lane) => pathMarkup(each, layout, lane))}
    </svg>`;
};
