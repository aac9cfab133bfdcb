import type { Place as ModelPlace } from "../../access/model.ts";
import { parseScope, type ScopeKind } from "../../access/scope.ts";
import { managesGroup } from "./managed-group.ts";
import type { PlainResource } from "./resource.ts";
import { Unknown, type Value } from "./value.ts";

/** A place with its id as written, or just what is known of it: then its id is empty. */
export interface Place extends Omit<ModelPlace, "id"> {
    readonly id: string;
    /** Of a group, whether it may as well be the resource alone that Azure manages the group for. */
    readonly orResource?: true;
}

/** Widest first. */
const WIDTHS: readonly ScopeKind[] = ["tenant", "managementGroup", "subscription", "resourceGroup", "resource"];

/** Whether a kind of place is wider than another. */
export const isWider = (place: ScopeKind, than: ScopeKind): boolean => WIDTHS.indexOf(place) < WIDTHS.indexOf(than);

/** Resource types that are a place above a resource, or a resource among what is none. */
const PLACES: Readonly<Record<string, ScopeKind>> = {
    "azure-native:resources:ResourceGroup": "resourceGroup",
    "azure:core:ResourceGroup": "resourceGroup",
    "azurerm:ResourceGroup": "resourceGroup",
    "azure-native:subscription:Alias": "subscription",
    "azure-native:subscription:SubscriptionAlias": "subscription",
    "azure:core:Subscription": "subscription",
    "azurerm:Subscription": "subscription",
    "azure-native:management:ManagementGroup": "managementGroup",
    "azure:management:Group": "managementGroup",
    "azurerm:ManagementGroup": "managementGroup",
    "azure:authorization:UserAssignedIdentity": "resource",
};

const NO_PLACE = /^(azuread|leastwise|msgraph):|:(authorization|subscription|management):/;

/** What kind of place a resource is; undefined for what is none, as a role assignment. */
export const placeKindOf = ({ token }: PlainResource): ScopeKind | undefined =>
    token === undefined ? undefined : (PLACES[token] ?? (NO_PLACE.test(token) ? undefined : "resource"));

/** A scope as people write it: with or without its first slash. */
export const readPlace = (text: string): Value<Place> => {
    try {
        const { kind, id } = parseScope(text.startsWith("/") ? text : `/${text}`);
        return { kind, id };
    } catch (error) {
        return new Unknown((error as Error).message, false);
    }
};

const widthOf = (resource: PlainResource): number =>
    WIDTHS.indexOf(placeKindOf(resource) ?? "resource") - (managesGroup(resource) ? 0.5 : 0);

/** Of the resources that a place's id may come from, the widest; one that Azure manages a group for before another. */
export const widest = (resources: readonly PlainResource[]): PlainResource | undefined => {
    const [first] = resources
        .filter(resource => placeKindOf(resource) !== undefined)
        .toSorted((a, b) => widthOf(a) - widthOf(b));
    return first;
};

/**
 * A place that is not known yet is as wide as the widest resource that its property's value comes from, or as the group
 * that Azure manages for that: nothing tells which output the program uses.
 */
export const linkedPlace = (resource: PlainResource, key: string, unknown: Unknown): Value<Place> => {
    const found = widest(resource.links(key));
    const kind = found && placeKindOf(found);
    if (found === undefined || kind === undefined || !unknown.awaited) return unknown;
    return managesGroup(found) ? { kind: "resourceGroup", id: "", orResource: true } : { kind, id: "" };
};
