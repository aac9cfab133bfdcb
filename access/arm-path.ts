const VERBS: Readonly<Record<string, string>> = {
    GET: "read",
    HEAD: "read",
    PUT: "write",
    PATCH: "write",
    DELETE: "delete",
};

/** The HTTP methods Azure Resource Manager knows. */
export const ARM_METHODS: readonly string[] = [...Object.keys(VERBS), "POST"];

/** Segments of an ARM path without query, fragment or empty parts. */
export const armSegments = (path: string): string[] =>
    path
        .replace(/[?#].*$/, "")
        .split("/")
        .filter(Boolean);

const PLATFORM = "Microsoft.Resources";
const PLATFORM_ROOTS: readonly string[] = ["subscriptions", "tenants"];

/** Provider, then types and names by turns. Subscriptions and resource groups belong to Microsoft.Resources. */
const resourcePath = (segments: readonly string[]): readonly string[] => {
    const at = segments.findLastIndex(segment => segment.toLowerCase() === "providers");
    if (at >= 0) return segments.slice(at + 1);
    return PLATFORM_ROOTS.includes(segments[0]?.toLowerCase() ?? "") ? [PLATFORM, ...segments] : [];
};

/**
 * The action Azure asks for by its resource type rule: provider, resource types without the names between them, then
 * the verb of the method, or the last segment and `action` for a POST. Undefined for a path without a resource.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions-format
 */
export const deriveAction = (method: string, path: string): string | undefined => {
    const [provider, ...rest] = resourcePath(armSegments(path));
    if (provider === undefined || rest.length === 0) return undefined;
    const types = rest.filter((_, index) => index % 2 === 0);
    return [provider, ...types, VERBS[method.toUpperCase()] ?? "action"].join("/");
};
