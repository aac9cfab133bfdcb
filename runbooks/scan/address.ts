import { MARK, holeAt } from "./template.ts";
import type { Template } from "./template.ts";

/** Where a request goes. */
export type Target =
    | {
          readonly to: "graph";
          readonly version: "v1.0" | "beta" | undefined;
          readonly path: string;
          readonly query: string;
      }
    | { readonly to: "arm"; readonly path: string }
    | { readonly to: "api"; readonly api: string; readonly retired: boolean; readonly path: string }
    /** A token for a managed identity. */
    | { readonly to: "identity" }
    /** A token for a registered application or a user. */
    | { readonly to: "sign-in" }
    /** A page of an answer, or an address that carries its own right. */
    | { readonly to: "nowhere" }
    /** Parts that do not go together. */
    | { readonly to: "mixed" }
    | { readonly to: "others"; readonly host: string }
    | { readonly to: "unknown"; readonly path: string; readonly query: string };

const GRAPH_HOSTS = /^(dod-)?graph\.microsoft\.(com|us|de)$|^microsoftgraph\.chinacloudapi\.cn$/;
const ARM_HOSTS =
    /^management\.(azure\.com|usgovcloudapi\.net|chinacloudapi\.cn|core\.windows\.net|microsoftazure\.de)$/;
const SIGN_IN_HOSTS =
    /^(login\.(microsoftonline\.(com|us)|windows\.net|chinacloudapi\.cn|microsoft\.com)|sts\.windows\.net|accounts\.accesscontrol\.windows\.net)$/;
const IDENTITY_HOST = "169.254.169.254";

interface OtherApi {
    readonly name: string;
    readonly host: RegExp;
    readonly retired?: boolean;
}

/** Microsoft's other APIs by host; `\ue000` is an unknown part, such as the name of a vault or a tenant. */
const APIS: readonly OtherApi[] = [
    { name: "Azure Active Directory Graph", host: /^graph\.windows\.net$/, retired: true },
    {
        name: "Microsoft Defender for Endpoint",
        host: /^api([\w.-]*)\.security(center)?\.microsoft\.com$|^api\.securitycenter\.windows\.com$/,
    },
    { name: "Office 365 Management APIs", host: /^manage\.office\.com$/ },
    { name: "Office 365 Exchange Online", host: /^outlook\.office(365)?\.com$|^ps\.outlook\.com$/ },
    { name: "Office 365 SharePoint Online", host: /\.sharepoint\.com$/ },
    { name: "Azure Key Vault", host: /\.vault\.azure\.net$/ },
    {
        name: "Azure Monitor",
        host: /^api\.loganalytics\.(io|azure\.com)$|\.ods\.opinsights\.azure\.com$|\.ingest\.monitor\.azure\.com$|^api\.applicationinsights\.io$|\.monitoring\.azure\.com$/,
    },
    { name: "Azure Storage", host: /\.(blob|queue|table|file|dfs)\.core\.windows\.net$/ },
    { name: "Azure Service Bus", host: /\.servicebus\.windows\.net$/ },
    { name: "Azure portal API", host: /^main\.iam\.ad\.ext\.azure\.com$/ },
    { name: "Azure DevOps", host: /^dev\.azure\.com$|\.visualstudio\.com$/ },
    { name: "Power BI Service", host: /^api\.powerbi\.com$/ },
    { name: "Power Platform", host: /^api\.(bap|powerapps|powerplatform)\.(microsoft\.com|com)$/ },
    { name: "Microsoft Teams", host: /\.teams\.microsoft\.com$/ },
    { name: "Azure SQL Database", host: /\.database\.windows\.net$/ },
    { name: "Microsoft Intune", host: /\.manage\.microsoft\.com$/ },
];

const IDENTITY_ENDPOINT = /env:(identity_endpoint|msi_endpoint)|(identity|msi).?endpoint/i;
/** Two addresses after one another come from branches that do not go together. */
const TWO_ADDRESSES = /^https?:\/\/[^?]*\bhttps?:\/\/(?:graph\.microsoft|management\.azure)\./i;
const ABSOLUTE = /^https?:\/\/([^/?#]*)([^]*)$/i;
const VERSION = /^\/*(v1\.0|beta)(?=$|[/?#])/i;

const split = (rest: string): { path: string; query: string } => {
    const [, path = "", query = ""] = /^([^?&#]*)[?&#]?([^]*)$/.exec(rest) ?? [];
    return { path, query };
};

const graph = (rest: string): Target => {
    const version = VERSION.exec(rest)?.[1]?.toLowerCase();
    const known = version === "beta" ? "beta" : version === undefined ? undefined : "v1.0";
    return { to: "graph", version: known, ...split(rest.replace(VERSION, "")) };
};

const absolute = (rawHost: string, rest: string): Target => {
    const host = rawHost
        .toLowerCase()
        .replace(/^[^@]*@/, "")
        .replace(/:\d+$/, "");
    if (GRAPH_HOSTS.test(host)) return graph(rest);
    if (ARM_HOSTS.test(host)) return { to: "arm", path: split(rest).path };
    if (SIGN_IN_HOSTS.test(host)) return { to: "sign-in" };
    if (host === IDENTITY_HOST) return { to: "identity" };
    const api = APIS.find(each => each.host.test(host));
    if (api !== undefined) return { to: "api", api: api.name, retired: api.retired ?? false, path: split(rest).path };
    return host.startsWith(MARK) && VERSION.test(rest)
        ? graph(rest)
        : host.startsWith(MARK) && !host.includes(".")
          ? relative(rest)
          : { to: "others", host };
};

/** A path without a host that is known. */
const relative = (rest: string): Target => {
    if (VERSION.test(rest)) return graph(rest);
    if (/^\/*subscriptions(\/|\?api-version=)/i.test(rest) || /^\/*providers\/microsoft\.\w+/i.test(rest))
        return { to: "arm", path: split(rest).path };
    return { to: "unknown", ...split(rest) };
};

/** Reads an address; a template that starts with an unknown part is read by what follows it. */
export const readAddress = (template: Template): Target => {
    const text = template.text.replace(/^["']+|["']+$/g, "").replace(/^(GET|POST|PUT|PATCH|DELETE)\s+(?=https?:)/i, "");
    if (TWO_ADDRESSES.test(text)) return { to: "mixed" };
    const url = ABSOLUTE.exec(text);
    if (url !== null) return absolute(url[1] ?? "", url[2] ?? "");
    if (!text.startsWith(MARK))
        return relative(/^[\w.-]+\.(microsoft|azure)\.com\//i.test(text) ? text.replace(/^[^/]*/, "") : text);
    const first = holeAt(template, 0);
    if (first?.kind === "next" || first?.kind === "signed") return { to: "nowhere" };
    if (first !== undefined && IDENTITY_ENDPOINT.test(first.hole)) return { to: "identity" };
    const rest = text.replace(/^\ue000+/, "");
    const target = relative(rest.startsWith("/") ? rest : `/${rest}`);
    return target.to === "unknown" ? { ...target, path: `${MARK}${target.path}` } : target;
};
