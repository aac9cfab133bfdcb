import { maySee } from "./authorise.ts";
import { GROUP_TYPE, listContents } from "./contents.ts";
import { defaultView, removeTree } from "./crud.ts";
import { groupLocationOf } from "./location.ts";
import { groupNotFound, requireResource } from "./lookup.ts";
import { operationHeaders } from "./operations.ts";
import { page } from "./page.ts";
import { badRequest, jsonBody, methodNotAllowed } from "./request.ts";
import type { ArmRequest, ArmResponse } from "./request.ts";
import type { ResourceType } from "./resource-type.ts";
import { serveSubscription } from "./subscription.ts";
import { tagsOf } from "./tags.ts";

/** Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftresources */
const checkGroupName = (name: string): void => {
    const why =
        name.length > 90
            ? `has a length of '${name.length}' which exceeds the maximum length of '90'`
            : name.endsWith(".")
              ? "ends with '.'"
              : /^[\p{L}\p{N}_().-]+$/u.test(name)
                ? undefined
                : "has invalid characters. The name can only be a letter, digit, '-', '.', '(', ')' or '_'";
    if (why !== undefined)
        throw badRequest("InvalidResourceGroup", `The provided resource group name '${name}' ${why}.`);
};

const writeGroup = (request: ArmRequest): ArmResponse => {
    const { cloud, target, method } = request;
    const key = target.id.toLowerCase();
    const existing = cloud.resources.get(key);
    if (method === "PATCH" && !existing) throw groupNotFound(target.name ?? "");
    checkGroupName(target.name ?? "");
    const body = jsonBody(request);
    const location = method === "PATCH" ? existing?.location : groupLocationOf(body, existing);
    const tags = tagsOf(body) ?? (method === "PATCH" ? existing?.tags : undefined);
    const managedBy = typeof body["managedBy"] === "string" ? body["managedBy"] : existing?.more?.["managedBy"];
    const group = cloud.resources.set(key, {
        id: existing?.id ?? target.id,
        name: existing?.name ?? target.name ?? "",
        type: GROUP_TYPE,
        ...(location !== undefined && { location }),
        ...(tags !== undefined && { tags }),
        ...(managedBy !== undefined && { more: { managedBy } }),
        properties: { provisioningState: "Succeeded" },
    });
    return { status: existing ? 200 : 201, body: defaultView(group) };
};

const deleteGroup = (request: ArmRequest): ArmResponse => {
    const { cloud, target } = request;
    const group = cloud.resources.get(target.id.toLowerCase());
    if (!group) throw groupNotFound(target.name ?? "");
    removeTree(cloud, group.id);
    return { status: 202, headers: operationHeaders(request, "result") };
};

const TAG_FILTER = /^tagname eq '([^']+)'(?: and tagvalue eq '([^']*)')?$/i;

const listGroups = (request: ArmRequest): ArmResponse => {
    const { cloud, caller, target, query } = request;
    const [, tag, value] = TAG_FILTER.exec(query.get("$filter") ?? "") ?? [];
    const groups = cloud.resources
        .by("parent", target.parent.toLowerCase())
        .filter(resource => resource.type === GROUP_TYPE && maySee(cloud, caller, resource.id))
        .filter(group => tag === undefined || (value ?? group.tags?.[tag]) === group.tags?.[tag])
        .filter(group => tag === undefined || group.tags?.[tag] !== undefined);
    return page(request, groups, 1000, defaultView);
};

const serveGroup = (request: ArmRequest): ArmResponse => {
    const { target, method, cloud } = request;
    if (target.tail.join("/").toLowerCase() === "resources" && method === "GET") {
        requireResource(request);
        return listContents(request);
    }
    if (target.tail.length > 0) throw methodNotAllowed(request);
    if (target.name === undefined && method === "GET") return listGroups(request);
    if (method === "GET") return { status: 200, body: defaultView(requireResource(request)) };
    if (method === "HEAD") return { status: cloud.resources.has(target.id.toLowerCase()) ? 204 : 404 };
    if (method === "PUT" || method === "PATCH") return writeGroup(request);
    if (method === "DELETE") return deleteGroup(request);
    throw methodNotAllowed(request);
};

const MANAGEMENT_GROUP: ResourceType = {
    type: "Microsoft.Management/managementGroups",
    checkName: name => {
        if (/^[\w().-]{1,90}$/.test(name)) return;
        throw badRequest("InvalidManagementGroupId", `The management group id '${name}' is not valid.`);
    },
};

/** Subscriptions, resource groups, management groups. */
export const RESOURCES_TYPES: readonly ResourceType[] = [
    { type: "Microsoft.Resources/subscriptions", serve: serveSubscription, openTo: ({ method }) => method === "GET" },
    {
        type: GROUP_TYPE,
        serve: serveGroup,
        openTo: ({ method, target }) => method === "GET" && (target.name === undefined || target.tail.length > 0),
    },
    MANAGEMENT_GROUP,
];
