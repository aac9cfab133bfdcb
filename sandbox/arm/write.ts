import type { ArmResource } from "../records.ts";
import { viewOf } from "./crud.ts";
import { applyIdentity, planIdentity } from "./identity.ts";
import { locationOf } from "./location.ts";
import { groupOf, requireResource } from "./lookup.ts";
import { operationHeaders } from "./operations.ts";
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
