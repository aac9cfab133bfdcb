import { randomBytes, randomUUID } from "node:crypto";
import type { Hono } from "hono";
import type { SandboxEnv } from "../caller.ts";
import type { Cloud } from "../cloud.ts";
import { deleteServicePrincipal } from "../directory.ts";
import { hashSecret } from "../sign-in.ts";
import type { AppRoleRecord, Application } from "../records.ts";
import { readBody, textIn, without } from "./body.ts";
import type { Body } from "./body.ts";
import { applicationEntity } from "./directory-objects.ts";
import type { Graph } from "./directory-objects.ts";
import { badRequest, notFound } from "./errors.ts";
import { keyOf } from "./path.ts";
import { countResponse, entityResponse, listResponse } from "./answer.ts";
import { readQuery } from "./query.ts";

const COLLECTION = "applications";
const YEAR = 365 * 86_400_000;

/** The application a path names by id or by `appId='…'`. */
export const findApplication = (cloud: Cloud, segment: string): Application => {
    const [property, value] = keyOf(segment);
    const { applications } = cloud;
    const application = property === "appId" ? applications.by("appId", value)[0] : applications.get(value);
    if (!application) throw notFound(value);
    return application;
};

const readAppRoles = (body: Body, kept: readonly AppRoleRecord[]): readonly AppRoleRecord[] => {
    const roles = body["appRoles"];
    if (roles === undefined) return kept;
    if (!Array.isArray(roles)) throw badRequest("Property 'appRoles' must be a collection.");
    const removedEnabled = kept.find(role => role.isEnabled && !roles.some((given: Body) => given["id"] === role.id));
    if (removedEnabled) {
        throw badRequest("Permission (scope or role) cannot be deleted or updated unless disabled first.");
    }
    return roles.map((role: Body) => ({
        id: textIn(role, "id", "AppRole").toLowerCase(),
        value: textIn(role, "value", "AppRole"),
        displayName: textIn(role, "displayName", "AppRole"),
        description: textIn(role, "description", "AppRole"),
        allowedMemberTypes: (role["allowedMemberTypes"] as string[] | undefined) ?? ["Application"],
        isEnabled: role["isEnabled"] !== false,
    }));
};

/** Writes an application and keeps what its service principal repeats of it. */
const update = (cloud: Cloud, application: Application): Application => {
    const { appRoles, displayName, appId } = application;
    const uris = (application.properties["identifierUris"] as string[] | undefined) ?? [];
    for (const principal of cloud.servicePrincipals.by("appId", appId)) {
        const servicePrincipalNames = [appId, ...uris];
        cloud.servicePrincipals.set(principal.id, { ...principal, displayName, appRoles, servicePrincipalNames });
    }
    return cloud.applications.set(application.id, application);
};

const addPasswordRoutes = (routes: Hono<SandboxEnv>, cloud: Cloud): void => {
    routes.post("/:version/applications/:id/addPassword", async context => {
        const application = findApplication(cloud, context.req.param("id"));
        const credential = ((await readBody(context))["passwordCredential"] ?? {}) as Body;
        const secret = randomBytes(30).toString("base64url");
        const password = {
            keyId: randomUUID(),
            displayName: typeof credential["displayName"] === "string" ? credential["displayName"] : "",
            sha256: hashSecret(secret),
            hint: secret.slice(0, 3),
            endDateTime: new Date(
                String(credential["endDateTime"] ?? new Date(cloud.now() + 2 * YEAR).toISOString()),
            ).toISOString(),
        };
        update(cloud, { ...application, passwords: [...application.passwords, password] });
        const startDateTime = new Date(cloud.now()).toISOString();
        return context.json({ ...without(password, "sha256"), startDateTime, secretText: secret });
    });
    routes.post("/:version/applications/:id/removePassword", async context => {
        const application = findApplication(cloud, context.req.param("id"));
        const keyId = textIn(await readBody(context), "keyId", "PasswordCredential");
        if (!application.passwords.some(password => password.keyId === keyId)) {
            throw badRequest(`No password credential found with keyId '${keyId}'.`);
        }
        update(cloud, { ...application, passwords: application.passwords.filter(p => p.keyId !== keyId) });
        return context.body(null, 204);
    });
};

/** Routes of /applications, with client secrets. */
export const addApplicationRoutes = (routes: Hono<SandboxEnv>, { cloud }: Graph): void => {
    const entities = function* (equals?: ReadonlyMap<string, string>) {
        const appId = equals?.get("appId");
        const found = appId === undefined ? cloud.applications.values() : cloud.applications.by("appId", appId);
        for (const application of found) yield applicationEntity(application);
    };
    routes.get("/:version/applications", context =>
        listResponse(context, cloud.url, COLLECTION, entities(readQuery(context).filter?.equals)),
    );
    routes.get("/:version/applications/$count", context => countResponse(context, entities()));
    routes.get("/:version/applications/:id", context => {
        const application = findApplication(cloud, context.req.param("id"));
        return entityResponse(context, cloud.url, COLLECTION, applicationEntity(application));
    });
    routes.post("/:version/applications", async context => {
        const body = await readBody(context);
        const properties = without(body, "appRoles", "passwordCredentials");
        const displayName = textIn(body, "displayName", "Application");
        const appRoles = readAppRoles(body, []);
        const id = cloud.newId(`application ${displayName}`);
        const appId = cloud.newId(`app ${displayName}`);
        const application = { id, appId, displayName, appRoles, passwords: [], createdAt: cloud.now(), properties };
        return entityResponse(context, cloud.url, COLLECTION, applicationEntity(update(cloud, application)), 201);
    });
    routes.patch("/:version/applications/:id", async context => {
        const application = findApplication(cloud, context.req.param("id"));
        const body = await readBody(context);
        const properties = without(body, "appRoles", "id", "appId", "passwordCredentials");
        update(cloud, {
            ...application,
            displayName: typeof body["displayName"] === "string" ? body["displayName"] : application.displayName,
            appRoles: readAppRoles(body, application.appRoles),
            properties: { ...application.properties, ...properties },
        });
        return context.body(null, 204);
    });
    routes.delete("/:version/applications/:id", context => {
        const application = findApplication(cloud, context.req.param("id"));
        for (const principal of cloud.servicePrincipals.by("appId", application.appId)) {
            deleteServicePrincipal(cloud, principal.id);
        }
        cloud.applications.delete(application.id);
        return context.body(null, 204);
    });
    addPasswordRoutes(routes, cloud);
};
