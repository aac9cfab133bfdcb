import { given } from "./binding.ts";
import type { Bound } from "./binding.ts";
import type { Request } from "./request.ts";
import { isKnown } from "../../access/calls.ts";
import { queryText } from "./query.ts";
import { judgePath } from "./graph-path.ts";
import { templateOf } from "./template.ts";
import { literal, plain } from "./values.ts";
import { PATHS, SENDS, named } from "./wrapper-shape.ts";
import { truth } from "./value-elements.ts";
import { textsOf } from "./value-texts.ts";
import type { Value } from "./values.ts";

/** A command of a third-party module that sends requests; teams can name theirs. */
export interface Wrapper {
    readonly name: string;
    /** Parameter that holds the address or path. @default - found by its shape */
    readonly path?: string;
    /** Parameter that holds the method. @default - method */
    readonly method?: string;
    /** What its paths are relative to. @default - Microsoft Graph */
    readonly api?: "graph" | "arm";
}

const METHODS = ["method", "httpmethod", "requestmethod", "operation", "verb", "action"];
const OTHERS =
    /defender|atp|exchange|sharepoint|pnp|spo|teams(?!graph)|keyvault|loganalytics|devops|servicenow|jira|slack|github|gitlab/i;
const ARM = /arm(?=$|[A-Z])|azure(?!ad)|azrest|resourcemanager/i;
const NOT_A_SENDER =
    /^(find|write|out|format|select|where|sort|test|join|split|import|export|convert\w*|get-(content|childitem|item\w*|date|help|command|module)|set-(content|item\w*|location))-?/i;

const verbs: Readonly<Record<string, string>> = {
    get: "GET",
    new: "POST",
    add: "POST",
    send: "POST",
    set: "PATCH",
    update: "PATCH",
    remove: "DELETE",
    delete: "DELETE",
};

const isGraphPath = (value: Value): boolean =>
    textsOf(value).some(text => {
        const { text: path } = templateOf(text);
        if (/^https?:\/\/graph\.microsoft\./i.test(path)) return true;
        const bare = path.replace(/^\/?(v1\.0|beta)(?=\/)/i, "").replace(/^(?!\/)/, "/");
        const judged = judgePath("GET", "beta", bare.split("?")[0] ?? "", "");
        return (
            "call" in judged &&
            ["GET", "POST", "PATCH", "DELETE", "PUT"].some(method => isKnown({ ...judged.call, method }))
        );
    });

/** `-OdSelect`, `-Select`, `-OdFilter`, …: the parts of the query given beside the path. */
const queryOf = (bound: Bound): string =>
    [...bound.named]
        .map(([key, value]) => [/^(?:od|odata)?(select|filter|expand|orderby|search)$/.exec(key)?.[1], value] as const)
        .filter(([key]) => key !== undefined)
        .map(([key, value]) => `$${key ?? ""}=${queryText(value)}`)
        .join("&");

const versionOf = (bound: Bound): "v1.0" | "beta" => {
    const isBeta = bound.named.get("beta");
    if (isBeta !== undefined && truth(isBeta) !== false) return "beta";
    const said = plain(given(bound, "apiversion", "version", "graphversion", "graphapiversion", "profile"));
    return said?.toLowerCase() === "beta" ? "beta" : "v1.0";
};

/** A table given in place of parameters holds them: `Invoke-TeamGraph @{ Uri = …; Method = … }`. */
const spread = (bound: Bound): Bound => {
    const [first, ...rest] = bound.positional;
    if (first?.t !== "table" || named(bound, PATHS) !== undefined) return bound;
    return { ...bound, named: new Map([...first.entries, ...bound.named]), positional: rest };
};

/** The request that an unknown command sends, told by its shape: a path, and often a method, among its parameters. */
export const wrapperRequest = (
    name: string,
    given_: Bound,
    configured: readonly Wrapper[],
): Omit<Request, "line" | "via"> | undefined => {
    const bound = spread(given_);
    const own = configured.find(each => each.name.toLowerCase() === name.toLowerCase());
    if (own === undefined && (NOT_A_SENDER.test(name) || !/^[a-z]+-\w+$/i.test(name))) return undefined;
    const method = named(bound, [...(own?.method === undefined ? [] : [own.method.toLowerCase()]), ...METHODS]);
    const address =
        named(bound, [...(own?.path === undefined ? [] : [own.path.toLowerCase()]), ...PATHS]) ??
        (own !== undefined || SENDS.test(name) ? bound.positional[0] : undefined);
    if (address === undefined || (own === undefined && OTHERS.test(name) && !/graph/i.test(name))) return undefined;
    const relativeTo = own?.api ?? (ARM.test(name) && !/graph/i.test(name) ? "arm" : "graph");
    const isSure =
        own !== undefined ||
        (/graph/i.test(name) &&
            SENDS.test(name) &&
            (method !== undefined || named(bound, ["resource", "uri", "url"]) !== undefined));
    const sends =
        isSure || ((method !== undefined || SENDS.test(name)) && (isGraphPath(address) || relativeTo === "arm"));
    if (!sends) return undefined;
    const verb = /^([a-z]+)-/i.exec(name)?.[1]?.toLowerCase() ?? "";
    const implied = verbs[verb];
    return {
        address,
        method: method ?? (implied === undefined ? undefined : literal(implied)),
        body: given(bound, "body", "content"),
        relativeTo,
        version: versionOf(bound),
        authorised: true,
        impliesPost: true,
        query: queryOf(bound),
    };
};
