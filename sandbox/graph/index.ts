import { Hono } from "hono";
import type { SandboxEnv } from "../caller.ts";
import { AzureError } from "../error.ts";
import { addApplicationRoutes } from "./applications.ts";
import { authorise } from "./authorise.ts";
import { batch } from "./batch.ts";
import type { Dispatch } from "./batch.ts";
import type { Graph } from "./directory-objects.ts";
import { addFederatedCredentialRoutes } from "./federated-credentials.ts";
import { addGrantRoutes } from "./grant-routes.ts";
import { addGroupRoutes } from "./groups.ts";
import { addServicePrincipalRoutes } from "./service-principals.ts";
import { addTenantRoutes } from "./tenant.ts";
import { addUserRoutes } from "./users.ts";

/** Microsoft Graph, v1.0 and beta: service principals, applications, grants, users and groups. */
export const graphRoutes = (graph: Graph, dispatch: Dispatch): Hono<SandboxEnv> => {
    const routes = new Hono<SandboxEnv>();
    routes.on("ALL", ["/v1.0/*", "/beta/*"], authorise);
    routes.on("POST", ["/v1.0/$batch", "/beta/$batch"], context => batch(context, dispatch));
    addGrantRoutes(routes, graph);
    addServicePrincipalRoutes(routes, graph);
    addApplicationRoutes(routes, graph);
    addFederatedCredentialRoutes(routes, graph);
    addUserRoutes(routes, graph);
    addGroupRoutes(routes, graph);
    addTenantRoutes(routes, graph);
    routes.on("ALL", ["/v1.0/*", "/beta/*"], context => {
        const segment = context.req.path.split("/")[2] ?? "";
        throw new AzureError(400, "BadRequest", `Resource not found for the segment '${segment}'.`);
    });
    return routes;
};
