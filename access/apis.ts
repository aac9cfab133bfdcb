import { isGuid } from "./guid.ts";
import { lazy, readFacts } from "./facts.ts";
import { didYouMean } from "./name.ts";
import type { Tier } from "./tier.ts";

/** An API whose app roles can be granted to an identity. */
export interface Api {
    readonly appId: string;
    readonly name: string;
}

/** An application permission of an API. A disabled one cannot be granted; a hidden one is not shown in portals. */
export interface AppRole {
    readonly api: Api;
    readonly id: string;
    readonly name: string;
    readonly tier: Tier;
    readonly state: "enabled" | "hidden" | "disabled";
}

type AppRoleRow = readonly [name: string, id: string, tier: Tier, state: 0 | 1 | 2];

interface AppRoleTable {
    readonly roles: Readonly<Record<string, readonly AppRoleRow[]>>;
    readonly delegatedOnly: readonly string[];
    readonly withoutId: readonly string[];
    readonly resourceSpecific: readonly string[];
}

export const MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000";

/** Display names of Microsoft's own APIs; source: https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in */
const NAMES: Readonly<Record<string, string>> = {
    [MICROSOFT_GRAPH]: "Microsoft Graph",
    "00000002-0000-0000-c000-000000000000": "Windows Azure Active Directory",
    "00000002-0000-0ff1-ce00-000000000000": "Office 365 Exchange Online",
    "00000003-0000-0ff1-ce00-000000000000": "Office 365 SharePoint Online",
    "00000005-0000-0ff1-ce00-000000000000": "Office 365 Yammer",
    "00000009-0000-0000-c000-000000000000": "Power BI Service",
    "00000012-0000-0000-c000-000000000000": "Microsoft Rights Management Services",
    "c5393580-f805-4401-95e8-94b7a6ef2fc2": "Office 365 Management APIs",
    "fc780465-2017-40d4-a0c5-307022471b92": "WindowsDefenderATP",
    "c161e42e-d4df-4a3d-9b42-e7a3c31f59d4": "Microsoft Intune API",
    "0af06dc6-e4b5-4f28-818e-e78e62d137a5": "Windows 365",
    "ca7f3f0b-7d91-482c-8e09-c5d840d0eac5": "Log Analytics API",
    "7b7531ad-5926-4f2d-8a1d-38495ad33e17": "Azure Advanced Threat Protection",
    "93625bc8-bfe2-437a-97e0-3d0060024faa": "Microsoft password reset service",
    "73c2949e-da2d-457a-9607-fcc665198967": "Microsoft Purview",
    "3db474b9-6a0c-4840-96ac-1fceb342124f": "Verifiable Credentials Service Request",
    "499b84ac-1321-427f-aa17-267ca6975798": "Azure DevOps",
    "6bf85cfa-ac8a-4be5-b5de-425a0d0dc016": "Microsoft Entra AD Synchronization Service",
    "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe": "Microsoft Teams Services",
};

const STATES = ["enabled", "hidden", "disabled"] as const;

interface Index {
    readonly apis: readonly Api[];
    readonly byApp: ReadonlyMap<string, Api>;
    readonly byApiName: ReadonlyMap<string, Api>;
    readonly table: AppRoleTable;
}

const index = lazy((): Index => {
    const table = readFacts<AppRoleTable>("app-roles");
    const apis = Object.keys(table.roles).map(appId => ({ appId, name: NAMES[appId] ?? appId }));
    return {
        apis,
        byApp: new Map(apis.map(api => [api.appId, api])),
        byApiName: new Map(apis.map(api => [api.name.toLowerCase(), api])),
        table,
    };
});

/** The APIs whose app roles are known. */
export const apis = (): readonly Api[] => index().apis;

/** The API with a name or application id; an unknown application id is an API of its own, without a name. */
export const findApi = (nameOrAppId: string): Api => {
    const { byApp, byApiName } = index();
    const lower = nameOrAppId.trim().toLowerCase();
    const found = byApp.get(lower) ?? byApiName.get(lower);
    if (found !== undefined) return found;
    if (isGuid(lower)) return { appId: lower, name: lower };
    throw new Error(
        `unknown API '${nameOrAppId}'${didYouMean(
            nameOrAppId,
            apis().map(api => api.name),
        )}`,
    );
};

const roleLists = new Map<string, ReadonlyMap<string, AppRole>>();

const rolesByName = (appId: string): ReadonlyMap<string, AppRole> => {
    const known = roleLists.get(appId);
    if (known !== undefined) return known;
    const api = findApi(appId);
    const rows = index().table.roles[api.appId] ?? [];
    const roles = rows.map(([name, id, tier, state]) => ({ api, id, name, tier, state: STATES[state] }));
    const list = new Map(roles.map(role => [role.name.toLowerCase(), role]));
    roleLists.set(appId, list);
    return list;
};

/** The app roles of an API; empty for an API the tables do not know. */
export const appRoles = (appId: string): readonly AppRole[] => [...rolesByName(appId).values()];

/** Whether a name on Microsoft Graph can only be given for one team, chat or user, by resource-specific consent. */
export const isResourceSpecific = (name: string): boolean => resourceSpecific().has(name.toLowerCase());

const resourceSpecific = lazy(() => new Set(index().table.resourceSpecific.map(name => name.toLowerCase())));

const findById = (appId: string, id: string): AppRole => {
    const lower = id.toLowerCase();
    const own = appRoles(appId).find(role => role.id === lower);
    if (own !== undefined) return own;
    const api = findApi(appId);
    const owner = apis().find(other => appRoles(other.appId).some(role => role.id === lower));
    if (owner === undefined) throw new Error(`unknown app role id '${id}' on ${api.name}`);
    throw new Error(`app role id '${id}' belongs to API '${owner.name}', not to '${api.name}'`);
};

/** Why a name that Microsoft Graph knows has no app role there. */
const whyNoRole = (name: string): string | undefined => {
    const { delegatedOnly, withoutId } = index().table;
    const lower = name.toLowerCase();
    const among = (names: readonly string[]): boolean => names.some(known => known.toLowerCase() === lower);
    if (among(delegatedOnly))
        return `permission '${name}' exists only as a delegated permission; a managed identity needs an application permission`;
    if (among(withoutId))
        return `permission '${name}' has no app role on Microsoft Graph; a managed identity cannot be granted it`;
    return isResourceSpecific(name)
        ? `permission '${name}' is given per team, chat or user by resource-specific consent; a managed identity cannot be granted it`
        : undefined;
};

/**
 * The app role with a name (in any case) or an id.
 * Throws for a name or id that the API does not have, saying which is nearest, where the id belongs, or why it cannot be granted.
 */
export const findAppRole = (appId: string, nameOrId: string): AppRole => {
    const name = nameOrId.trim();
    if (isGuid(name)) return findById(appId, name);
    const roles = rolesByName(appId);
    const found = roles.get(name.toLowerCase());
    if (found !== undefined) return found;
    const reason = findApi(appId).appId === MICROSOFT_GRAPH ? whyNoRole(name) : undefined;
    if (reason !== undefined) throw new Error(reason);
    const near = didYouMean(
        name,
        appRoles(appId).map(role => role.name),
    );
    throw new Error(`unknown permission '${nameOrId}' on ${findApi(appId).name}${near}`);
};
