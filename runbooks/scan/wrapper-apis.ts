import type { Bound } from "./binding.ts";
import { PATHS, SENDS, named } from "./wrapper-shape.ts";

const OTHER_NAMES: readonly (readonly [pattern: RegExp, api: string])[] = [
    [/defender|atp/i, "Microsoft Defender for Endpoint"],
    [/exchange/i, "Office 365 Exchange Online"],
    [/sharepoint|pnp|spo(?=$|[A-Z])/i, "Office 365 SharePoint Online"],
    [/keyvault/i, "Azure Key Vault"],
    [/loganalytics/i, "Azure Monitor"],
    [/devops/i, "Azure DevOps"],
];

/** Another Microsoft API that an unknown command sends requests to, told by its name and a path among its parameters. */
export const wrapperApi = (name: string, bound: Bound): string | undefined => {
    const path = named(bound, PATHS);
    if (path === undefined || !SENDS.test(name) || /graph/i.test(name)) return undefined;
    return OTHER_NAMES.find(([pattern]) => pattern.test(name))?.[1];
};
