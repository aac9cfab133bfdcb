import type { Hono } from "hono";
import type { SandboxEnv } from "../caller.ts";
import type { Cloud } from "../cloud.ts";
import type { Group } from "../records.ts";
import { readBody, textIn } from "./body.ts";
import { directoryObject, groupEntity } from "./directory-objects.ts";
import type { Graph } from "./directory-objects.ts";
import { badRequest, notFound } from "./errors.ts";
import type { Entity } from "./filter.ts";
import { keyOf } from "./path.ts";
import { countResponse, entityResponse, listResponse } from "./answer.ts";

const COLLECTION = "groups";

/** The group a path names. */
export const findGroup = (cloud: Cloud, segment: string): Group => {
    const [, id] = keyOf(segment);
    const group = cloud.groups.get(id);
    if (!group) throw notFound(id);
    return group;
};

const membersOf = (cloud: Cloud, group: Group): readonly Entity[] =>
    group.members.map(id => directoryObject(cloud, id)).filter(member => member !== undefined);

const addMemberRoutes = (routes: Hono<SandboxEnv>, cloud: Cloud): void => {
    routes.get("/:version/groups/:id/members", context =>
        listResponse(
            context,
            cloud.url,
            "directoryObjects",
            membersOf(cloud, findGroup(cloud, context.req.param("id"))),
        ),
    );
    routes.post("/:version/groups/:id/members/$ref", async context => {
        const group = findGroup(cloud, context.req.param("id"));
        const member =
            textIn(await readBody(context), "@odata.id", "Group")
                .split("/")
                .at(-1)
                ?.toLowerCase() ?? "";
        if (!directoryObject(cloud, member)) throw notFound(member);
        if (group.members.includes(member)) {
            throw badRequest(
                "One or more added object references already exist for the following modified properties: 'members'.",
            );
        }
        cloud.groups.set(group.id, { ...group, members: [...group.members, member] });
        return context.body(null, 204);
    });
    routes.delete("/:version/groups/:id/members/:member/$ref", context => {
        const group = findGroup(cloud, context.req.param("id"));
        const member = context.req.param("member").toLowerCase();
        if (!group.members.includes(member)) throw notFound(member);
        cloud.groups.set(group.id, { ...group, members: group.members.filter(id => id !== member) });
        return context.body(null, 204);
    });
};

/** Routes of /groups and their members. */
export const addGroupRoutes = (routes: Hono<SandboxEnv>, { cloud }: Graph): void => {
    const entities = function* () {
        for (const group of cloud.groups.values()) yield groupEntity(group);
    };
    routes.get("/:version/groups", context => listResponse(context, cloud.url, COLLECTION, entities()));
    routes.get("/:version/groups/$count", context => countResponse(context, entities()));
    routes.get("/:version/groups/:id", context =>
        entityResponse(context, cloud.url, COLLECTION, groupEntity(findGroup(cloud, context.req.param("id")))),
    );
    routes.post("/:version/groups", async context => {
        const body = await readBody(context);
        const displayName = textIn(body, "displayName", "Group");
        const id = cloud.newId(`group ${displayName}`);
        const group = cloud.groups.set(id, { id, displayName, members: [], properties: body });
        return entityResponse(context, cloud.url, COLLECTION, groupEntity(group), 201);
    });
    routes.delete("/:version/groups/:id", context => {
        cloud.groups.delete(findGroup(cloud, context.req.param("id")).id);
        return context.body(null, 204);
    });
    addMemberRoutes(routes, cloud);
};
