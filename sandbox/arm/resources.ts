import { maySee } from "./authorise.ts";
import { defaultView, removeTree } from "./crud.ts";
import { groupLocationOf } from "./location.ts";
import { groupNotFound, requireResource, subscriptionNotFound } from "./lookup.ts";
import { operationHeaders } from "./operations.ts";
import { page } from "./page.ts";
import { badRequest, jsonBody, without } from "./request.ts";
import type { ArmRequest, ArmResponse, Json } from "./request.ts";
import type { ResourceType } from "./resource-type.ts";
import type { ArmResource } from "../records.ts";
import { AzureError } from "../error.ts";
import { tagsOf } from "./tags.ts";

const GROUP_TYPE = "Microsoft.Resources/resourceGroups";

/** Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftresources */
const checkGroupName = (name: string): void => {
    if (name.length > 90) {
        throw badRequest(
            "InvalidResourceGroupName",
            `The resource group name '${name}' is ${name.length} characters long; it may not exceed 90.`,
        );
    }
    if (/^[\p{L}\p{N}_().-]+$/u.test(name) && !name.endsWith(".")) return;
    throw badRequest(
        "InvalidResourceGroupName",
        `The provided resource group name '${name}' is invalid; it may have letters, digits, '_', '-', '.' and brackets, ` +
            "and may not end with '.'.",
    );
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

/** Every resource in a group or subscription, nested ones left out, as the portal lists them. */
const listAll = (request: ArmRequest): ArmResponse => {
    const { cloud, caller, target } = request;
    const groups =
        target.type.type === GROUP_TYPE
            ? [target.id]
            : cloud.resources.by("parent", target.id.toLowerCase()).map(g => g.id);
    const type = /^resourceType eq '([^']+)'$/i.exec(request.query.get("$filter") ?? "")?.[1]?.toLowerCase();
    const members = groups
        .flatMap(group => cloud.resources.by("parent", group.toLowerCase()))
        .filter(resource => type === undefined || resource.type.toLowerCase() === type)
        .filter(resource => maySee(cloud, caller, resource.id));
    return page(request, members, 1000, resource => without(defaultView(resource), "properties"));
};

const tailOf = (request: ArmRequest): string => request.target.tail.join("/").toLowerCase();

const methodNotAllowed = ({ method, path }: ArmRequest): AzureError =>
    new AzureError(405, "MethodNotAllowed", `The HTTP method '${method}' is not supported at '${path}'.`);

const serveGroup = (request: ArmRequest): ArmResponse => {
    const { target, method, cloud } = request;
    if (tailOf(request) === "resources" && method === "GET") {
        requireResource(request);
        return listAll(request);
    }
    if (target.tail.length > 0) throw methodNotAllowed(request);
    if (target.name === undefined && method === "GET") return listGroups(request);
    if (method === "GET") return { status: 200, body: defaultView(requireResource(request)) };
    if (method === "HEAD") return { status: cloud.resources.has(target.id.toLowerCase()) ? 204 : 404 };
    if (method === "PUT" || method === "PATCH") return writeGroup(request);
    if (method === "DELETE") return deleteGroup(request);
    throw methodNotAllowed(request);
};

const subscriptionView = (request: ArmRequest, subscription: ArmResource): Json => ({
    id: subscription.id,
    authorizationSource: "RoleBased",
    subscriptionId: subscription.name,
    tenantId: request.cloud.tenantId,
    ...subscription.properties,
    subscriptionPolicies: {
        locationPlacementId: "Public_2014-09-01",
        quotaId: "PayAsYouGo_2014-09-01",
        spendingLimit: "Off",
    },
});

const serveSubscription = (request: ArmRequest): ArmResponse => {
    const { cloud, caller, target, method } = request;
    if (method !== "GET") throw methodNotAllowed(request);
    if (target.name === undefined) {
        const all = cloud.resources.by("type", "microsoft.resources/subscriptions");
        const seen = all.filter(subscription => maySee(cloud, caller, subscription.id));
        return page(request, seen, 1000, subscription => subscriptionView(request, subscription));
    }
    const [what, namespace, ...rest] = tailOf(request).split("/");
    const subscription = requireResource(request);
    if (!maySee(cloud, caller, subscription.id)) throw subscriptionNotFound(subscription.name);
    if (what === "") return { status: 200, body: subscriptionView(request, subscription) };
    if (what === "resources" && namespace === undefined) return listAll(request);
    if (what === "providers" && namespace !== undefined && rest.length === 0) {
        const id = `${subscription.id}/providers/${target.tail[1] ?? ""}`;
        return {
            status: 200,
            body: { id, namespace: target.tail[1], registrationState: "Registered", resourceTypes: [] },
        };
    }
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
