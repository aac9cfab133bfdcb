import { createHash } from "node:crypto";
import { Hono } from "hono";
import type { SandboxEnv } from "./caller.ts";
import type { Cloud } from "./cloud.ts";
import { AzureError } from "./error.ts";
import { checkFederatedCredential } from "./federation.ts";
import type { ServicePrincipal } from "./records.ts";
import type { Tokens } from "./tokens.ts";

/** The fields of a token request: OAuth's form, with HTTP Basic credentials folded in. */
type TokenRequest = Readonly<Record<string, string>>;

const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** The hash under which an application's secret is kept. */
export const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex");

const basicCredentials = (header: string | undefined): TokenRequest => {
    const [, encoded] = /^Basic (.+)$/i.exec(header ?? "") ?? [];
    if (encoded === undefined) return {};
    const [id = "", secret = ""] = Buffer.from(encoded, "base64").toString("utf8").split(":").map(decodeURIComponent);
    return { client_id: id, client_secret: secret };
};

const checkSecret = (cloud: Cloud, client: ServicePrincipal, secret: string): void => {
    const hash = hashSecret(secret);
    const application = cloud.applications.by("appId", client.appId.toLowerCase())[0];
    const password = application?.passwords.find(candidate => candidate.sha256 === hash);
    if (!password) {
        throw new AzureError(
            401,
            "invalid_client",
            "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client " +
                `secret value, not the client secret ID, for a secret added to app '${client.appId}'.`,
        );
    }
    if (Date.parse(password.endDateTime) <= cloud.now()) {
        throw new AzureError(
            401,
            "invalid_client",
            `AADSTS7000222: The provided client secret keys for app '${client.appId}' are expired.`,
        );
    }
};

const findClient = (cloud: Cloud, clientId: string): ServicePrincipal => {
    const [client] = cloud.servicePrincipals.by("appId", clientId.toLowerCase());
    if (client) return client;
    throw new AzureError(
        400,
        "unauthorized_client",
        `AADSTS700016: Application with identifier '${clientId}' was not found in the directory 'Contoso'.`,
    );
};

/** The audience a request asks for: v1's `resource`, or v2's one scope that ends with `/.default`. */
const audienceOf = (request: TokenRequest): string => {
    if (request["resource"]) return request["resource"];
    const scopes = (request["scope"] ?? "")
        .split(" ")
        .filter(scope => !/^(openid|profile|offline_access|)$/.test(scope));
    const [scope = ""] = scopes;
    if (scopes.length === 1 && scope.endsWith("/.default")) return scope.slice(0, -"/.default".length);
    throw new AzureError(
        400,
        "invalid_scope",
        `AADSTS1002012: The provided value for scope ${scopes.join(" ") || "''"} is not valid. Client credential flows ` +
            "must have a scope value with /.default suffixed to the resource identifier (application ID URI).",
    );
};

const authenticate = async (cloud: Cloud, tokens: Tokens, request: TokenRequest): Promise<ServicePrincipal> => {
    const clientId = request["client_id"];
    if (!clientId) {
        throw new AzureError(
            400,
            "invalid_request",
            "AADSTS900144: The request body must contain the following parameter: 'client_id'.",
        );
    }
    const client = findClient(cloud, clientId);
    if (request["client_assertion_type"] === JWT_BEARER) {
        await checkFederatedCredential(cloud, tokens, client, request["client_assertion"] ?? "");
    } else if (request["client_secret"]) {
        checkSecret(cloud, client, request["client_secret"]);
    } else {
        throw new AzureError(
            401,
            "invalid_client",
            "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        );
    }
    return client;
};

const checkTenant = (cloud: Cloud, tenant: string): void => {
    if ([cloud.tenantId, "common", "organizations", "contoso.onmicrosoft.com"].includes(tenant.toLowerCase())) return;
    throw new AzureError(
        400,
        "invalid_request",
        `AADSTS90002: Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`,
    );
};

/**
 * The token endpoint: client credentials with a secret or a federated token.
 * Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export const signInRoutes = (cloud: Cloud, tokens: Tokens): Hono<SandboxEnv> => {
    const routes = new Hono<SandboxEnv>();
    routes.on("POST", ["/:tenant/oauth2/v2.0/token", "/:tenant/oauth2/token"], async context => {
        checkTenant(cloud, context.req.param("tenant"));
        const form = (await context.req.parseBody()) as TokenRequest;
        const request = { ...basicCredentials(context.req.header("authorization")), ...form };
        if (request["grant_type"] !== "client_credentials") {
            throw new AzureError(
                400,
                "unsupported_grant_type",
                `AADSTS70003: The app requested an unsupported grant type '${request["grant_type"] ?? ""}'.`,
            );
        }
        const client = await authenticate(cloud, tokens, request);
        const audience = audienceOf(request);
        const { token, expiresIn, expiresOn } = await tokens.issue(client, tokens.requireApi(audience), audience);
        const v2 = context.req.path.includes("/v2.0/");
        return context.json({
            token_type: "Bearer",
            expires_in: v2 ? expiresIn : String(expiresIn),
            ext_expires_in: v2 ? expiresIn : String(expiresIn),
            ...(!v2 && {
                expires_on: String(expiresOn),
                not_before: String(expiresOn - expiresIn),
                resource: audience,
            }),
            access_token: token,
        });
    });
    return routes;
};
