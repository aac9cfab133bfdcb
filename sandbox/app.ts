import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import type { Context, MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { answerFaults } from "./answer-faults.ts";
import { armRoutes } from "./arm/index.ts";
import { authenticate } from "./authenticate.ts";
import type { SandboxEnv } from "./caller.ts";
import type { Cloud } from "./cloud.ts";
import { AzureError, armErrorBody, graphErrorBody, signInErrorBody } from "./error.ts";
import { FaultDecider } from "./fault-decider.ts";
import type { CheckedFaultPlan } from "./faults.ts";
import { graphRoutes } from "./graph/index.ts";
import { GRAPH_PATH, withKeysAsSegments } from "./graph/path.ts";
import type { Keys } from "./keys.ts";
import { managedIdentityRoutes } from "./managed-identity.ts";
import { metadataRoutes } from "./metadata.ts";
import type { Replication } from "./replication.ts";
import type { RequestLog } from "./request-log.ts";
import { signInRoutes } from "./sign-in.ts";
import type { Tokens } from "./tokens.ts";

/** What the application is made of. */
export interface AppParts {
    readonly cloud: Cloud;
    readonly keys: Keys;
    readonly tokens: Tokens;
    readonly log: RequestLog;
    readonly plan: CheckedFaultPlan;
    readonly replication: Replication;
    readonly latencyMs: number;
}

const SIGN_IN_PATH = /\/oauth2\/|^\/(msi|instance)\//;

/** The path of an instance metadata service holds what proves the caller's place. */
const SIGNED_PATH = /^\/instance\/[^/]+\//;

/** SDKs put a scope that starts with a slash behind one: `//subscriptions/…` is `/subscriptions/…`. */
const pathOf = (url: string): string => new URL(url).pathname.replace(/^\/{2,}/, "/");

const toAzureError = (error: Error): AzureError =>
    error instanceof AzureError
        ? error
        : new AzureError(500, "InternalServerError", `error in the sandbox: ${error.stack}`);

const errorResponse = (error: Error, context: Context<SandboxEnv>, now: number): Response => {
    const azureError = toAzureError(error);
    const { path } = context.req;
    const requestId = context.get("requestId");
    const body = GRAPH_PATH.test(path)
        ? graphErrorBody(azureError, requestId, new Date(now))
        : SIGN_IN_PATH.test(path)
          ? signInErrorBody(azureError, requestId, new Date(now))
          : armErrorBody(azureError);
    return context.json(body, azureError.status as ContentfulStatusCode, azureError.headers);
};

const record = (log: RequestLog): MiddlewareHandler<SandboxEnv> => {
    return async (context, next) => {
        const began = performance.now();
        context.set("requestId", randomUUID());
        await next();
        context.res.headers.set(
            GRAPH_PATH.test(context.req.path) ? "request-id" : "x-ms-request-id",
            context.get("requestId"),
        );
        const fault = context.get("fault");
        log.add({
            method: context.req.method,
            path: context.req.path.replace(SIGNED_PATH, "/instance/{signed}/"),
            status: context.res.status,
            ms: performance.now() - began,
            ...(fault !== undefined && { fault }),
        });
    };
};

/** All that the sandbox serves, as one application. */
export const createApp = (parts: AppParts): Hono<SandboxEnv> => {
    const { cloud, keys, tokens, log, plan, replication, latencyMs } = parts;
    const app = new Hono<SandboxEnv>({ getPath: ({ url }) => withKeysAsSegments(pathOf(url)) });
    app.use(record(log));
    app.use(answerFaults(new FaultDecider(plan, latencyMs), log, () => cloud.save()));
    app.use(authenticate(cloud, tokens));
    app.onError((error, context) => errorResponse(error, context, cloud.now()));
    app.route("/", metadataRoutes(cloud, keys));
    app.route("/", signInRoutes(cloud, tokens));
    app.route("/", managedIdentityRoutes(cloud, keys, tokens));
    const graph = { cloud, replication, exclusiveMs: plan.exclusiveMs };
    app.route(
        "/",
        graphRoutes(graph, (request, connection) => app.fetch(request, connection as object)),
    );
    app.route("/", armRoutes(cloud));
    return app;
};
