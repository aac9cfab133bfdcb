import type { ScopeKind } from "../access/scope.ts";
import { isWider, type Place } from "./adapter/place.ts";

/** The widest kind of place a rule takes. */
export const CEILING = {
    type: "string",
    enum: ["managementGroup", "subscription", "resourceGroup", "resource"],
    default: "resourceGroup",
    description: "The widest kind of scope that is taken.",
} as const;

type Kind = (typeof CEILING.enum)[number];

/** Whether a place is above the ceiling. */
export const isAbove = ({ kind }: Place, ceiling: string): boolean => isWider(kind, ceiling as ScopeKind);

/** Orders ceilings, the narrowest first. */
export const byWidth = (a: string, b: string): number =>
    CEILING.enum.indexOf(b as Kind) - CEILING.enum.indexOf(a as Kind);

const WORDS: Readonly<Record<ScopeKind, string>> = {
    tenant: "the whole tenant",
    managementGroup: "a management group",
    subscription: "a subscription",
    resourceGroup: "a resource group",
    resource: "a resource",
};

/** A place in words: `a subscription ('/subscriptions/…')`. */
export const placeWords = ({ kind, id, orResource }: Place): string => {
    if (orResource === true) return "a resource or its managed resource group, which is not known yet";
    return id === "" ? WORDS[kind] : `${WORDS[kind]} ('${id}')`;
};
