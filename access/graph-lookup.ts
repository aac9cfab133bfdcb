import type { Call } from "./calls.ts";
import { METHODS, METHOD_LETTERS } from "./method.ts";
import { didYouMean } from "./name.ts";
import { callTable, cellOf, childrenAlong, placeOf } from "./graph-table.ts";
import type { Cell, Place } from "./graph-table.ts";
import { withProperties } from "./graph-properties.ts";
import { listedIn, setOptions } from "./graph-sets.ts";
import type { Option, Reading } from "./graph-sets.ts";
import { variants } from "./graph-variants.ts";
import { pathSegments } from "./path.ts";

interface Found {
    readonly kind: "found";
    readonly cell: Cell;
    /** The path as the table lists it. */
    readonly segments: readonly string[];
    /** The pair of the table that it is: `GET users/{}`. */
    readonly pair: string;
}

/** What the table knows of a call. */
export type Resolution =
    | Found
    /** It needs no permission of its own. */
    | { readonly kind: "free" }
    | { readonly kind: "unmatched"; readonly why: string };

/** Requests that carry other requests, or describe the service: they need no permission themselves. */
const FREE = new Set(["$batch", "$metadata"]);

const NOTHING_NEEDED: readonly Option[] = [[]];

const NO_ME = "an application has no signed-in user; name the user: '/users/{id}'";

const listedMethods = (methods: string): string => {
    const names = Object.entries(METHOD_LETTERS).filter(([, letter]) =>
        methods.split(" ").some(m => m.startsWith(letter)),
    );
    return names.map(([name]) => name).join(", ");
};

const whyUnknown = (segments: readonly string[]): string => {
    const { depth, names } = childrenAlong(segments);
    const wrong = segments[depth] ?? "";
    return `unknown path: nothing is known at '/${segments.slice(0, depth + 1).join("/")}'${didYouMean(wrong, names)}`;
};

const foundAt = ({ segments }: Place, cell: Cell, method: string): Found => ({
    kind: "found",
    cell,
    segments,
    pair: `${method} ${segments.join("/")}`,
});

const look = (method: string, path: string): Resolution => {
    const segments = pathSegments(path);
    if (FREE.has(segments[0] ?? "")) return { kind: "free" };
    if (segments[0] === "me") return { kind: "unmatched", why: NO_ME };
    let otherMethods: string | undefined;
    for (const form of variants(segments)) {
        const place = placeOf(form);
        const cell = place === undefined ? undefined : cellOf(place.methods, method);
        if (place !== undefined && cell !== undefined) return foundAt(place, cell, method);
        otherMethods ??= place?.methods;
    }
    if (otherMethods === undefined) return { kind: "unmatched", why: whyUnknown(segments) };
    return {
        kind: "unmatched",
        why: `unknown call: the path is listed for ${listedMethods(otherMethods)}, not for ${method}`,
    };
};

const KEPT = 20_000;
const kept = new Map<string, Map<string, Resolution>>(METHODS.map(method => [method, new Map<string, Resolution>()]));

/** Where a call stands in the table, by the closest form of its path that the table lists. */
export const resolve = ({ method, path }: Call): Resolution => {
    const ofMethod = kept.get(method);
    const known = ofMethod?.get(path);
    if (known !== undefined) return known;
    if (ofMethod !== undefined && ofMethod.size >= KEPT) ofMethod.clear();
    const found = look(method, path);
    ofMethod?.set(path, found);
    return found;
};

/** The options of a call that stands in the table. */
const optionsAt = ({ cell, segments }: Found, { properties }: Call, reading: Reading): readonly Option[] => {
    const options = setOptions(cell.set, reading);
    if (properties === undefined || properties.length === 0 || reading === "raw") return options;
    return withProperties(options, cell.set, segments, properties);
};

/** The options, each minimal, that allow a call; empty when there is none for applications. */
export const optionsOf = (call: Call, reading: Reading = "reviewed"): readonly Option[] => {
    const found = resolve(call);
    if (found.kind === "free") return NOTHING_NEEDED;
    return found.kind === "unmatched" ? [] : optionsAt(found, call, reading);
};

/** Names of an option's permissions. */
export const namesOf = (option: Option): string[] => option.map(number => callTable().permissions[number] ?? "");

/** Why no permission allows a call to an application; undefined when one does. */
export const whyUnmatched = (call: Call): string | undefined => {
    const found = resolve(call);
    if (found.kind === "unmatched") return found.why;
    if (found.kind === "free" || optionsOf(call).length > 0) return undefined;
    const listed = listedIn(found.cell.set).map(({ name }) => name);
    if (listed.length === 0) return "only delegated permissions allow it; a managed identity cannot make this call";
    return `only permissions that cannot be granted to an identity allow it: ${listed.join(", ")}`;
};
