import type { Context } from "hono";
import type { SandboxEnv } from "../caller.ts";
import { AzureError } from "../error.ts";
import { parseFilter } from "./filter.ts";
import type { Entity, Filter } from "./filter.ts";

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

const badRequest = (message: string): AzureError => new AzureError(400, "Request_UnsupportedQuery", message);

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
    throw badRequest(`Syntax error in $search: expected "displayName:TEXT", got ${text}`);
};

/**
 * Reads the query of a Graph request.
 * @throws AzureError 400 for an option Graph does not know, or an advanced query without what Graph wants for it
 */
export const readQuery = (context: Context<SandboxEnv>): Query => {
    const raw = context.req.query();
    const unknown = Object.keys(raw).find(key => key.startsWith("$") && !KNOWN.includes(key));
    if (unknown !== undefined) throw badRequest(`The query parameter '${unknown}' is not supported.`);
    if (raw["$expand"] !== undefined) throw badRequest("the sandbox does not serve $expand");
    const filter = raw["$filter"] === undefined ? undefined : parseFilter(raw["$filter"]);
    const [orderBy, direction] = raw["$orderby"]?.split(" ") ?? [];
    const count = raw["$count"] === "true";
    const search = searchOf(raw["$search"]);
    const eventual = context.req.header("consistencylevel")?.toLowerCase() === "eventual";
    const advanced = filter?.advanced === true || search !== undefined;
    if (advanced && !(eventual && (count || search !== undefined || context.req.path.endsWith("/$count")))) {
        throw badRequest("Operator is not supported without ConsistencyLevel: eventual and $count=true.");
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

const select = (entity: Entity, names: readonly string[] | undefined): Entity => {
    if (!names) return entity;
    return Object.fromEntries(names.filter(name => name in entity).map(name => [name, entity[name]]));
};

/** Where a page starts: after the entity the token names, also when others before it have gone. */
const startOf = (entities: readonly Entity[], token: string | undefined): number => {
    if (token === undefined) return 0;
    const [at, id] = Buffer.from(token, "base64url").toString("utf8").split(" ");
    const offset = Number(at);
    if (id === undefined || !Number.isInteger(offset)) throw badRequest(`Invalid $skiptoken '${token}'.`);
    if (entities[offset - 1]?.["id"] === id) return offset;
    const found = entities.findIndex(entity => entity["id"] === id);
    return found >= 0 ? found + 1 : offset;
};

const compareBy =
    (property: string, descending: boolean) =>
    (a: Entity, b: Entity): number => {
        const order = String(a[property] ?? "").localeCompare(String(b[property] ?? ""), "en");
        return descending ? -order : order;
    };

/** The entities a query keeps, in its order, unpaged. */
export const applyQuery = (entities: Iterable<Entity>, query: Query): readonly Entity[] => {
    const kept: Entity[] = [];
    for (const entity of entities) {
        if (query.filter?.matches(entity) === false) continue;
        if (query.search !== undefined && !String(entity["displayName"]).toLowerCase().includes(query.search)) continue;
        kept.push(entity);
    }
    return query.orderBy ? kept.sort(compareBy(...query.orderBy)) : kept;
};

/** Answers a list request: filtered, ordered, paged by `@odata.nextLink`, with the selected properties. */
export const listResponse = (
    context: Context<SandboxEnv>,
    baseUrl: string,
    collection: string,
    entities: Iterable<Entity>,
): Response => {
    const query = readQuery(context);
    const found = applyQuery(entities, query);
    const start = startOf(found, query.skipToken);
    const page = found.slice(start, start + query.top);
    const url = new URL(context.req.url);
    const version = url.pathname.split("/")[1] ?? "v1.0";
    const more = start + query.top < found.length;
    const last = page.at(-1);
    url.searchParams.set(
        "$skiptoken",
        Buffer.from(`${start + page.length} ${String(last?.["id"])}`).toString("base64url"),
    );
    const selected = query.select ? `(${query.select.join(",")})` : "";
    return context.json({
        "@odata.context": `${baseUrl}/${version}/$metadata#${collection}${selected}`,
        ...(query.count && { "@odata.count": found.length }),
        ...(more && { "@odata.nextLink": `${baseUrl}${url.pathname}${url.search}` }),
        value: page.map(entity => select(entity, query.select)),
    });
};

/** Answers a request for one entity. */
export const entityResponse = (
    context: Context<SandboxEnv>,
    baseUrl: string,
    collection: string,
    entity: Entity,
    status: 200 | 201 = 200,
): Response => {
    const version = context.req.path.split("/")[1] ?? "v1.0";
    const names = context.req.method === "GET" ? readQuery(context).select : undefined;
    const selected = names ? `(${names.join(",")})` : "";
    const metadata = { "@odata.context": `${baseUrl}/${version}/$metadata#${collection}${selected}/$entity` };
    return context.json({ ...metadata, ...select(entity, names) }, status);
};

/** Answers `…/$count`. */
export const countResponse = (context: Context<SandboxEnv>, entities: Iterable<Entity>): Response => {
    if (context.req.header("consistencylevel")?.toLowerCase() !== "eventual") {
        throw badRequest("$count is not currently supported without ConsistencyLevel: eventual.");
    }
    return context.text(String(applyQuery(entities, readQuery(context)).length));
};
