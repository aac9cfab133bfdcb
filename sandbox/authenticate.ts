import type { MiddlewareHandler } from "hono";
import { MICROSOFT_GRAPH } from "../access/apis.ts";
import type { Caller, SandboxEnv } from "./caller.ts";
import type { Cloud } from "./cloud.ts";
import { AzureError } from "./error.ts";
import { GRAPH_PATH } from "./graph/path.ts";
import { RESOURCE_MANAGER } from "./first-party.ts";
import { TokenRefused } from "./tokens.ts";
import type { Tokens } from "./tokens.ts";

const ARM_PATH = /^\/(subscriptions|providers|tenants)(\/|$)/i;

interface Api {
    readonly appId: string;
    /** The 401 for a token that is refused, or for none. */
    refuse(why: string | undefined, cloud: Cloud): AzureError;
}

const challenge = (cloud: Cloud, error: string): Readonly<Record<string, string>> => ({
    "www-authenticate": `Bearer authorization_uri="${cloud.url}/${cloud.tenantId}", error="invalid_token", error_description="${error}"`,
});

const GRAPH: Api = {
    appId: MICROSOFT_GRAPH,
    refuse(why, cloud) {
        const message = why === undefined ? "Access token is empty." : `Access token validation failure. ${why}`;
        return new AzureError(401, "InvalidAuthenticationToken", message, challenge(cloud, message));
    },
};

const ARM: Api = {
    appId: RESOURCE_MANAGER,
    refuse(why, cloud) {
        if (why === undefined) {
            const message = "Authentication failed. The 'Authorization' header is missing.";
            return new AzureError(401, "AuthenticationFailed", message, challenge(cloud, message));
        }
        const code = why.includes("expired")
            ? "ExpiredAuthenticationToken"
            : why.includes("audience")
              ? "InvalidAuthenticationTokenAudience"
              : "InvalidAuthenticationToken";
        return new AzureError(401, code, `The access token is invalid. ${why}`, challenge(cloud, why));
    },
};

/** Sets `caller` from the bearer token on requests to Resource Manager and Graph; 401 without a good one. */
export const authenticate = (cloud: Cloud, tokens: Tokens): MiddlewareHandler<SandboxEnv> => {
    const verify = async (api: Api, header: string | undefined): Promise<Caller> => {
        const [, token] = /^Bearer (.+)$/i.exec(header ?? "") ?? [];
        if (token === undefined) throw api.refuse(undefined, cloud);
        try {
            return await tokens.verify(token, api.appId);
        } catch (error) {
            throw error instanceof TokenRefused ? api.refuse(error.message, cloud) : error;
        }
    };
    return async (context, next) => {
        const { path } = context.req;
        const api = GRAPH_PATH.test(path) ? GRAPH : ARM_PATH.test(path) ? ARM : undefined;
        if (api) context.set("caller", await verify(api, context.req.header("authorization")));
        await next();
    };
};
