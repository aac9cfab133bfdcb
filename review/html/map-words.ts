import { tierInWords } from "../tiers.ts";
import type { MapIdentity, MapRight } from "./map-data.ts";

/** Text cut in its middle, where it is too long for its box. */
export const short = (text: string, most: number): string => {
    if (text.length <= most) return text;
    const half = Math.floor((most - 1) / 2);
    return `${text.slice(0, most - 1 - half)}…${text.slice(-half)}`;
};

const CHANGE_WORDS: Readonly<Record<MapRight["change"], string>> = {
    added: "added",
    widened: "widened",
    unknown: "decided by the deployment",
    moved: "moves to a new identity",
    narrowed: "narrowed",
    removed: "removed",
    unchanged: "as before",
};

/** What stands in the box of a right. */
export const titleOf = ({ right }: MapRight): string => short(right.what, 34);

/** What stands below its title. */
export const noteOf = ({ right, change }: MapRight): string =>
    short(`${tierInWords(right.tier)} · ${CHANGE_WORDS[change]}`, 46);

/** What stands in the box of a right, then all there is to know of it, as one line. */
export const told = (each: MapRight, holder: string): string => {
    const { right, how } = each;
    return [
        `${titleOf(each)} ${noteOf(each)}`,
        ...(titleOf(each) === right.what ? [] : [right.what]),
        `on ${right.on}`,
        `held by ${holder}`,
        ...how,
        ...right.limits,
        ...right.unknown,
        ...(right.reason === undefined ? [] : [`reason: ${right.reason}`]),
        ...(right.calls.length === 0 ? [] : [`for ${right.calls.map(({ call }) => call).join(", ")}`]),
    ].join(" · ");
};

/** What stands below the name of an identity. */
export const identityNote = ({ identity, rights }: MapIdentity): string => {
    if (identity === undefined) return `${String(rights.length)} rights`;
    const hosts = identity.hosts.length > 0 ? `runs ${identity.hosts.join(", ")}` : identity.kind;
    const fate = { added: "new", removed: "removed", replaced: "replaced", kept: "" }[identity.change];
    return fate === "" ? hosts : `${fate} · ${hosts}`;
};
