import type { Hono } from "hono";
import type { SandboxEnv } from "../caller.ts";
import type { Cloud } from "../cloud.ts";
import type { Application, FederatedCredential } from "../records.ts";
import { entityResponse, listResponse } from "./answer.ts";
import { findApplication } from "./applications.ts";
import { readBody, textIn } from "./body.ts";
import type { Body } from "./body.ts";
import type { Graph } from "./directory-objects.ts";
import { badRequest, notFound } from "./errors.ts";

const COLLECTION = "federatedIdentityCredentials";
const RESOURCE = "FederatedIdentityCredential";
const LIMIT = 20;

const credentialsOf = (application: Application): readonly FederatedCredential[] =>
    application.federatedCredentials ?? [];

const readCredential = (id: string, body: Body): FederatedCredential => {
    const { audiences } = body;
    if (!Array.isArray(audiences) || audiences.length !== 1) {
        throw badRequest(`Property 'audiences' must hold exactly one value, got ${JSON.stringify(audiences)}.`);
    }
    return {
        id,
        name: textIn(body, "name", RESOURCE),
        issuer: textIn(body, "issuer", RESOURCE),
        subject: textIn(body, "subject", RESOURCE),
        audiences: audiences.map(String),
        description: typeof body["description"] === "string" ? body["description"] : null,
    };
};

const add = (cloud: Cloud, application: Application, body: Body): FederatedCredential => {
    const held = credentialsOf(application);
    const id = cloud.newId(`federated credential ${String(body["name"])} of ${application.id}`);
    const credential = readCredential(id, body);
    if (held.some(one => one.name === credential.name)) {
        throw badRequest(`FederatedIdentityCredential with name ${credential.name} already exists.`);
    }
    if (held.some(one => one.issuer === credential.issuer && one.subject === credential.subject)) {
        throw badRequest("FederatedIdentityCredential with the same issuer and subject already exists.");
    }
    if (held.length >= LIMIT) throw badRequest(`An application holds at most ${LIMIT} federated credentials.`);
    cloud.applications.set(application.id, { ...application, federatedCredentials: [...held, credential] });
    return credential;
};

/**
 * Routes of an application's federated credentials.
 * Source: https://learn.microsoft.com/graph/api/resources/federatedidentitycredential
 */
export const addFederatedCredentialRoutes = (routes: Hono<SandboxEnv>, { cloud }: Graph): void => {
    const path = `/:version/applications/:id/${COLLECTION}`;
    const find = (application: Application, id: string): FederatedCredential => {
        const found = credentialsOf(application).find(one => one.id === id.toLowerCase() || one.name === id);
        if (!found) throw notFound(id);
        return found;
    };
    routes.get(path, context => {
        const held = credentialsOf(findApplication(cloud, context.req.param("id")));
        return listResponse(
            context,
            cloud.url,
            COLLECTION,
            held.map(one => ({ ...one })),
        );
    });
    routes.post(path, async context => {
        const application = findApplication(cloud, context.req.param("id"));
        const credential = add(cloud, application, await readBody(context));
        return entityResponse(context, cloud.url, COLLECTION, { ...credential }, 201);
    });
    routes.get(`${path}/:credential`, context => {
        const credential = find(findApplication(cloud, context.req.param("id")), context.req.param("credential"));
        return entityResponse(context, cloud.url, COLLECTION, { ...credential });
    });
    routes.delete(`${path}/:credential`, context => {
        const application = findApplication(cloud, context.req.param("id"));
        const { id } = find(application, context.req.param("credential"));
        const federatedCredentials = credentialsOf(application).filter(one => one.id !== id);
        cloud.applications.set(application.id, { ...application, federatedCredentials });
        return context.body(null, 204);
    });
};
