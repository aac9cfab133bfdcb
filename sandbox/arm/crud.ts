import type { Cloud } from "../cloud.ts";
import { deleteServicePrincipal, identityOf } from "../directory.ts";
import type { ArmResource } from "../records.ts";
import { isImplicit, requireResource } from "./lookup.ts";
import { operationHeaders } from "./operations.ts";
import { page } from "./page.ts";
import type { ArmRequest, ArmResponse, Json } from "./request.ts";

/** A resource as a GET returns it. */
export const defaultView = (resource: ArmResource): Json => {
    const { id, name, type, location, tags, identity, kind, sku, etag, properties, systemData, more } = resource;
    const parts = { id, name, type, location, tags, identity, kind, sku, etag, ...more, properties, systemData };
    return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
};

/** The body of a GET of a resource. */
export const viewOf = (request: ArmRequest, resource: ArmResource): Json =>
    request.target.type.view?.(resource, request) ?? defaultView(resource);

/** GET and HEAD of a resource. */
export const readResource = (request: ArmRequest): ArmResponse => {
    const { id, name, type } = request.target;
    const resource = request.cloud.resources.get(id.toLowerCase());
    if (request.method === "HEAD") return { status: resource ? 204 : 404 };
    if (!resource && isImplicit(request.cloud, type, id)) {
        return { status: 200, body: { id, name, type: type.type, properties: {} } };
    }
    return { status: 200, body: viewOf(request, resource ?? requireResource(request)) };
};

/** Removes a resource with all that is in it: children, identities, role assignments on it. */
export const removeTree = (cloud: Cloud, id: string): void => {
    const key = id.toLowerCase();
    for (const child of cloud.resources.by("parent", key)) removeTree(cloud, child.id);
    for (const assignment of cloud.roleAssignments.by("scope", key)) {
        cloud.roleAssignments.delete(assignment.id.toLowerCase());
    }
    const principal = identityOf(cloud, id);
    if (principal) deleteServicePrincipal(cloud, principal.id);
    cloud.resources.delete(key);
};

/** DELETE of a resource; of one that is not there, 204. */
export const deleteResource = (request: ArmRequest): ArmResponse => {
    const { cloud, target } = request;
    const existing = cloud.resources.get(target.id.toLowerCase());
    if (!existing) return { status: 204 };
    target.type.beforeDelete?.(existing, request);
    removeTree(cloud, existing.id);
    return target.type.longRunning?.includes("DELETE")
        ? { status: 202, headers: operationHeaders(request, "both") }
        : { status: 200 };
};

/** GET of a collection: under a parent, or everything of the type in the group or subscription. */
export const listResources = (request: ArmRequest): ArmResponse => {
    const { cloud, target } = request;
    const type = target.type.type.toLowerCase();
    const parent = target.parent.toLowerCase();
    const nested = cloud.resources.by("parent", parent).filter(resource => resource.type.toLowerCase() === type);
    const everywhere = /^\/subscriptions\/[^/]+$/.test(parent) && type !== "microsoft.resources/resourcegroups";
    const members = everywhere
        ? cloud.resources.by("type", type).filter(r => r.id.toLowerCase().startsWith(`${parent}/`))
        : nested;
    const view = target.type.summary ?? target.type.view ?? defaultView;
    return page(request, members, target.type.pageSize ?? 1000, resource => view(resource, request));
};
