import type { Hono } from "hono";
import type { SandboxEnv } from "../caller.ts";
import type { Cloud } from "../cloud.ts";
import { deleteServicePrincipal } from "../directory.ts";
import type { ServicePrincipal } from "../records.ts";
import { readBody, textIn } from "./body.ts";
import { servicePrincipalEntity } from "./directory-objects.ts";
import type { Graph } from "./directory-objects.ts";
import { badRequest, notFound } from "./errors.ts";
import { keyOf } from "./path.ts";
import { countResponse, entityResponse, listResponse } from "./answer.ts";
import { readQuery } from "./query.ts";

const COLLECTION = "servicePrincipals";
const INDEXED = ["appId", "displayName"] as const;

/** The principals a filter can match, by an index where it names one. */
const candidates = (cloud: Cloud, equals: ReadonlyMap<string, string> | undefined): Iterable<ServicePrincipal> => {
    const id = equals?.get("id");
    if (id !== undefined) return [cloud.servicePrincipals.get(id)].filter(found => found !== undefined);
    for (const index of INDEXED) {
        const key = equals?.get(index);
        if (key !== undefined) return cloud.servicePrincipals.by(index, key);
    }
    return cloud.servicePrincipals.values();
};

/** The principal a path names by id or by `appId='…'`; replication is the caller's to ask. */
export const findServicePrincipal = (graph: Graph, segment: string): ServicePrincipal => {
    const [property, value] = keyOf(segment);
    const { servicePrincipals } = graph.cloud;
    const principal = property === "appId" ? servicePrincipals.by("appId", value)[0] : servicePrincipals.get(value);
    if (!principal || !graph.replication.sees("principals", principal)) throw notFound(value);
    return principal;
};

/** Adds the enterprise application of an app registration. */
const createServicePrincipal = (graph: Graph, appId: string): ServicePrincipal => {
    const { cloud } = graph;
    const [application] = cloud.applications.by("appId", appId.toLowerCase());
    if (!application) {
        throw badRequest(
            `The appId '${appId}' of the service principal does not reference a valid application object.`,
        );
    }
    if (cloud.servicePrincipals.by("appId", application.appId).length > 0) {
        throw badRequest(
            `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
        );
    }
    const principal: ServicePrincipal = {
        id: cloud.newId(`principal of app ${application.appId}`),
        appId: application.appId,
        displayName: application.displayName,
        servicePrincipalType: "Application",
        servicePrincipalNames: [
            application.appId,
            ...((application.properties["identifierUris"] as string[] | undefined) ?? []),
        ],
        appRoles: application.appRoles,
        alternativeNames: [],
        createdAt: cloud.now(),
        properties: {},
    };
    return cloud.servicePrincipals.set(principal.id, principal);
};

/** Routes of /servicePrincipals; grants have their own. */
export const addServicePrincipalRoutes = (routes: Hono<SandboxEnv>, graph: Graph): void => {
    const { cloud, replication } = graph;
    const visible = function* (equals?: ReadonlyMap<string, string>) {
        for (const principal of candidates(cloud, equals)) {
            if (replication.sees("principals", principal)) yield servicePrincipalEntity(cloud, principal);
        }
    };
    routes.get("/:version/servicePrincipals", context =>
        listResponse(context, cloud.url, COLLECTION, visible(readQuery(context).filter?.equals)),
    );
    routes.get("/:version/servicePrincipals/$count", context => countResponse(context, visible()));
    routes.get("/:version/servicePrincipals/:id", context => {
        const principal = findServicePrincipal(graph, context.req.param("id"));
        return entityResponse(context, cloud.url, COLLECTION, servicePrincipalEntity(cloud, principal));
    });
    routes.post("/:version/servicePrincipals", async context => {
        const principal = createServicePrincipal(graph, textIn(await readBody(context), "appId", "ServicePrincipal"));
        return entityResponse(context, cloud.url, COLLECTION, servicePrincipalEntity(cloud, principal), 201);
    });
    routes.patch("/:version/servicePrincipals/:id", async context => {
        const principal = findServicePrincipal(graph, context.req.param("id"));
        const { displayName, ...properties } = await readBody(context);
        cloud.servicePrincipals.set(principal.id, {
            ...principal,
            ...(typeof displayName === "string" && { displayName }),
            properties: { ...principal.properties, ...properties },
        });
        return context.body(null, 204);
    });
    routes.delete("/:version/servicePrincipals/:id", context => {
        deleteServicePrincipal(cloud, findServicePrincipal(graph, context.req.param("id")).id);
        return context.body(null, 204);
    });
};
