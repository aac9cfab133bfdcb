import type { Context } from "hono";
import type { SandboxEnv } from "../caller.ts";
import type { Entity } from "./filter.ts";
import { readQuery, unsupportedQuery } from "./query.ts";
import type { Query } from "./query.ts";

const select = (entity: Entity, names: readonly string[] | undefined): Entity => {
    if (!names) return entity;
    return Object.fromEntries(names.filter(name => name in entity).map(name => [name, entity[name]]));
};

/** Where a page starts: after the entity the token names, also when others before it have gone. */
const startOf = (entities: readonly Entity[], token: string | undefined): number => {
    if (token === undefined) return 0;
    const [at, id] = Buffer.from(token, "base64url").toString("utf8").split(" ");
    const offset = Number(at);
    if (id === undefined || !Number.isInteger(offset)) throw unsupportedQuery(`Invalid $skiptoken '${token}'.`);
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
const applyQuery = (entities: Iterable<Entity>, query: Query): readonly Entity[] => {
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
        throw unsupportedQuery("$count is not currently supported without ConsistencyLevel: eventual.");
    }
    return context.text(String(applyQuery(entities, readQuery(context)).length));
};
