import type { Context } from "hono";
import type { SandboxEnv } from "../caller.ts";
import { AzureError } from "../error.ts";
import { parseFilter } from "./filter.ts";
import type { Filter } from "./filter.ts";

/** What Graph's list and get requests ask for. */
export interface Query {
    readonly filter: Filter | undefined;
    readonly search: string | undefined;
    readonly select: readonly string[] | undefined;
    readonly orderBy: readonly [property: string, descending: boolean] | undefined;
    readonly top: number;
    readonly skipToken: string | undefined;
    readonly count: boolean;
}

const KNOWN: readonly string[] = [
    "$filter",
    "$search",
    "$select",
    "$orderby",
    "$top",
    "$skiptoken",
    "$count",
    "$expand",
];
const DEFAULT_TOP = 100;
const MAX_TOP = 999;

/** What Graph answers to a query it does not support. */
export const unsupportedQuery = (message: string): AzureError =>
    new AzureError(400, "Request_UnsupportedQuery", message);

const topOf = (text: string | undefined): number => {
    if (text === undefined) return DEFAULT_TOP;
    const top = Number(text);
    if (Number.isInteger(top) && top > 0 && top <= MAX_TOP) return top;
    throw new AzureError(
        400,
        "Request_BadRequest",
        `Invalid page size specified: '${text}'. Must be between 1 and ${MAX_TOP} inclusive.`,
    );
};

const searchOf = (text: string | undefined): string | undefined => {
    if (text === undefined) return undefined;
    const [, term] = /^"displayName:(.*)"$/i.exec(text) ?? [];
    if (term !== undefined) return term.toLowerCase();
    throw unsupportedQuery(`Syntax error in $search: expected "displayName:TEXT", got ${text}`);
};

/**
 * Reads the query of a Graph request.
 * @throws AzureError 400 for an option Graph does not know, or an advanced query without what Graph wants for it
 */
export const readQuery = (context: Context<SandboxEnv>): Query => {
    const raw = context.req.query();
    const unknown = Object.keys(raw).find(key => key.startsWith("$") && !KNOWN.includes(key));
    if (unknown !== undefined) throw unsupportedQuery(`The query parameter '${unknown}' is not supported.`);
    if (raw["$expand"] !== undefined) throw unsupportedQuery("the sandbox does not serve $expand");
    const filter = raw["$filter"] === undefined ? undefined : parseFilter(raw["$filter"]);
    const [orderBy, direction] = raw["$orderby"]?.split(" ") ?? [];
    const count = raw["$count"] === "true";
    const search = searchOf(raw["$search"]);
    const eventual = context.req.header("consistencylevel")?.toLowerCase() === "eventual";
    const advanced = filter?.advanced === true || search !== undefined;
    if (advanced && !(eventual && (count || search !== undefined || context.req.path.endsWith("/$count")))) {
        throw unsupportedQuery("Operator is not supported without ConsistencyLevel: eventual and $count=true.");
    }
    return {
        filter,
        search,
        select: raw["$select"]?.split(",").map(name => name.trim()),
        orderBy: orderBy === undefined ? undefined : [orderBy, direction === "desc"],
        top: topOf(raw["$top"]),
        skipToken: raw["$skiptoken"],
        count,
    };
};
