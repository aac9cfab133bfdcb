import type { Place } from "./model.ts";
import { parseScope } from "./scope.ts";

/** Whether a role on a scope holds on a place: certainly, or as far as can be told. */
export type Covers = "yes" | "may" | "no";

const typeOf = ({ kind, type }: Place): string => (kind === "resource" ? (type ?? "").toLowerCase() : "");

const idOf = ({ id }: Place): string | undefined => (id === undefined || id === "" ? undefined : id.toLowerCase());

/** What tells places apart: `both` a URN and an id, one of them, or neither. */
type Sight = "both" | "urn" | "id" | "none";

const sightOf = (place: Place): Sight => {
    const hasId = idOf(place) !== undefined;
    if (place.urn === undefined) return hasId ? "id" : "none";
    return hasId ? "both" : "urn";
};

/** What a place may be seen as where the one has no URN and the other no id: then names alone tell. */
const BLIND: Readonly<Record<Sight, readonly Sight[]>> = {
    both: ["none"],
    urn: ["id", "none"],
    id: ["urn", "none"],
    none: ["both", "urn", "id", "none"],
};

const isSame = (a: Place, b: Place): Covers => {
    if (a.kind !== b.kind || typeOf(a) !== typeOf(b)) return "no";
    if ((a.urn !== undefined && a.urn === b.urn) || (idOf(a) !== undefined && idOf(a) === idOf(b))) return "yes";
    if (!BLIND[sightOf(a)].includes(sightOf(b))) return "no";
    if (a.name !== undefined && b.name !== undefined)
        return a.name.toLowerCase() === b.name.toLowerCase() ? "yes" : "no";
    // A resource that the stack makes under a name not known yet is none that another resource could name by its id.
    return sightOf(a) === "none" || sightOf(b) === "none" ? "may" : "no";
};

const parse = (id: string): ReturnType<typeof parseScope> | undefined => {
    try {
        return parseScope(id);
    } catch {
        return undefined;
    }
};

/** The places that an id by itself tells of: its subscription and its resource group. */
const aroundId = (id: string): readonly Place[] => {
    const { subscription, resourceGroup } = parse(id) ?? {};
    if (subscription === undefined) return [];
    const above: Place = { kind: "subscription", id: `/subscriptions/${subscription}`.toLowerCase() };
    if (resourceGroup === undefined) return [above];
    const group = `${above.id ?? ""}/resourcegroups/${resourceGroup}`.toLowerCase();
    return [{ kind: "resourceGroup", id: group, name: resourceGroup.toLowerCase() }, above];
};

/** A place and those around it, the innermost first. */
export const levelsOf = (place: Place): readonly Place[] => {
    const levels: Place[] = [];
    for (let at: Place | undefined = place; at !== undefined; at = at.within) levels.push(at);
    const ids = levels.flatMap(level => idOf(level) ?? []);
    for (const id of ids)
        for (const above of aroundId(id)) if (!levels.some(level => isSame(level, above) === "yes")) levels.push(above);
    return levels;
};

/** Kinds of place that a resource is in, although nothing tells which. */
const untold = (levels: readonly Place[]): readonly Place["kind"][] => {
    const has = (kind: Place["kind"]): boolean => levels.some(level => level.kind === kind);
    const isBare =
        levels[0]?.kind === "resource" && !has("resourceGroup") && levels.every(level => idOf(level) === undefined);
    return [
        ...(has("subscription") ? [] : (["subscription"] as const)),
        ...(isBare ? (["resourceGroup"] as const) : []),
    ];
};

/**
 * Whether a role that is assigned on a scope holds on a place. Nothing tells which subscriptions a management group
 * holds, so it may hold any.
 */
export const covers = (scope: Place, place: Place): Covers => {
    if (scope.kind === "tenant") return "yes";
    const levels = levelsOf(place);
    const answers = levels.map(level => isSame(scope, level));
    if (answers.includes("yes")) return "yes";
    const may = scope.kind === "managementGroup" || answers.includes("may") || untold(levels).includes(scope.kind);
    return may ? "may" : "no";
};

/** The resource group that Azure manages for a resource of the stack, which is known by that resource alone. */
export const managedGroupOf = ({ urn }: Place): Place => ({ kind: "resourceGroup", ...(urn !== undefined && { urn }) });

/** Keys under which a place is found; each says whether it makes sure. */
export type PlaceKeys = readonly (readonly [key: string, certain: boolean])[];

const kindKey = (place: Place): string => `${place.kind}:${typeOf(place)}`;

/** Keys under which a scope looks for places that it covers: `covers`, for many places at once. */
export const scopeKeys = (scope: Place): PlaceKeys => {
    if (scope.kind === "tenant") return [["any", true]];
    if (scope.kind === "managementGroup") return [...exactKeys(scope).map(key => [key, true] as const), ["any", false]];
    const blind = BLIND[sightOf(scope)];
    const name = scope.name?.toLowerCase();
    return [
        ...exactKeys(scope).map(key => [key, true] as const),
        ...(name === undefined ? [] : blind.map(sight => [`${sight}:${kindKey(scope)}:${name}`, true] as const)),
        ...blind
            .filter(sight => sight === "none" || sightOf(scope) === "none")
            .map(sight => [`${name === undefined ? "all" : "nameless"}:${sight}:${kindKey(scope)}`, false] as const),
        [`untold:${scope.kind}`, false],
    ];
};

const exactKeys = (place: Place): readonly string[] => [
    ...(place.urn === undefined ? [] : [`urn:${kindKey(place)}:${place.urn}`]),
    ...(idOf(place) === undefined ? [] : [`id:${kindKey(place)}:${idOf(place) ?? ""}`]),
];

const levelKeys = (level: Place): readonly string[] => {
    const [sight, name] = [sightOf(level), level.name?.toLowerCase()];
    const all = `all:${sight}:${kindKey(level)}`;
    return name === undefined
        ? [...exactKeys(level), all, `nameless:${sight}:${kindKey(level)}`]
        : [...exactKeys(level), all, `${sight}:${kindKey(level)}:${name}`];
};

/** Keys that a place is found under. */
export const placeKeys = (place: Place): readonly string[] => {
    const levels = levelsOf(place);
    return ["any", ...levels.flatMap(levelKeys), ...untold(levels).map(kind => `untold:${kind}`)];
};
