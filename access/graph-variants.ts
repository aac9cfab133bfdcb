import { childrenAlong } from "./graph-table.ts";

/** Other forms of a path that mean the same to the table, from the closest to the furthest. */

const NAMESPACE = /^(?:microsoft\.)?graph\.(?:[\w.]+\.)?(\w+(?:\(.*\))?)$/;
/** Segments of the longest path worth looking for in other forms; the longest listed has 16. */
const LONGEST = 32;

const TAIL = new Set(["$count", "$value", "$ref"]);

/** Properties that stand for one member of a collection beside them. */
const ONE_OF: Readonly<Record<string, readonly string[]>> = {
    primarychannel: ["channels", "{}"],
    termstores: ["termstore"],
    printershares: ["shares"],
};

/** Navigation properties, and the collection in which the table lists what they lead to. */
const LEADS_TO: Readonly<Record<string, readonly string[]>> = {
    team: ["teams", "{}"],
    drive: ["drives", "{}"],
    manager: ["users", "{}"],
    site: ["sites", "{}"],
    list: ["sites", "{}", "lists", "{}"],
    listitem: ["sites", "{}", "lists", "{}", "items", "{}"],
};

/** Collections whose members the table lists under a root of another name. */
const MEMBERS_OF: Readonly<Record<string, readonly string[]>> = {
    joinedteams: ["teams"],
    associatedteams: ["teams"],
    directreports: ["users"],
    owneddevices: ["devices"],
    registereddevices: ["devices"],
    manageddevices: ["devicemanagement", "manageddevices"],
    memberof: ["groups"],
    transitivememberof: ["groups"],
    members: ["directoryobjects"],
    transitivemembers: ["directoryobjects"],
    owners: ["directoryobjects"],
    ownedobjects: ["directoryobjects"],
};

const ROOTS = new Set([
    "drives",
    "teams",
    "users",
    "groups",
    "sites",
    "devices",
    "applications",
    "serviceprincipals",
    "chats",
]);

type Segments = readonly string[];

const withoutNamespace = (segments: Segments): Segments =>
    segments.map(segment => NAMESPACE.exec(segment)?.[1] ?? segment);

const withoutCasts = (segments: Segments): Segments => segments.filter(segment => !NAMESPACE.test(segment));

const withoutTail = (segments: Segments): Segments =>
    TAIL.has(segments.at(-1) ?? "") ? segments.slice(0, -1) : segments;

/** A reference can be removed by its id as well as by its address: `members/{}/$ref`, `members/$ref?$id=…`. */
const referenceById = (segments: Segments): Segments =>
    segments.at(-1) === "$ref" ? [...segments.slice(0, -1), "{}"] : segments;

/** `users(userprincipalname)` addresses one of `users`, as `users/{}` does. */
const keysAsIds = (segments: Segments): Segments =>
    segments.flatMap(segment => {
        const name = /^(\w+)\([\w,]+\)$/.exec(segment)?.[1];
        return name === undefined ? [segment] : [name, "{}"];
    });

const membersNamed = (segments: Segments): Segments =>
    segments.flatMap((segment, index) => {
        if (segments[index - 1] === "termstores") return [];
        return ONE_OF[segment] ?? [segment];
    });

const isId = (segment: string | undefined): boolean => segment !== undefined && !/^[$]/.test(segment);

/** How many roots a path may lead through, one after another; longer chains are in no documentation. */
const MOST_ROOTS = 3;

/** Whether the table has something at a path or below it, or at what the path leads to. */
const isAlong = (segments: Segments, roots: number): boolean =>
    childrenAlong(segments).depth === segments.length ||
    (roots < MOST_ROOTS && underOtherRoots(segments, roots + 1).some(form => isAlong(form, roots + 1)));

const targetOf = (segments: Segments, at: number): Segments | undefined => {
    const segment = segments[at] ?? "";
    const single = LEADS_TO[segment];
    if (single !== undefined || !isId(segments[at + 1])) return single;
    return MEMBERS_OF[segment] ?? (ROOTS.has(segment) ? [segment] : undefined);
};

/** The path from each place on where it enters a collection or an object that has a root of its own. */
const underOtherRoots = (segments: Segments, roots: number): Segments[] => {
    const found: Segments[] = [];
    for (let at = segments.length - 1; at > 0; at--) {
        const target = targetOf(segments, at);
        if (target !== undefined && isAlong(segments.slice(0, at), roots))
            found.push([...target, ...segments.slice(at + 1)]);
    }
    return found;
};

/** `drives/{}/root:/a/b:/children` and `drives/{}/root/children` address the item that `drives/{}/items/{}/children` does. */
const itemsById = (segments: Segments): Segments => {
    const at = segments.findIndex(segment => segment === "root:" || segment === "root");
    if (at < 1) return segments;
    if (segments[at] === "root") return [...segments.slice(0, at), "items", "{}", ...segments.slice(at + 1)];
    const end = segments.findIndex((segment, index) => index > at && segment.endsWith(":"));
    return [...segments.slice(0, at), "items", "{}", ...(end < 0 ? [] : segments.slice(end + 1))];
};

/** `sites/contoso.sharepoint.com:/teams/hr:/lists` addresses the site that `sites/{}/lists` does. */
const sitesById = (segments: Segments): Segments => {
    const at = segments.findIndex((segment, index) => segments[index - 1] === "sites" && segment.endsWith(":"));
    if (at < 0) return segments;
    const end = segments.findIndex((segment, index) => index > at && segment.endsWith(":"));
    return [...segments.slice(0, at), "{}", ...(end < 0 ? [] : segments.slice(end + 1))];
};

const keyOf = (segments: Segments): string => segments.join("/");

/** Every form worth a look-up, the path as given first. */
export function* variants(segments: Segments): Generator<Segments> {
    const seen = new Set<string>();
    const fresh = (candidate: Segments): boolean => {
        const key = keyOf(candidate);
        return candidate.length > 0 && !seen.has(key) && seen.add(key) !== undefined;
    };
    if (fresh(segments)) yield segments;
    if (segments.length > LONGEST) return;
    const sited = sitesById(segments);
    const plain = [segments, sited, withoutNamespace(sited), withoutCasts(sited)];
    const same = plain
        .flatMap(form => [form, withoutTail(form), referenceById(form)])
        .flatMap(form => [form, keysAsIds(form)]);
    for (const form of same) if (fresh(form)) yield form;
    const chained = same.flatMap(form => [itemsById(form), membersNamed(form), ...underOtherRoots(form, 1)]);
    for (const form of chained.flatMap(form => [form, itemsById(form)])) if (fresh(form)) yield form;
}
