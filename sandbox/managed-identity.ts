import { timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import type { Context } from "hono";
import type { SandboxEnv } from "./caller.ts";
import type { Cloud } from "./cloud.ts";
import { identityOf } from "./directory.ts";
import { AzureError } from "./error.ts";
import type { Keys } from "./keys.ts";
import type { ArmResource, ServicePrincipal } from "./records.ts";
import type { Tokens } from "./tokens.ts";

/** The environment that code sees where it runs under a resource's identity. */
export interface IdentityEnvironment {
    /** App Service, Functions, Automation. */
    readonly IDENTITY_ENDPOINT: string;
    readonly IDENTITY_HEADER: string;
}

const signature = (keys: Keys, resourceId: string): string =>
    Buffer.from(keys.secret(`identity of ${resourceId}`), "base64url").toString("hex");

/** `IDENTITY_HEADER` of a resource: its id, signed. In hex, as clients lower-case an address that holds it. */
const headerOf = (keys: Keys, resourceId: string): string =>
    `${Buffer.from(resourceId).toString("hex")}.${signature(keys, resourceId)}`;

/** What code that runs in a resource finds in its environment: the managed identity endpoint and its secret header. */
export const identityEnvironment = (cloud: Cloud, keys: Keys, resourceId: string): IdentityEnvironment => ({
    IDENTITY_ENDPOINT: `${cloud.url}/msi/token`,
    IDENTITY_HEADER: headerOf(keys, resourceId.toLowerCase()),
});

/** What code on a virtual machine is pointed at: its instance metadata service. */
export const metadataServiceHost = (cloud: Cloud, keys: Keys, resourceId: string): string =>
    `${cloud.url}/instance/${headerOf(keys, resourceId.toLowerCase())}`;

const resourceOf = (cloud: Cloud, keys: Keys, header: string): ArmResource | undefined => {
    const [encoded = "", signed = ""] = header.split(".");
    const resourceId = Buffer.from(encoded, "hex").toString("utf8");
    const [given, expected] = [Buffer.from(signed), Buffer.from(signature(keys, resourceId))];
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return cloud.resources.get(resourceId);
};

const noIdentity = (): AzureError =>
    new AzureError(400, "invalid_request", "Identity not found: the resource has no such managed identity");

/** The identities of a resource that code in it may ask tokens of: its own first, then the user-assigned ones. */
const identitiesOf = (cloud: Cloud, resource: ArmResource): readonly ServicePrincipal[] => {
    const type = resource.identity?.type.toLowerCase() ?? "";
    const own = type.includes("systemassigned") ? [identityOf(cloud, resource.id)] : [];
    const assigned = Object.keys(resource.identity?.userAssignedIdentities ?? {}).map(id => identityOf(cloud, id));
    return [...own, ...assigned].filter(identity => identity !== undefined);
};

type Selector = Readonly<Record<string, string>>;

/** Chooses by client id, object id or resource id; with none of them the system-assigned identity, or the only one. */
const chooseIdentity = (cloud: Cloud, resource: ArmResource, query: Selector): ServicePrincipal => {
    const identities = identitiesOf(cloud, resource);
    const clientId = (query["client_id"] ?? query["clientid"])?.toLowerCase();
    const objectId = (query["object_id"] ?? query["principal_id"])?.toLowerCase();
    const resourceId = (query["mi_res_id"] ?? query["msi_res_id"])?.toLowerCase();
    const named = clientId ?? objectId ?? resourceId;
    const found =
        named === undefined
            ? (identities.find(identity => identity.alternativeNames[0] === "isExplicit=False") ??
              (identities.length === 1 ? identities[0] : undefined))
            : identities.find(identity =>
                  [identity.appId, identity.id, identity.alternativeNames[1]?.toLowerCase()].includes(named),
              );
    if (!found) throw noIdentity();
    return found;
};

/** Answers a request for a token of one of a resource's identities. */
type Answer = (context: Context<SandboxEnv>, resource: ArmResource | undefined, query: Selector) => Promise<Response>;

const answerWith =
    (cloud: Cloud, tokens: Tokens): Answer =>
    async (context, resource, query) => {
        if (!resource) throw new AzureError(401, "unauthorized", "the secret header is missing or not of this sandbox");
        const audience = query["resource"];
        if (!audience) throw new AzureError(400, "invalid_request", "Required query variable 'resource' is missing");
        const identity = chooseIdentity(cloud, resource, query);
        const { token, expiresIn, expiresOn } = await tokens.issue(identity, tokens.requireApi(audience), audience);
        return context.json({
            access_token: token,
            client_id: identity.appId,
            expires_in: String(expiresIn),
            expires_on: String(expiresOn),
            not_before: String(expiresOn - expiresIn),
            resource: audience,
            token_type: "Bearer",
        });
    };

/**
 * The managed identity endpoint of App Service and Automation (api-version 2019-08-01, `X-IDENTITY-HEADER`), and
 * the instance metadata service of a virtual machine (`Metadata: true`).
 * Source: https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
export const managedIdentityRoutes = (cloud: Cloud, keys: Keys, tokens: Tokens): Hono<SandboxEnv> => {
    const answer = answerWith(cloud, tokens);
    const routes = new Hono<SandboxEnv>();
    routes.on(["GET", "POST"], ["/msi/token", "/msi/token/"], async context => {
        const header = context.req.header("x-identity-header") ?? context.req.header("secret") ?? "";
        const form = context.req.method === "POST" ? ((await context.req.parseBody()) as Selector) : {};
        return answer(context, resourceOf(cloud, keys, header), { ...context.req.query(), ...form });
    });
    const metadataService = "/instance/:header/metadata/identity/oauth2/token";
    routes.on("GET", [metadataService, `${metadataService}/`], context => {
        if (context.req.header("metadata")?.toLowerCase() !== "true") {
            throw new AzureError(400, "bad_request_102", "Required metadata header not specified");
        }
        return answer(context, resourceOf(cloud, keys, context.req.param("header") ?? ""), context.req.query());
    });
    return routes;
};
