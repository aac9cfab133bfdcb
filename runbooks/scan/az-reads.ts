import { azActions } from "./az-cmdlets.ts";
import { givenText } from "./binding.ts";
import type { Bound } from "./binding.ts";

/** The path of the resources that a cmdlet of the Az modules reads. */
export const readBy = (name: string, bound: Bound): string | undefined => {
    if (!/^get-az/i.test(name)) return undefined;
    const [type] = azActions(name, bound)?.actions ?? [];
    const named = givenText(bound, "resourcetype") ?? type?.replace(/\/read$/, "");
    if (named === undefined) return undefined;
    const [provider = "", ...types] = named.split("/");
    if (/^microsoft\.resources$/i.test(provider)) return undefined;
    return `/subscriptions/{}/resourceGroups/{}/providers/${provider}/${types.join("/{}/")}`;
};
