import { type Api, apis, type AppRole, appRoles, MICROSOFT_GRAPH } from "../../access/apis.ts";
import { lazy } from "../../access/facts.ts";
import type { Tier } from "../../access/tier.ts";
import { declaredWords } from "./declared.ts";
import { decided, knownText, type ReadRights, rightBase } from "./given-right.ts";
import type { PlainResource } from "./resource.ts";
import type { GrantedApi } from "./subject-grants.ts";
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

/** What makes an application, which is an API of the stack's own. */
const APPLICATIONS: ReadonlySet<string | undefined> = new Set([
    "azuread:Application",
    "azuread:ApplicationFromTemplate",
    "azuread:ApplicationRegistration",
]);
const SERVICE_PRINCIPAL = "azuread:ServicePrincipal";

/** The API that a service principal or application of the stack is. */
const apiOf = (resource: PlainResource): Value<GrantedApi> => {
    if (APPLICATIONS.has(resource.token)) return "own";
    const clientId = clientIdOf(resource);
    if (typeof clientId === "string") {
        return microsoftsApi(clientId) ?? (resource.flag("useExisting") === true ? undefined : "own");
    }
    const keys = ["clientId", "applicationId"];
    const made = keys.some(key => resource.links(key).some(({ token }) => APPLICATIONS.has(token)));
    return made ? "own" : (clientId ?? undefined);
};

/** The application id of a service principal; `applicationId` is what azuread called it before version 6. */
export const clientIdOf = (resource: PlainResource): Value<string | undefined> =>
    resource.has("clientId") ? resource.text("clientId") : resource.text("applicationId");

export const linkedApi = (resource: PlainResource, key: string): Value<GrantedApi> => {
    const linked = resource.links(key).filter(({ token }) => APPLICATIONS.has(token) || token === SERVICE_PRINCIPAL);
    const found = linked.map(apiOf);
    const foreign = found.find(api => api !== "own");
    return found.length === 0 ? undefined : (foreign ?? (found.includes("own") ? "own" : undefined));
};

/** An id of Microsoft's is Microsoft's permission, whatever the stack makes the API out to be; one of several APIs is Graph's. */
const pick = (id: string, api: GrantedApi): AppRole | undefined => {
    const roles = appRolesWithId(id);
    const appId = api === "own" || api === undefined ? MICROSOFT_GRAPH : api.appId;
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

const subjectOf = (resource: PlainResource, defined: StackDefinitions, calls: readonly string[] | undefined) => {
    const id = resource.text("appRoleId") ?? new Unknown("'appRoleId' is missing", false);
    const api = grantedApi(resource, id, defined);
    const appRoleId = api === "own" && !isKnown(id) ? "" : id;
    return {
        kind: "api-grant",
        appRoleId,
        api,
        appRole: whenKnown(appRoleId, known => whenKnown(api, of => pick(known, of))),
        ...(calls && { calls }),
    } as const;
};

const apiName = (api: GrantedApi, role: AppRole | undefined): Value<string> => {
    if (api === "own") return "an API of the stack's own";
    return role?.api.name ?? api?.name ?? new Unknown("nothing tells which API it is of", false);
};

const ownName = (id: string, defined: StackDefinitions): string =>
    id === "" ? "an app role of its own" : (defined.appRoleName(id) ?? id);

const rightOf = ({ api, appRole, appRoleId, ...rest }: ReturnType<typeof subjectOf>, defined: StackDefinitions) => {
    const known = isKnown(appRole) ? appRole : undefined;
    const appId = known?.api.appId ?? (isKnown(api) && api !== "own" ? api?.appId : undefined);
    return {
        kind: "permission",
        api: decided(whenKnown(api, of => apiName(of, known))),
        permission: decided(whenKnown(appRoleId, id => known?.name ?? ownName(id, defined))),
        tier: decided(whenKnown(appRole, role => role?.tier ?? (api === "own" ? OWN_TIER : UNKNOWN_ROLE))),
        ...(appId !== undefined && { appId }),
        ...(rest.calls && { calls: rest.calls }),
    } as const;
};

/** An API of the stack's own opens what the stack itself has: no more than its users can see. */
const OWN_TIER: Tier = 2;
const UNKNOWN_ROLE = new Unknown("no table has the app role", false);

/** Reads an app role assignment. An app role of an API that the stack makes need not be known yet. */
export const readApiGrant: ReadRights = (resource, defined) => {
    const words = declaredWords(resource, { appRoleId: knownText(resource.text("appRoleId")) });
    const holder = defined.principals.named(resource, "principalObjectId");
    const subject = subjectOf(resource, defined, words.calls);
    return [{ holder, right: { ...rightOf(subject, defined), ...rightBase(resource, holder, words) }, subject }];
};
