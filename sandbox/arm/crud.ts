import type { ArmResource } from "../records.ts";
import { deleteServicePrincipal, identityOf } from "../directory.ts";
import type { Cloud } from "../cloud.ts";
import { applyIdentity, planIdentity } from "./identity.ts";
import { locationOf } from "./location.ts";
import { groupOf, isImplicit, requireResource } from "./lookup.ts";
import { operationHeaders } from "./operations.ts";
import { page } from "./page.ts";
import { isObject, jsonBody, objectAt, textAt } from "./request.ts";
import type { ArmRequest, ArmResponse, Json } from "./request.ts";
import type { Write, Written } from "./resource-type.ts";
import { tagsOf } from "./tags.ts";

const COMMON = new Set([
    "id",
    "name",
    "type",
    "location",
    "tags",
    "identity",
    "kind",
    "sku",
    "etag",
    "properties",
    "systemData",
]);

/** A resource as a GET returns it. */
export const defaultView = (resource: ArmResource): Json => {
    const { id, name, type, location, tags, identity, kind, sku, etag, properties, systemData, more } = resource;
    const parts = { id, name, type, location, tags, identity, kind, sku, etag, ...more, properties, systemData };
    return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
};

const viewOf = (request: ArmRequest, resource: ArmResource): Json =>
    request.target.type.view?.(resource, request) ?? defaultView(resource);

const systemDataOf = (request: ArmRequest, existing: ArmResource | undefined): Record<string, string> => {
    const by = { by: request.caller.appId, at: new Date(request.now).toISOString() };
    const created = { createdBy: by.by, createdByType: "Application", createdAt: by.at };
    return {
        ...(existing?.systemData ?? created),
        lastModifiedBy: by.by,
        lastModifiedByType: "Application",
        lastModifiedAt: by.at,
    };
};

const mergedProperties = (request: ArmRequest, body: Json, existing: ArmResource | undefined): Json => {
    const sent = objectAt(body, "properties");
    return request.method === "PATCH" ? { ...existing?.properties, ...sent } : sent;
};

const topLevel = (write: Write, system: Record<string, string>): Partial<ArmResource> => {
    const { body, existing, method, target } = write;
    const patching = method === "PATCH";
    const kept = patching ? existing : undefined;
    const resource = { type: target.type.type, name: write.name, group: groupOf(write.id) ?? "" };
    const location = target.type.tracked ? locationOf(body, existing, resource) : textAt(body, "location");
    const tags = tagsOf(body) ?? kept?.tags;
    const kind = textAt(body, "kind") ?? kept?.kind;
    const sku = isObject(body["sku"]) ? body["sku"] : kept?.sku;
    const more = { ...kept?.more, ...Object.fromEntries(Object.entries(body).filter(([key]) => !COMMON.has(key))) };
    return {
        ...(location !== undefined && { location }),
        ...(tags !== undefined && { tags }),
        ...(kind !== undefined && { kind }),
        ...(sku !== undefined && { sku }),
        ...(Object.keys(more).length > 0 && { more }),
        systemData: system,
    };
};

const store = (write: Write, written: Written): ArmResource => {
    const { cloud, existing, id, name, target } = write;
    const top = topLevel(write, systemDataOf(write, existing));
    const plan = target.type.identity ? planIdentity(write, write.body, existing) : undefined;
    const identity = plan ? applyIdentity(cloud, id, plan, existing?.identity, write.now) : existing?.identity;
    const resource: ArmResource = {
        id,
        name,
        type: target.type.type,
        ...top,
        ...(identity !== undefined && { identity }),
        ...written,
    };
    cloud.resources.set(id.toLowerCase(), resource);
    target.type.afterWrite?.(write);
    return cloud.resources.get(id.toLowerCase()) ?? resource;
};

const provisioned = (write: Write): Written => ({
    properties: { ...write.properties, provisioningState: "Succeeded" },
});

/** The id a resource gets when it is created: as the path writes it, under its parent's own spelling. */
const idOf = ({ cloud, target }: ArmRequest): string => {
    const parent = cloud.resources.get(target.parent.toLowerCase())?.id ?? target.parent;
    return parent + target.id.slice(target.parent.length);
};

/** PUT and PATCH of a resource kept among the resources. */
export const writeResource = (request: ArmRequest): ArmResponse => {
    const { cloud, target, method } = request;
    const existing = cloud.resources.get(target.id.toLowerCase());
    if (method === "PATCH" && !existing) requireResource(request);
    target.type.checkName?.(target.name ?? "");
    const body = jsonBody(request);
    const id = existing?.id ?? idOf(request);
    const name = existing?.name ?? target.name ?? "";
    const properties = mergedProperties(request, body, existing);
    const write: Write = { ...request, id, name, body, properties, existing };
    const resource = store(write, (target.type.write ?? provisioned)(write));
    const slow = target.type.longRunning?.some(verb => verb === method) ?? false;
    const view = viewOf(request, resource);
    const under = existing ? "Updating" : "Creating";
    return {
        status: existing ? 200 : 201,
        body: slow ? { ...view, properties: { ...objectAt(view, "properties"), provisioningState: under } } : view,
        ...(slow && { headers: operationHeaders(request, "status") }),
    };
};

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
