import type { FoundAction } from "./findings.ts";
import type { Scan } from "./scan.ts";

/** A PowerShell module that a runbook cannot do without. */
export interface ModuleNeed {
    readonly name: string;
    /** The lowest version that will do. @default - any */
    readonly minimum?: string;
    readonly why: string;
}

/** Modules of Az by the provider their cmdlets act on; a provider not named here has its own name's module. */
const AZ_MODULES: Readonly<Record<string, string>> = {
    "microsoft.authorization": "Az.Resources",
    "microsoft.management": "Az.Resources",
    "microsoft.keyvault": "Az.KeyVault",
    "microsoft.web": "Az.Websites",
    "microsoft.insights": "Az.Monitor",
    "microsoft.containerservice": "Az.Aks",
    "microsoft.dbformysql": "Az.MySql",
    "microsoft.dbforpostgresql": "Az.PostgreSql",
    "microsoft.documentdb": "Az.CosmosDB",
    "microsoft.cache": "Az.RedisCache",
    "microsoft.managedidentity": "Az.ManagedServiceIdentity",
    "microsoft.consumption": "Az.Billing",
    "microsoft.hybridcompute": "Az.ConnectedMachine",
    "microsoft.resourcegraph": "Az.ResourceGraph",
    "microsoft.powerbidedicated": "Az.PowerBIEmbedded",
    "microsoft.signalrservice": "Az.SignalR",
    "microsoft.alertsmanagement": "Az.AlertsManagement",
};

/** Cmdlets of modules other than their provider's. */
const AZ_NAMES: readonly (readonly [RegExp, string])[] = [
    [/^[a-z]+-AzFunctionApp/i, "Az.Functions"],
    [/^[a-z]+-AzAd[A-Z]/, "Az.Resources"],
    [/^(set|get|select)-Az(Context|Subscription|Tenant)$/i, "Az.Accounts"],
];

/** Modules of the Graph SDK by the first part of the path their cmdlets call. */
const GRAPH_MODULES: Readonly<Record<string, string>> = {
    users: "Users",
    groups: "Groups",
    applications: "Applications",
    serviceprincipals: "Applications",
    devices: "Identity.DirectoryManagement",
    directory: "Identity.DirectoryManagement",
    directoryroles: "Identity.DirectoryManagement",
    domains: "Identity.DirectoryManagement",
    organization: "Identity.DirectoryManagement",
    subscribedskus: "Identity.DirectoryManagement",
    identity: "Identity.SignIns",
    policies: "Identity.SignIns",
    identityprotection: "Identity.SignIns",
    rolemanagement: "Identity.Governance",
    identitygovernance: "Identity.Governance",
    devicemanagement: "DeviceManagement",
    deviceappmanagement: "Devices.CorporateManagement",
    auditlogs: "Reports",
    reports: "Reports",
    sites: "Sites",
    teams: "Teams",
    chats: "Teams",
    security: "Security",
    planner: "Planner",
    drives: "Files",
};

const OTHER_MODULES: Readonly<Record<string, string>> = {
    "Office 365 Exchange Online": "ExchangeOnlineManagement",
    "Security & Compliance PowerShell": "ExchangeOnlineManagement",
    "Office 365 SharePoint Online (PnP)": "PnP.PowerShell",
    "Office 365 SharePoint Online": "Microsoft.Online.SharePoint.PowerShell",
    "Microsoft Teams": "MicrosoftTeams",
    "Power BI Service": "MicrosoftPowerBIMgmt",
};

const isAz = (name: string): boolean => /^[a-z]+-Az(?!ure)[A-Z]/i.test(name);

const azModule = ({ action, via }: FoundAction): string => {
    const named = AZ_NAMES.find(([names]) => names.test(via))?.[1];
    const provider = action.split("/")[0] ?? "";
    return named ?? AZ_MODULES[provider.toLowerCase()] ?? provider.replace(/^Microsoft\./i, "Az.");
};

const graphModule = (path: string, via: string): string | undefined => {
    const part = GRAPH_MODULES[/^\/([^/(]+)/.exec(path)?.[1]?.toLowerCase() ?? ""];
    return part === undefined ? undefined : `Microsoft.Graph.${/-MgBeta/i.test(via) ? "Beta." : ""}${part}`;
};

type Use = readonly [module: string, name: string, line: number];

const usesOf = ({ calls, actions, cmdlets, otherApis }: Scan): Use[] => [
    ...cmdlets.flatMap(({ name, line }): Use[] => (isAz(name) ? [["Az.Accounts", name, line]] : [])),
    ...[...calls, ...actions].flatMap(({ via, line }): Use[] =>
        isAz(via) || /^invoke-azrest/i.test(via) ? [["Az.Accounts", via, line]] : [],
    ),
    ...actions.flatMap((each): Use[] =>
        isAz(each.via) && !/^invoke-azrest/i.test(each.via) ? [[azModule(each), each.via, each.line]] : [],
    ),
    ...calls.flatMap(({ path, via, line }): Use[] => {
        if (/-AzAD/i.test(via)) return [["Az.Resources", via, line]];
        if (!/^[a-z]+-Mg/i.test(via)) return [];
        const own = /^invoke-mg(graphrequest|restmethod)$/i.test(via) ? undefined : graphModule(path, via);
        const base: Use = ["Microsoft.Graph.Authentication", via, line];
        return own === undefined ? [base] : [base, [own, via, line]];
    }),
    ...otherApis.flatMap(({ api, via, line, retired }): Use[] => {
        const name = OTHER_MODULES[api];
        return retired || name === undefined || !via.includes("-") ? [] : [[name, via, line]];
    }),
];

/**
 * The modules a runbook needs: those it asks for in `#Requires`, with the version, and those whose cmdlets it uses, each
 * once with the first use. The module of a Graph cmdlet follows from the path it calls.
 */
export const modulesOf = (scan: Scan): readonly ModuleNeed[] => {
    const needs = new Map<string, ModuleNeed>();
    for (const { name, version } of scan.modules) {
        const minimum = version === undefined ? {} : { minimum: version };
        needs.set(name.toLowerCase(), { name, ...minimum, why: "asked for by #Requires" });
    }
    for (const [name, via, line] of usesOf(scan)) {
        if (!needs.has(name.toLowerCase()))
            needs.set(name.toLowerCase(), { name, why: `${via} at line ${String(line)}` });
    }
    return [...needs.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
};
