import { azActions } from "./az-cmdlets.ts";
import { givenText } from "./binding.ts";
import type { Bound } from "./binding.ts";

/** What these providers are read for has the ids of other resources. */
const ABOUT_OTHERS = new Set([
    "microsoft.resources",
    "microsoft.insights",
    "microsoft.advisor",
    "microsoft.alertsmanagement",
    "microsoft.policyinsights",
    "microsoft.authorization",
    "microsoft.consumption",
    "microsoft.security",
]);

/** The path of the resources that a cmdlet of the Az modules reads. */
export const readBy = (name: string, bound: Bound): string | undefined => {
    if (!/^get-az/i.test(name)) return undefined;
    const read = azActions(name, bound);
    if (typeof read === "string") return undefined;
    const [type] = read.actions;
    const named = givenText(bound, "resourcetype") ?? type?.replace(/\/read$/i, "");
    if (named === undefined) return undefined;
    const [provider = "", ...types] = named.split("/");
    if (ABOUT_OTHERS.has(provider.toLowerCase())) return undefined;
    return `/subscriptions/{}/resourceGroups/{}/providers/${provider}/${types.join("/{}/")}`;
};
