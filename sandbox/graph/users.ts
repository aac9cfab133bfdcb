import type { Hono } from "hono";
import type { SandboxEnv } from "../caller.ts";
import type { Cloud } from "../cloud.ts";
import type { User } from "../records.ts";
import { readBody, textIn, without } from "./body.ts";
import { userEntity } from "./directory-objects.ts";
import type { Graph } from "./directory-objects.ts";
import { badRequest, notFound } from "./errors.ts";
import { keyOf } from "./path.ts";
import { countResponse, entityResponse, listResponse } from "./answer.ts";
import { readQuery } from "./query.ts";

const COLLECTION = "users";

/** The user a path names by id or user principal name. */
export const findUser = (cloud: Cloud, segment: string): User => {
    const [, value] = keyOf(segment);
    const user = cloud.users.get(value) ?? cloud.users.by("userPrincipalName", value)[0];
    if (!user) throw notFound(value);
    return user;
};

/** Routes of /users. */
export const addUserRoutes = (routes: Hono<SandboxEnv>, { cloud }: Graph): void => {
    const entities = function* (equals?: ReadonlyMap<string, string>) {
        const name = equals?.get("userPrincipalName");
        const users = name === undefined ? cloud.users.values() : cloud.users.by("userPrincipalName", name);
        for (const user of users) yield userEntity(user);
    };
    routes.get("/:version/users", context =>
        listResponse(context, cloud.url, COLLECTION, entities(readQuery(context).filter?.equals)),
    );
    routes.get("/:version/users/$count", context => countResponse(context, entities()));
    routes.get("/:version/users/:id", context => {
        const user = findUser(cloud, context.req.param("id"));
        return entityResponse(context, cloud.url, COLLECTION, userEntity(user));
    });
    routes.post("/:version/users", async context => {
        const body = without(await readBody(context), "passwordProfile");
        const userPrincipalName = textIn(body, "userPrincipalName", "User");
        if (cloud.users.by("userPrincipalName", userPrincipalName.toLowerCase()).length > 0) {
            throw badRequest("Another object with the same value for property userPrincipalName already exists.");
        }
        const displayName = textIn(body, "displayName", "User");
        const id = cloud.newId(`user ${userPrincipalName}`);
        const user = cloud.users.set(id, { id, displayName, userPrincipalName, properties: body });
        return entityResponse(context, cloud.url, COLLECTION, userEntity(user), 201);
    });
    routes.patch("/:version/users/:id", async context => {
        const user = findUser(cloud, context.req.param("id"));
        const properties = without(await readBody(context), "passwordProfile", "id", "userPrincipalName");
        const displayName =
            typeof properties["displayName"] === "string" ? properties["displayName"] : user.displayName;
        cloud.users.set(user.id, { ...user, displayName, properties: { ...user.properties, ...properties } });
        return context.body(null, 204);
    });
    routes.delete("/:version/users/:id", context => {
        cloud.users.delete(findUser(cloud, context.req.param("id")).id);
        return context.body(null, 204);
    });
    routes.post("/:version/users/:id/sendMail", context => {
        findUser(cloud, context.req.param("id"));
        return context.body(null, 202);
    });
};
