import { isGuid } from "../../access/guid.ts";
import type { Cloud } from "../cloud.ts";
import type { ArmResource } from "../records.ts";
import { parentId } from "../tables.ts";
import type { AzureError } from "../error.ts";
import { badRequest, notFound } from "./request.ts";
import type { ArmRequest } from "./request.ts";
import type { ResourceType, Write } from "./resource-type.ts";

const SUBSCRIPTION = /^\/subscriptions\/([^/]+)/i;
const GROUP = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i;

/** The name of the resource group in an id. */
export const groupOf = (id: string): string | undefined => GROUP.exec(id)?.[1];

/** The error for a subscription that does not exist, or that the caller has no role in. */
export const subscriptionNotFound = (id: string): AzureError =>
    notFound("SubscriptionNotFound", `The subscription '${id}' could not be found.`);

const checkSubscription = (cloud: Cloud, id: string): void => {
    const subscription = SUBSCRIPTION.exec(id)?.[1];
    if (subscription === undefined || cloud.resources.has(`/subscriptions/${subscription}`.toLowerCase())) return;
    throw isGuid(subscription)
        ? subscriptionNotFound(subscription)
        : badRequest(
              "InvalidSubscriptionId",
              `The provided subscription identifier '${subscription}' is malformed or invalid.`,
          );
};

/** The error for a resource group that does not exist. */
export const groupNotFound = (name: string): AzureError =>
    notFound("ResourceGroupNotFound", `Resource group '${name}' could not be found.`);

const checkGroup = (cloud: Cloud, id: string): void => {
    const group = GROUP.exec(id);
    if (group && !cloud.resources.has(group[0].toLowerCase())) throw groupNotFound(group[1] ?? "");
};

/** `automationAccounts/runbooks` of `Microsoft.Automation/automationAccounts/runbooks`. */
const withoutNamespace = (type: string): string => type.slice(type.indexOf("/") + 1);

/** Whether a resource, group, subscription or the tenant exists. */
export const exists = (cloud: Cloud, id: string): boolean => id === "" || cloud.resources.has(id.toLowerCase());

/** Whether a resource exists with its parent, as `blobServices/default` does: it need not be written first. */
export const isImplicit = (cloud: Cloud, type: ResourceType | undefined, id: string): boolean =>
    (type?.implicit?.includes(id.slice(id.lastIndexOf("/") + 1)) ?? false) && exists(cloud, parentId(id));

const VERBS: Readonly<Record<string, string>> = { PUT: "write", PATCH: "write", DELETE: "delete" };

/**
 * Checks that what contains the requested resource exists.
 * @throws SubscriptionNotFound, ResourceGroupNotFound, ParentResourceNotFound, ResourceNotFound
 */
export const checkParents = ({ cloud, target, method }: ArmRequest): void => {
    checkSubscription(cloud, target.id);
    if (target.type.type !== "Microsoft.Resources/resourceGroups") checkGroup(cloud, target.id);
    if (exists(cloud, target.parent) || isImplicit(cloud, target.parentType, target.parent)) return;
    if (target.parent === target.scope) throw resourceNotFound(target.parent);
    throw notFound(
        "ParentResourceNotFound",
        `Failed to perform '${VERBS[method] ?? "read"}' on resource(s) of type '${withoutNamespace(target.type.type)}', ` +
            `because the parent resource '${target.parent}' could not be found.`,
    );
};

/** The error for a resource that does not exist, as Resource Manager words it. */
export const resourceNotFound = (id: string): AzureError => {
    const segments = id.split("/");
    const provider = segments.findLastIndex(segment => segment.toLowerCase() === "providers");
    const [namespace = "", ...rest] = segments.slice(provider + 1);
    const types = rest.filter((_, index) => index % 2 === 0).join("/");
    const names = rest.filter((_, index) => index % 2 === 1).join("/");
    const group = groupOf(id);
    return notFound(
        "ResourceNotFound",
        `The Resource '${namespace}/${types}/${names}' ${group === undefined ? "" : `under resource group '${group}' `}was not found. ` +
            "For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    );
};

/**
 * The requested resource.
 * @throws ResourceGroupNotFound, ResourceNotFound
 */
export const requireResource = (request: ArmRequest): ArmResource => {
    const { cloud, target } = request;
    const found = cloud.resources.get(target.id.toLowerCase());
    if (found) return found;
    if (target.type.type === "Microsoft.Resources/resourceGroups") throw groupNotFound(target.name ?? "");
    throw resourceNotFound(target.id);
};

/** Whether a name that must be unique in all of Azure belongs to another resource of its type. */
export const isNameTaken = ({ cloud, id, name, target }: Write): boolean =>
    cloud.resources
        .by("typeAndName", `${target.type.type}/${name}`.toLowerCase())
        .some(other => other.id.toLowerCase() !== id.toLowerCase());
