import type { Hono } from "hono";
import type { SandboxEnv } from "../caller.ts";
import { directoryObject } from "./directory-objects.ts";
import type { Graph } from "./directory-objects.ts";
import { readBody } from "./body.ts";
import { badRequest, notFound } from "./errors.ts";
import { keyOf } from "./path.ts";
import { entityResponse, listResponse } from "./answer.ts";

const DOMAIN = "contoso.onmicrosoft.com";

/** Routes of the tenant itself: /organization, /domains, /directoryObjects. */
export const addTenantRoutes = (routes: Hono<SandboxEnv>, { cloud }: Graph): void => {
    routes.get("/:version/organization", context =>
        listResponse(context, cloud.url, "organization", [
            {
                id: cloud.tenantId,
                displayName: "Contoso",
                verifiedDomains: [{ name: DOMAIN, isDefault: true, isInitial: true, type: "Managed" }],
            },
        ]),
    );
    routes.get("/:version/domains", context =>
        listResponse(context, cloud.url, "domains", [
            { id: DOMAIN, isDefault: true, isInitial: true, isVerified: true },
        ]),
    );
    routes.get("/:version/directoryObjects/:id", context => {
        const [, id] = keyOf(context.req.param("id"));
        const found = directoryObject(cloud, id);
        if (!found) throw notFound(id);
        return entityResponse(context, cloud.url, "directoryObjects", found);
    });
    routes.post("/:version/directoryObjects/getByIds", async context => {
        const ids = (await readBody(context))["ids"];
        if (!Array.isArray(ids)) throw badRequest("A value is required for property 'ids'.");
        const value = ids
            .map(id => directoryObject(cloud, String(id).toLowerCase()))
            .filter(found => found !== undefined);
        return context.json({ value });
    });
};
