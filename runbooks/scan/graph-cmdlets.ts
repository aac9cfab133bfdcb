import { callsOf, nearestCmdlet } from "../../access/cmdlets.ts";
import { isKnown, parseCall } from "../../access/calls.ts";
import type { Call } from "../../access/calls.ts";
import { given } from "./binding.ts";
import type { Bound } from "./binding.ts";
import { plainQuery, queryText } from "./query.ts";
import type { Value } from "./values.ts";

/** Cmdlets of the Graph SDK that make no call of their own. */
const SILENT =
    /^(connect|disconnect)-mg|^[a-z]+-mggraph|-mg(context|environment|profile|graphoption|requestcontext|graphmodule)$|^find-mggraph|^invoke-mg(graphrequest|restmethod)$|^(get|set|add|remove)-mg(graph)?(environment|option)$/i;
const NAME = /^[a-z]+-mg(beta)?[a-z]\w*$/i;

export const isGraphCmdlet = (name: string): boolean => NAME.test(name) && !SILENT.test(name);

/** The parameter that fills a placeholder: `{managedDevice-id}` is `-ManagedDeviceId`. */
const parameterOf = (placeholder: string): string => placeholder.replace(/\W/g, "").toLowerCase();

const placeholders = (path: string): string[] =>
    [...path.matchAll(/\{([^{}]+)\}/g)].map(match => parameterOf(match[1] ?? ""));

/** Of the calls a cmdlet may make, the one its parameters choose: the deepest whose ids are all given. */
const chosen = (calls: readonly Call[], bound: Bound, hasInput: boolean): Call | undefined => {
    const isGiven = (name: string): boolean => bound.named.has(name) || (bound.open && name !== "");
    const rated = calls.map(call => {
        const needed = placeholders(call.path);
        const missing = needed.filter(name => !isGiven(name)).length;
        return { call, needed: needed.length, missing: Math.max(0, missing - bound.positional.length) };
    });
    const byObject = bound.named.has("inputobject") || hasInput;
    const whole = rated.filter(({ missing }) => missing === 0);
    if (whole.length > 0 && !(byObject && whole.every(({ needed }) => needed === 0))) {
        return whole.reduce((best, each) => (each.needed > best.needed ? each : best)).call;
    }
    const rest = byObject ? rated.filter(({ needed }) => needed > 0) : rated;
    return (rest.length > 0 ? rest : rated).reduce((best, each) => (each.missing < best.missing ? each : best)).call;
};

/** As the contract writes paths: ids are `{id}`, and a prefix that the tables do not want is left away. */
const normalised = (call: Call): Call => {
    const path = call.path.replace(/\{[^{}]+\}/g, "{id}");
    const short = path.replace(/microsoft\.graph\.(?=\w+(\(|$))/g, "");
    const bare = short.replace(/\(\)$/, "");
    const known = [bare, short, path].find(each => isKnown({ ...call, path: each }));
    return { ...call, path: known ?? path };
};

const queryOf = (bound: Bound): string =>
    [
        ["$select", given(bound, "property", "select")],
        ["$filter", given(bound, "filter")],
        ["$expand", given(bound, "expandproperty", "expand")],
        ["$orderby", given(bound, "sort", "orderby")],
        ["$search", given(bound, "search")],
    ]
        .map(([key, value]) => [key, value === undefined ? "" : queryText(value as Value)])
        .filter(([, text]) => text !== "")
        .map(([key, text]) => `${key ?? ""}=${text ?? ""}`)
        .join("&");

const withProperties = (call: Call, bound: Bound): Call => {
    try {
        const { properties } = parseCall(`GET /x?${plainQuery(queryOf(bound))}`);
        return properties === undefined ? call : { ...call, properties };
    } catch {
        return call;
    }
};

/** A cmdlet that the tables have in the other version only. */
const otherVersion = (name: string): readonly Call[] | undefined => {
    const isBeta = /-mgbeta/i.test(name);
    const calls = callsOf(isBeta ? name.replace(/-mgbeta/i, "-Mg") : name.replace(/-mg/i, "-MgBeta"));
    return calls?.map(call => ({ ...call, version: isBeta ? "beta" : "v1.0" }));
};

/** Names of the first version of the modules. */
const currentName = (name: string): string => name.replace(/DeviceAppMgt/i, "DeviceAppManagement");

/** `Get-MgTeamChannel` is listed as `Get-MgAllTeamChannel`, beside the path that lists all of them. */
const otherNoun = (name: string): readonly Call[] | undefined => {
    const calls = callsOf(name.replace(/^get-mg(beta)?/i, "Get-Mg$1All"))?.filter(
        ({ path }) => !/\/all[A-Z]/.test(path),
    );
    return calls === undefined || calls.length === 0 ? undefined : calls;
};

/** Cmdlets that the table lacks: `alerts_v2` and functions found by the value they look for. */
const UNLISTED: Readonly<Record<string, readonly (readonly [method: string, path: string])[]>> = {
    "get-mgsecurityalertv2": [
        ["GET", "/security/alerts_v2"],
        ["GET", "/security/alerts_v2/{alert-id}"],
    ],
    "update-mgsecurityalertv2": [["PATCH", "/security/alerts_v2/{alert-id}"]],
    "get-mguserauthenticationrequirement": [["GET", "/users/{user-id}/authentication/requirements"]],
    "find-mgtenantrelationshiptenantinformationbytenantid": [
        ["GET", "/tenantRelationships/findTenantInformationByTenantId(tenantId='{tenantId}')"],
    ],
    "find-mgtenantrelationshiptenantinformationbydomainname": [
        ["GET", "/tenantRelationships/findTenantInformationByDomainName(domainName='{domainName}')"],
    ],
};

const unlisted = (name: string): readonly Call[] | undefined => {
    const version = /-mgbeta/i.test(name) ? "beta" : "v1.0";
    return UNLISTED[name.toLowerCase().replace("-mgbeta", "-mg")]?.map(([method, path]) => ({ method, path, version }));
};

const MAX_NAMES = 200;
const nearestNames = new Map<string, string | undefined>();

/** The search is slow and misspelled names come again. */
const nearestTo = (name: string): string | undefined => {
    if (!nearestNames.has(name)) {
        if (nearestNames.size >= MAX_NAMES) nearestNames.clear();
        nearestNames.set(name, nearestCmdlet(name));
    }
    return nearestNames.get(name);
};

/** The call a Graph cmdlet makes with these arguments, or why it is not known. */
export const cmdletCall = (written: string, bound: Bound, hasInput: boolean, isBeta: boolean): Call | string => {
    const name = currentName(written);
    const beta = isBeta ? callsOf(name.replace(/-mg(?!beta)/i, "-MgBeta")) : undefined;
    const calls = beta ?? callsOf(name) ?? otherVersion(name) ?? otherNoun(name) ?? unlisted(name);
    const call = calls === undefined ? undefined : chosen(calls, bound, hasInput);
    if (call !== undefined) return withProperties(normalised(call), bound);
    const near = nearestTo(name);
    const nearest = near?.toLowerCase() === written.toLowerCase() ? undefined : near;
    return `unknown cmdlet '${written}'${nearest === undefined ? "" : `; did you mean '${nearest}'?`}`;
};
