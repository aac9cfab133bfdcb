import type { Principal } from "../../access/model.ts";
import { armTypeOf } from "./arm-type.ts";
import { isCluster } from "./cluster.ts";
import { partsOf } from "./host-parts.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { partOf, Unknown } from "./value.ts";

/** Blocks of a resource that name its administrators, with the part that has their object ids. */
const BLOCKS: readonly (readonly [key: string, part: string])[] = [
    ["administrators", "sid"],
    ["azureadAdministrator", "objectId"],
    ["azureActiveDirectoryAdministrator", "objectId"],
    ["aadProfile", "adminGroupObjectIDs"],
    ["azureActiveDirectoryRoleBasedAccessControl", "adminGroupObjectIds"],
];
/** The same of resources that are an administrator. */
const IDS = ["objectId", "sid"];

const ids = (value: unknown): readonly unknown[] => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.filter(each => each !== undefined && each !== null && each !== "");
};

/** Who a property names: by the ids that are known, and for those that are not by what they come from. */
const named = (
    resource: PlainResource,
    key: string,
    value: unknown,
    { principals }: StackDefinitions,
): readonly Principal[] => {
    const [all, isGroup] = [ids(value), /group/i.test(key) || key === "aadProfile"];
    const linked = all.some(each => each instanceof Unknown)
        ? resource.links(key).flatMap(each => principals.madeBy(each) ?? [])
        : [];
    const told = all.flatMap(each => (typeof each === "string" ? principals.withId(each) : []));
    return [...told, ...linked].map(each =>
        isGroup && each.kind === "unknown" ? { ...each, kind: "group" as const } : each,
    );
};

/** Types whose administrators act as the identities of the resource. */
const TYPES: ReadonlySet<string | undefined> = new Set([
    "microsoft.containerservice/managedclusters",
    "microsoft.dbforpostgresql/flexibleservers",
    "microsoft.sql/managedinstances",
    "microsoft.sql/servers",
]);

/** The principals that a resource, or a part of it, names as its administrators. */
export const administratorsOf = (resource: PlainResource, defined: StackDefinitions): readonly Principal[] => {
    if (!TYPES.has(armTypeOf(resource))) return [];
    const own = BLOCKS.filter(([key]) => resource.has(key)).flatMap(([key, part]) =>
        named(resource, key, partOf(resource.value(key), part), defined),
    );
    const others = partsOf(resource, defined).flatMap(part =>
        IDS.filter(key => part.has(key)).flatMap(key => named(part, key, part.value(key), defined)),
    );
    return [...new Map([...own, ...others].map(each => [each.key, each])).values()];
};

/** By one of these a cluster signs its users in with Entra ID. */
const ENTRA = ["aadProfile", "azureActiveDirectoryRoleBasedAccessControl"];

const isNone = (value: unknown): boolean =>
    value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/**
 * Whether the credential that users of a cluster can list is its administrator's: it is without Entra ID.
 * Source: https://learn.microsoft.com/azure/aks/control-kubeconfig-access
 */
export const isOpenToUsers = (resource: PlainResource): boolean =>
    isCluster(resource) &&
    ENTRA.every(key => isNone(resource.value(key))) &&
    resource.flag("disableLocalAccounts") !== true &&
    resource.flag("localAccountDisabled") !== true &&
    partOf(resource.value("sku"), "name") !== "Automatic";
