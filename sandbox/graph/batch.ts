import type { Context } from "hono";
import type { SandboxEnv } from "../caller.ts";
import { readBody } from "./body.ts";
import { badRequest } from "./errors.ts";

const LIMIT = 20;

interface BatchStep {
    readonly id: string;
    readonly method: string;
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly dependsOn?: readonly string[];
}

interface BatchAnswer {
    readonly id: string;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
}

/** Answers one request as the whole sandbox does, on the connection of the batch. */
export type Dispatch = (request: Request, connection: unknown) => Response | Promise<Response>;

const readSteps = (requests: unknown): readonly BatchStep[] => {
    if (!Array.isArray(requests) || requests.length === 0) throw badRequest("Invalid batch payload format.");
    if (requests.length > LIMIT)
        throw badRequest(`Number of batch request steps exceeds the maximum value of ${LIMIT}.`);
    const steps = requests as BatchStep[];
    if (steps.some(({ id, method, url }) => [id, method, url].some(value => typeof value !== "string"))) {
        throw badRequest("Invalid batch payload format: each request needs id, method and url.");
    }
    if (new Set(steps.map(step => step.id)).size < steps.length)
        throw badRequest("Request Id has to be unique in a batch.");
    return steps;
};

/**
 * Answers `$batch`: up to 20 requests, each after those it depends on.
 * Source: https://learn.microsoft.com/graph/json-batching
 */
export const batch = async (context: Context<SandboxEnv>, dispatch: Dispatch): Promise<Response> => {
    const steps = readSteps((await readBody(context))["requests"]);
    const base = context.req.url.slice(0, context.req.url.lastIndexOf("/"));
    const answers = new Map<string, BatchAnswer>();
    for (const step of steps) {
        const failed = step.dependsOn?.find(id => (answers.get(id)?.status ?? 424) >= 400);
        if (failed !== undefined) {
            const error = { code: "FailedDependency", message: `Request '${failed}' it depends on failed.` };
            answers.set(step.id, { id: step.id, status: 424, headers: {}, body: { error } });
            continue;
        }
        const request = new Request(`${base}/${step.url.replace(/^\/+/, "")}`, {
            method: step.method.toUpperCase(),
            headers: { ...step.headers, authorization: context.req.header("authorization") ?? "" },
            ...(step.body !== undefined && { body: JSON.stringify(step.body) }),
        });
        const response = await dispatch(request, context.env);
        const text = await response.text();
        const json = response.headers.get("content-type")?.includes("json") === true;
        const body = text === "" ? {} : { body: json ? (JSON.parse(text) as unknown) : text };
        const retryAfter = response.headers.get("retry-after");
        const headers = {
            "Content-Type": "application/json",
            ...(retryAfter !== null && { "Retry-After": retryAfter }),
        };
        answers.set(step.id, { id: step.id, status: response.status, headers, ...body });
    }
    return context.json({ responses: [...answers.values()] });
};
