import { parseScope, type Scope, type ScopeKind } from "../../access/scope.ts";
import type { PlainResource } from "./resource.ts";
import { Unknown, type Value } from "./value.ts";

/** A scope, or just what kind of place it is: then its id is empty. */
export type Place = Pick<Scope, "kind" | "id">;

/** Widest first. */
const WIDTHS: readonly ScopeKind[] = ["tenant", "managementGroup", "subscription", "resourceGroup", "resource"];

/** Whether a kind of place is wider than another. */
export const isWider = (place: ScopeKind, than: ScopeKind): boolean => WIDTHS.indexOf(place) < WIDTHS.indexOf(than);

/** Resource types that are a place above a resource. */
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
};

const NO_PLACE = /^azuread:|:(authorization|subscription|management):/;

const kindOf = ({ token }: PlainResource): ScopeKind | undefined =>
    token === undefined ? undefined : (PLACES[token] ?? (NO_PLACE.test(token) ? undefined : "resource"));

/** A scope as people write it: with or without its first slash. */
export const readPlace = (text: string): Value<Place> => {
    try {
        return parseScope(text.startsWith("/") ? text : `/${text}`);
    } catch (error) {
        return new Unknown((error as Error).message, false);
    }
};

/** A place that is not known yet is as wide as the widest resource that its property's value comes from. */
export const linkedPlace = (resource: PlainResource, key: string, unknown: Unknown): Value<Place> => {
    const kinds = resource.links(key).flatMap(link => kindOf(link) ?? []);
    const [widest] = kinds.toSorted((a, b) => WIDTHS.indexOf(a) - WIDTHS.indexOf(b));
    return widest === undefined || !unknown.awaited ? unknown : { kind: widest, id: "" };
};
