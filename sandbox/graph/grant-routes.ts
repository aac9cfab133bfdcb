import type { Context, Hono } from "hono";
import type { SandboxEnv } from "../caller.ts";
import type { AppRoleAssignment } from "../records.ts";
import { guidIn, readBody } from "./body.ts";
import type { Graph } from "./directory-objects.ts";
import { badRequest, notFound } from "./errors.ts";
import { createGrant, deleteGrant, grantEntity } from "./grants.ts";
import { entityResponse, listResponse } from "./answer.ts";
import { findServicePrincipal } from "./service-principals.ts";
import { findUser } from "./users.ts";
import { findGroup } from "./groups.ts";

/** One end of a grant: the principal that holds it, or the API it is on. */
interface End {
    readonly path: string;
    readonly collection: string;
    readonly index: "principal" | "resource";
    readonly property: "principalId" | "resourceId";
    /** Object id of the end a path names. */
    idOf(graph: Graph, segment: string): string;
}

const ENDS: readonly End[] = [
    {
        path: "servicePrincipals/:id/appRoleAssignments",
        collection: "appRoleAssignments",
        index: "principal",
        property: "principalId",
        idOf: (graph, segment) => findServicePrincipal(graph, segment).id,
    },
    {
        path: "servicePrincipals/:id/appRoleAssignedTo",
        collection: "appRoleAssignments",
        index: "resource",
        property: "resourceId",
        idOf: (graph, segment) => findServicePrincipal(graph, segment).id,
    },
    {
        path: "users/:id/appRoleAssignments",
        collection: "appRoleAssignments",
        index: "principal",
        property: "principalId",
        idOf: (graph, segment) => findUser(graph.cloud, segment).id,
    },
    {
        path: "groups/:id/appRoleAssignments",
        collection: "appRoleAssignments",
        index: "principal",
        property: "principalId",
        idOf: (graph, segment) => findGroup(graph.cloud, segment).id,
    },
];

const addEnd = (routes: Hono<SandboxEnv>, graph: Graph, end: End): void => {
    const { cloud } = graph;
    const endId = (context: Context<SandboxEnv>): string => end.idOf(graph, context.req.param("id") ?? "");
    const grantIn = (context: Context<SandboxEnv>): AppRoleAssignment => {
        const id = context.req.param("grant") ?? "";
        const owner = endId(context);
        const grant = cloud.appRoleAssignments.get(id);
        if (grant?.[end.property] !== owner) throw notFound(id);
        return grant;
    };
    routes.get(`/:version/${end.path}`, context => {
        const grants = cloud.appRoleAssignments.by(end.index, endId(context));
        const entities = grants.map(grant => grantEntity(graph, grant));
        return listResponse(context, cloud.url, end.collection, entities);
    });
    routes.post(`/:version/${end.path}`, async context => {
        const owner = endId(context);
        const body = await readBody(context);
        const request = {
            principalId: guidIn(body, "principalId"),
            resourceId: guidIn(body, "resourceId"),
            appRoleId: guidIn(body, "appRoleId"),
        };
        if (request[end.property] !== owner) {
            throw badRequest(
                `Property '${end.property}' in the payload does not match the object in the request address.`,
            );
        }
        const grant = await createGrant(graph, request);
        return entityResponse(context, cloud.url, end.collection, grantEntity(graph, grant), 201);
    });
    routes.get(`/:version/${end.path}/:grant`, context => {
        const grant = grantIn(context);
        if (!graph.replication.sees("grants", grant)) throw notFound(grant.id);
        return entityResponse(context, cloud.url, end.collection, grantEntity(graph, grant));
    });
    routes.delete(`/:version/${end.path}/:grant`, async context => {
        await deleteGrant(graph, grantIn(context));
        return context.body(null, 204);
    });
};

/** Routes of appRoleAssignments and appRoleAssignedTo: one grant, seen from both its ends. */
export const addGrantRoutes = (routes: Hono<SandboxEnv>, graph: Graph): void => {
    for (const end of ENDS) addEnd(routes, graph, end);
};
