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

/** As the contract writes paths: ids are `{id}`, functions and actions have no namespace; a cast cannot do without. */
const normalised = (call: Call): Call => {
    const path = call.path.replace(/\{[^{}]+\}/g, "{id}");
    const short = path.replace(
        call.method === "POST" ? /microsoft\.graph\.(?=\w+(\(|$))/g : /microsoft\.graph\.(?=\w+\()/g,
        "",
    );
    const bare = short.replace(/\(\)$/, "");
    const known = [bare, short].find(each => isKnown({ ...call, path: each }));
    return { ...call, path: known ?? short };
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

/** The one of the calls a Graph cmdlet may make that its arguments choose. */
export const cmdletCall = (calls: readonly Call[], bound: Bound, hasInput: boolean): Call | undefined => {
    const call = chosen(calls, bound, hasInput);
    return call === undefined ? undefined : withProperties(normalised(call), bound);
};
