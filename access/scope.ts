export type ScopeKind = "tenant" | "managementGroup" | "subscription" | "resourceGroup" | "resource";

/** The Azure resource path a Role is assigned on. */
export interface Scope {
    readonly kind: ScopeKind;
    /** As written, with one leading slash and none at the end. */
    readonly id: string;
    readonly managementGroup?: string;
    readonly subscription?: string;
    readonly resourceGroup?: string;
    /** Provider and types of a resource: `Microsoft.Compute/virtualMachines`. */
    readonly resourceType?: string;
}

const MANAGEMENT_GROUP = /^\/providers\/Microsoft\.Management\/managementGroups\/([^/]+)$/i;
const SUBSCRIPTION = /^\/subscriptions\/([^/]+)(\/.*)?$/i;
const RESOURCE_GROUP = /^\/resourceGroups\/([^/]+)(\/.*)?$/i;
const EXPECTED =
    "expected '/', '/providers/Microsoft.Management/managementGroups/{name}', '/subscriptions/{id}', " +
    "'/subscriptions/{id}/resourceGroups/{name}' or the id of a resource";

const fail = (text: string): never => {
    throw new Error(`'${text}' is not an Azure scope; ${EXPECTED}`);
};

const resourceTypeOf = (text: string, path: string): string => {
    const segments = path.split("/").slice(1);
    const at = segments.findLastIndex((segment, index) => index % 2 === 0 && segment.toLowerCase() === "providers");
    const [provider, ...rest] = at < 0 ? [] : segments.slice(at + 1);
    if (provider === undefined || rest.length === 0 || rest.length % 2 !== 0) return fail(text);
    return [provider, ...rest.filter((_, index) => index % 2 === 0)].join("/");
};

const clean = (text: string): string => {
    const id = text.trim().replace(/\/+$/, "");
    if (id === "" && text.trim() !== "/") return fail(text);
    if (id !== "" && (!id.startsWith("/") || id.includes("//") || /[?#\s]/.test(id.replaceAll(" ", ""))))
        return fail(text);
    return id === "" ? "/" : id;
};

const belowGroup = (text: string, id: string, subscription: string, below: string): Scope => {
    const [, resourceGroup, rest] = RESOURCE_GROUP.exec(below) ?? [];
    const path = resourceGroup === undefined ? below : rest;
    if (path === undefined) return { kind: "resourceGroup", id, subscription, resourceGroup: resourceGroup ?? "" };
    const resourceType = resourceTypeOf(text, path);
    return {
        kind: "resource",
        id,
        subscription,
        resourceType,
        ...(resourceGroup === undefined ? {} : { resourceGroup }),
    };
};

/**
 * Reads an Azure scope.
 * @throws Error `'resourceGroups/rg' is not an Azure scope; expected …`
 */
export const parseScope = (text: string): Scope => {
    const id = clean(text);
    if (id === "/") return { kind: "tenant", id };
    const managementGroup = MANAGEMENT_GROUP.exec(id)?.[1];
    if (managementGroup !== undefined) return { kind: "managementGroup", id, managementGroup };
    const [, subscription, below] = SUBSCRIPTION.exec(id) ?? [];
    if (subscription === undefined) return { kind: "resource", id, resourceType: resourceTypeOf(text, id) };
    if (below === undefined) return { kind: "subscription", id, subscription };
    return belowGroup(text, id, subscription, below);
};

/** The scope in the one form two scopes compare by: lower case, no slash at the end. */
export const normaliseScope = (text: string): string => parseScope(text).id.toLowerCase();

/** Whether an assignment on `outer` also holds on `inner`: the same scope, or one above it in the same path. */
export const contains = (outer: string, inner: string): boolean => {
    const [above, below] = [normaliseScope(outer), normaliseScope(inner)];
    return above === "/" || above === below || below.startsWith(`${above}/`);
};

const isScope = (text: string): boolean => {
    try {
        parseScope(text);
        return true;
    } catch {
        return false;
    }
};

/**
 * The narrowest scope above or equal to all the ids: their common path, cut back to a place a role can be assigned on.
 * Management groups above subscriptions are not in the ids, so subscriptions that differ have only the tenant in common.
 * @throws Error when there is no id, or one is not a scope.
 */
export const commonScope = (ids: readonly string[]): Scope => {
    const [first, ...others] = ids.map(id => parseScope(id).id);
    if (first === undefined) throw new Error("no resource id to find a common scope of; expected at least one");
    const paths = others.map(other => other.toLowerCase().split("/"));
    const segments = first === "/" ? [""] : first.split("/");
    const differs = segments.findIndex((segment, at) => paths.some(path => path[at] !== segment.toLowerCase()));
    let shared = differs < 0 ? segments : segments.slice(0, differs);
    while (shared.length > 1 && !isScope(shared.join("/"))) shared = shared.slice(0, -1);
    return parseScope(shared.length > 1 ? shared.join("/") : "/");
};
