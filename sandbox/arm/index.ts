import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ARM_METHODS } from "../../access/arm-path.ts";
import type { Caller, SandboxEnv } from "../caller.ts";
import type { Cloud } from "../cloud.ts";
import { authorise } from "./authorise.ts";
import { deleteResource, listResources, readResource } from "./crud.ts";
import { checkParents, requireResource } from "./lookup.ts";
import { pollOperation } from "./operations.ts";
import { badRequest, BareError, methodNotAllowed } from "./request.ts";
import type { ArmRequest, ArmResponse } from "./request.ts";
import { parseTarget } from "./target.ts";
import { writeResource } from "./write.ts";

const API_VERSION = /^\d{4}-\d{2}-\d{2}(-[a-z]+)?$/i;

/** Keeps a byte order mark: runbooks come back as they were sent. */
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

const apiVersionOf = (query: URLSearchParams): string => {
    const version = query.get("api-version");
    if (version === null || version === "") {
        throw badRequest(
            "MissingApiVersionParameter",
            "The api-version query parameter (?api-version=) is required for all requests.",
        );
    }
    if (API_VERSION.test(version)) return version;
    throw badRequest(
        "InvalidApiVersionParameter",
        `The api-version '${version}' is invalid. The supported versions are of the form 'yyyy-MM-dd' or 'yyyy-MM-dd-preview'.`,
    );
};

/** What follows a resource's id is an action of its type. */
const act = (request: ArmRequest): ArmResponse => {
    const { target, method } = request;
    const name = `${method} ${target.tail.join("/")}`.toLowerCase();
    const [, action] = Object.entries(target.type.actions ?? {}).find(([key]) => key.toLowerCase() === name) ?? [];
    if (!action) throw methodNotAllowed(request);
    return action(requireResource(request), request);
};

const dispatch = (request: ArmRequest): ArmResponse | Promise<ArmResponse> => {
    const { target, method } = request;
    checkParents(request);
    if (target.type.serve) return target.type.serve(request);
    if (target.tail.length > 0) return act(request);
    if (target.name === undefined) {
        if (method !== "GET") throw methodNotAllowed(request);
        return listResources(request);
    }
    if (method === "PUT" || method === "PATCH") return writeResource(request);
    if (method === "GET" || method === "HEAD") return readResource(request);
    if (method === "DELETE") return deleteResource(request);
    throw methodNotAllowed(request);
};

const serve = async (cloud: Cloud, caller: Caller, raw: Request): Promise<ArmResponse> => {
    const url = new URL(raw.url);
    const now = cloud.now();
    const text = raw.method === "GET" || raw.method === "HEAD" ? "" : UTF8.decode(await raw.arrayBuffer());
    const apiVersion = apiVersionOf(url.searchParams);
    const polled = pollOperation(raw.method, url, now);
    if (polled) return polled;
    const target = parseTarget(url.pathname, apiVersion);
    if (!ARM_METHODS.includes(raw.method)) throw methodNotAllowed({ method: raw.method, path: url.pathname });
    authorise(cloud, caller, raw.method, url.pathname, target);
    const { method, headers } = raw;
    const request: ArmRequest = {
        cloud,
        caller,
        method,
        headers,
        target,
        apiVersion,
        text,
        now,
        path: url.pathname,
        query: url.searchParams,
    };
    try {
        return await dispatch(request);
    } catch (error) {
        if (!(error instanceof BareError)) throw error;
        const { code, message, status } = error;
        return { status, body: { code, message } };
    }
};

/** Resource Manager: every path that is not another service's. */
export const armRoutes = (cloud: Cloud): Hono<SandboxEnv> => {
    const routes = new Hono<SandboxEnv>();
    routes.all("/*", async context => {
        const { status, body, headers } = await serve(cloud, context.get("caller"), context.req.raw);
        for (const [name, value] of Object.entries(headers ?? {})) context.header(name, value);
        if (body === undefined) return context.body(null, status as ContentfulStatusCode);
        if (typeof body === "string") {
            context.header("Content-Type", "text/powershell; charset=utf-8");
            return context.body(body, status as ContentfulStatusCode);
        }
        return context.json(body as object, status as ContentfulStatusCode);
    });
    return routes;
};
