import { Hono } from "hono";
import type { SandboxEnv } from "./caller.ts";
import type { Cloud } from "./cloud.ts";
import type { Keys } from "./keys.ts";
import { issuerOf } from "./tokens.ts";

const DISCOVERY_VERSION = "1.1";

/** What Resource Manager says of its cloud; source: https://management.azure.com/metadata/endpoints?api-version=2022-09-01 */
const cloudMetadata = (url: string): object => ({
    name: "AzureCloud",
    portal: url,
    resourceManager: `${url}/`,
    microsoftGraphResourceId: `${url}/`,
    graph: `${url}/`,
    graphAudience: `${url}/`,
    authentication: {
        loginEndpoint: `${url}/`,
        audiences: ["https://management.core.windows.net/", "https://management.azure.com/"],
        tenant: "common",
        identityProvider: "AAD",
    },
    gallery: `${url}/`,
    batch: "https://batch.core.windows.net/",
    suffixes: {
        keyVaultDns: "vault.azure.net",
        storage: "core.windows.net",
        sqlServerHostname: "database.windows.net",
        acrLoginServer: "azurecr.io",
    },
});

const openIdConfiguration = (cloud: Cloud, tenant: string, version: "" | "v2.0/"): object => {
    const base = `${cloud.url}/${tenant}`;
    return {
        token_endpoint: `${base}/oauth2/${version}token`,
        authorization_endpoint: `${base}/oauth2/${version}authorize`,
        jwks_uri: `${base}/discovery/${version}keys`,
        issuer: issuerOf(cloud),
        token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic", "private_key_jwt"],
        response_types_supported: ["token"],
        subject_types_supported: ["pairwise"],
        id_token_signing_alg_values_supported: ["RS256"],
        cloud_instance_name: new URL(cloud.url).host,
        tenant_region_scope: "EU",
    };
};

/**
 * What clients read before they sign in: the cloud's endpoints, OpenID metadata, instance discovery, signing keys.
 * Source: https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
 */
export const metadataRoutes = (cloud: Cloud, keys: Keys): Hono<SandboxEnv> => {
    const routes = new Hono<SandboxEnv>();
    routes.get("/metadata/endpoints", context => {
        const metadata = cloudMetadata(cloud.url);
        return context.json((context.req.query("api-version") ?? "") < "2022-09-01" ? [metadata] : metadata);
    });
    routes.get("/common/discovery/instance", context => {
        const host = new URL(cloud.url).host;
        return context.json({
            tenant_discovery_endpoint: `${cloud.url}/${cloud.tenantId}/v2.0/.well-known/openid-configuration`,
            "api-version": DISCOVERY_VERSION,
            metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
        });
    });
    routes.get("/:tenant/v2.0/.well-known/openid-configuration", context =>
        context.json(openIdConfiguration(cloud, context.req.param("tenant"), "v2.0/")),
    );
    routes.get("/:tenant/.well-known/openid-configuration", context =>
        context.json(openIdConfiguration(cloud, context.req.param("tenant"), "")),
    );
    routes.on("GET", ["/:tenant/discovery/v2.0/keys", "/:tenant/discovery/keys"], context =>
        context.json({ keys: [keys.publicJwk] }),
    );
    return routes;
};
