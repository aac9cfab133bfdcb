import type { Caller } from "../caller.ts";
import type { Cloud } from "../cloud.ts";
import { createManagedIdentity, deleteServicePrincipal } from "../directory.ts";
import { AzureError } from "../error.ts";
import type { ArmResource, ResourceIdentity } from "../records.ts";
import { mayDo } from "./authorise.ts";
import { badRequest, isObject } from "./request.ts";
import type { ArmRequest, Json } from "./request.ts";

type UserAssigned = NonNullable<ResourceIdentity["userAssignedIdentities"]>;

const ASSIGN = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";
const USER_ASSIGNED =
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/]+$/i;

/** What an identity block asks for, before anything is changed. */
export interface IdentityPlan {
    readonly system: boolean;
    readonly user: UserAssigned;
}

const kindsOf = (type: unknown): { system: boolean; user: boolean } => {
    const kinds = typeof type === "string" ? type.split(",").map(kind => kind.trim().toLowerCase()) : [];
    const known = kinds.every(kind => ["systemassigned", "userassigned", "none"].includes(kind));
    if (kinds.length === 0 || !known || (kinds.length > 1 && kinds.includes("none"))) {
        throw badRequest(
            "InvalidIdentityType",
            `The identity type '${String(type)}' is not valid; expected 'SystemAssigned', 'UserAssigned', ` +
                "'SystemAssigned, UserAssigned' or 'None'.",
        );
    }
    return { system: kinds.includes("systemassigned"), user: kinds.includes("userassigned") };
};

const linkedFailure = (caller: Caller, action: string, scope: string, identity: string): AzureError =>
    new AzureError(
        403,
        "LinkedAuthorizationFailed",
        `The client '${caller.appId}' with object id '${caller.objectId}' has permission to perform action ` +
            `'${action}' on scope '${scope}'; however, it does not have permission to perform action(s) '${ASSIGN}' on ` +
            `the linked scope(s) '${identity}' (respectively) or the linked scope(s) are invalid.`,
    );

const resolve = (request: ArmRequest, id: string): UserAssigned[string] => {
    const { cloud, caller, target } = request;
    if (!USER_ASSIGNED.test(id)) {
        throw badRequest(
            "LinkedInvalidPropertyId",
            `Property id '${id}' at path 'identity.userAssignedIdentities' is invalid. Expect fully qualified resource Id that start with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.`,
        );
    }
    if (!mayDo(cloud, caller, ASSIGN, id)) throw linkedFailure(caller, `${target.type.type}/write`, target.id, id);
    const identity = cloud.resources.get(id.toLowerCase());
    if (!identity) {
        throw new AzureError(
            400,
            "FailedIdentityOperation",
            `Identity operation for resource '${target.id}' failed with error 'Failed to perform resource identity operation. ` +
                `Status: 'BadRequest'. Response: '{"error":{"code":"BadRequest","message":"Resource '${id}' was not found."}}'.'.`,
        );
    }
    const { principalId, clientId } = identity.properties as { principalId: string; clientId: string };
    return { principalId, clientId };
};

/** The user-assigned identities of a write: those sent, and on PATCH those kept; a null removes one. */
const userIdentities = (request: ArmRequest, sent: unknown, existing: UserAssigned): UserAssigned => {
    const asked = isObject(sent) ? sent : {};
    const kept = request.method === "PATCH" ? existing : {};
    const byKey = new Map(Object.entries(kept).map(([id, value]) => [id.toLowerCase(), [id, value] as const]));
    for (const [id, value] of Object.entries(asked)) {
        if (value === null) byKey.delete(id.toLowerCase());
        else byKey.set(id.toLowerCase(), [id, resolve(request, id)]);
    }
    return Object.fromEntries(byKey.values());
};

/**
 * Judges the identity block of a write; undefined when the body has none, which leaves the identity as it is.
 * @throws InvalidIdentityType, LinkedInvalidPropertyId, LinkedAuthorizationFailed, FailedIdentityOperation
 */
export const planIdentity = (
    request: ArmRequest,
    body: Json,
    existing: ArmResource | undefined,
): IdentityPlan | undefined => {
    if (body["identity"] === undefined || body["identity"] === null) return undefined;
    if (!isObject(body["identity"]))
        throw badRequest("InvalidRequestContent", "The identity is not valid; expected an object.");
    const { type, userAssignedIdentities } = body["identity"];
    const kinds = kindsOf(type);
    const user = kinds.user
        ? userIdentities(request, userAssignedIdentities, existing?.identity?.userAssignedIdentities ?? {})
        : {};
    if (kinds.user && Object.keys(user).length === 0) {
        throw badRequest(
            "MissingIdentityIds",
            "The identity ids must not be null or empty for 'UserAssigned' identity type.",
        );
    }
    return { system: kinds.system, user };
};

/**
 * Carries a plan out: a system-assigned identity gets its service principal when it is first turned on and loses it,
 * for good, when it is turned off.
 */
export const applyIdentity = (
    cloud: Cloud,
    id: string,
    plan: IdentityPlan,
    existing: ResourceIdentity | undefined,
    now: number,
): ResourceIdentity => {
    const had = existing?.principalId;
    if (had !== undefined && !plan.system) deleteServicePrincipal(cloud, had);
    const principalId = plan.system ? (had ?? createManagedIdentity(cloud, id, false, now).id) : undefined;
    const user = Object.keys(plan.user).length > 0;
    const type = [...(plan.system ? ["SystemAssigned"] : []), ...(user ? ["UserAssigned"] : [])].join(", ");
    return {
        type: type === "" ? "None" : type,
        ...(principalId !== undefined && { principalId, tenantId: cloud.tenantId }),
        ...(user && { userAssignedIdentities: plan.user }),
    };
};
