import { type Api, apis, type AppRole, appRoles } from "../../access/apis.ts";
import { lazy } from "../../access/facts.ts";
import { heldBy } from "./held.ts";
import type { PlainResource } from "./resource.ts";
import type { ApiGrantSubject, GrantedApi } from "./subject-grants.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { isKnown, Unknown, type Value, whenKnown } from "./value.ts";

const owners = lazy(() =>
    Map.groupBy(
        apis().flatMap(({ appId }) => appRoles(appId)),
        role => role.id,
    ),
);

/** The app roles with an id; some ids are shared by two of Microsoft's APIs. */
export const appRolesWithId = (id: string): readonly AppRole[] => owners().get(id.toLowerCase()) ?? [];

/** Microsoft's own API with an application id. */
export const microsoftsApi = (appId: string): Api | undefined =>
    apis().find(api => api.appId === appId.trim().toLowerCase());

const APPLICATION = "azuread:Application";
const SERVICE_PRINCIPAL = "azuread:ServicePrincipal";

/** The API that a service principal or application of the stack is. */
const apiOf = (resource: PlainResource): Value<GrantedApi> => {
    if (resource.token === APPLICATION) return "own";
    const clientId = clientIdOf(resource);
    if (typeof clientId === "string") {
        return microsoftsApi(clientId) ?? (resource.flag("useExisting") === true ? undefined : "own");
    }
    const keys = ["clientId", "applicationId"];
    const made = keys.some(key => resource.links(key).some(({ token }) => token === APPLICATION));
    return made ? "own" : (clientId ?? undefined);
};

/** The application id of a service principal; `applicationId` is what azuread called it before version 6. */
export const clientIdOf = (resource: PlainResource): Value<string | undefined> =>
    resource.has("clientId") ? resource.text("clientId") : resource.text("applicationId");

const linkedApi = (resource: PlainResource, key: string): Value<GrantedApi> => {
    const linked = resource.links(key).filter(({ token }) => token === APPLICATION || token === SERVICE_PRINCIPAL);
    const found = linked.map(apiOf);
    const foreign = found.find(api => api !== "own");
    return found.length === 0 ? undefined : (foreign ?? (found.includes("own") ? "own" : undefined));
};

/** An id of Microsoft's is Microsoft's permission, whatever the stack makes the API out to be. */
const pick = (id: string, api: GrantedApi): AppRole | undefined => {
    const roles = appRolesWithId(id);
    const appId = api === "own" ? undefined : api?.appId;
    return roles.find(role => role.api.appId === appId) ?? roles.toSorted((a, b) => a.tier - b.tier)[0];
};

const grantedApi = (
    resource: PlainResource,
    id: Value<string | undefined>,
    defined: StackDefinitions,
): Value<GrantedApi> => {
    if (typeof id === "string" && defined.hasAppRole(id) && appRolesWithId(id).length === 0) return "own";
    return linkedApi(resource, "resourceObjectId") ?? linkedApi(resource, "appRoleId");
};

/** Reads an app role assignment. An app role of an API that the stack makes need not be known yet. */
export const readApiGrant = (resource: PlainResource, defined: StackDefinitions): ApiGrantSubject => {
    const id = resource.text("appRoleId") ?? new Unknown("'appRoleId' is missing", false);
    const api = grantedApi(resource, id, defined);
    const appRoleId = api === "own" && !isKnown(id) ? "" : id;
    return {
        kind: "api-grant",
        ...heldBy(resource, "principalObjectId"),
        appRoleId,
        api,
        appRole: whenKnown(appRoleId, known => whenKnown(api, of => pick(known, of))),
    };
};
