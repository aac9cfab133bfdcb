import { Hono } from "hono";
import type { SandboxEnv } from "../caller.ts";
import type { Cloud } from "../cloud.ts";
import { AzureError } from "../error.ts";

/** Resource Manager's routes. */
export const armRoutes = (_cloud: Cloud): Hono<SandboxEnv> => {
    const routes = new Hono<SandboxEnv>();
    routes.all("/*", context => {
        throw new AzureError(404, "InvalidResourceType", `no resource type serves '${context.req.path}'`);
    });
    return routes;
};
