import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { armRoutes } from "./arm/index.ts";
import type { SandboxEnv } from "./caller.ts";
import type { Cloud } from "./cloud.ts";
import { AzureError, armErrorBody, graphErrorBody } from "./error.ts";

const GRAPH_PATH = /^\/(v1\.0|beta)\//;

const toAzureError = (error: Error): AzureError =>
    error instanceof AzureError ? error : new AzureError(500, "InternalServerError", `sandbox fault: ${error.stack}`);

/** All that the sandbox serves, as one application. */
export const createApp = (cloud: Cloud): Hono<SandboxEnv> => {
    const app = new Hono<SandboxEnv>();
    app.use(async (context, next) => {
        context.set("requestId", randomUUID());
        await next();
        cloud.save();
        context.header("x-ms-request-id", context.get("requestId"));
    });
    app.onError((error, context) => {
        const azureError = toAzureError(error);
        const body = GRAPH_PATH.test(context.req.path)
            ? graphErrorBody(azureError, context.get("requestId"), new Date())
            : armErrorBody(azureError);
        return context.json(body, azureError.status as ContentfulStatusCode, azureError.headers);
    });
    app.route("/", armRoutes(cloud));
    return app;
};
