import type { Caller } from "../caller.ts";
import type { Cloud } from "../cloud.ts";
import { AzureError } from "../error.ts";
import type { Target } from "./target.ts";

/** One request to Resource Manager, with its body read. */
export interface ArmRequest {
    readonly cloud: Cloud;
    readonly caller: Caller;
    readonly method: string;
    readonly target: Target;
    /** As called, without the query. */
    readonly path: string;
    readonly apiVersion: string;
    readonly query: URLSearchParams;
    readonly headers: Headers;
    /** The body as sent. */
    readonly text: string;
    /** Epoch milliseconds. */
    readonly now: number;
}

/** What is sent back; a string body goes out as it is, anything else as JSON. */
export interface ArmResponse {
    readonly status: number;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
}

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Json =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** An object without some of its keys. */
export const without = (value: Json, ...keys: readonly string[]): Json =>
    Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** The object at a key of a body, or an empty one. */
export const objectAt = (body: Json, key: string): Json => {
    const value = body[key];
    return isObject(value) ? value : {};
};

/** The text at a key of a body. */
export const textAt = (body: Json, key: string): string | undefined => {
    const value = body[key];
    return typeof value === "string" ? value : undefined;
};

/**
 * The request's body as a JSON object.
 * @throws InvalidRequestContent when it is none
 */
export const jsonBody = (request: Pick<ArmRequest, "text">): Json => {
    const invalid = (why: string): AzureError =>
        new AzureError(
            400,
            "InvalidRequestContent",
            `The request content was invalid and could not be deserialized: '${why}'.`,
        );
    if (request.text.trim() === "") throw invalid("the request has no body");
    let body: unknown;
    try {
        body = JSON.parse(request.text.replace(/^\uFEFF/, ""));
    } catch (error) {
        throw invalid((error as Error).message);
    }
    if (!isObject(body)) throw invalid("expected a JSON object");
    return body;
};

/** The error of a request that lacks something or says something wrong; `code` is the provider's own. */
export const badRequest = (code: string, message: string): AzureError => new AzureError(400, code, message);

/** The error of a request that collides with what exists. */
export const conflict = (code: string, message: string): AzureError => new AzureError(409, code, message);

/** The error of a request for something that does not exist. */
export const notFound = (code: string, message: string): AzureError => new AzureError(404, code, message);

/** An error of a provider that sends `{code, message}` without Resource Manager's `error` around it, as Automation. */
export class BareError extends AzureError {}

/** The error of a method that a path does not serve. */
export const methodNotAllowed = ({ method, path }: Pick<ArmRequest, "method" | "path">): AzureError =>
    new AzureError(405, "MethodNotAllowed", `The HTTP method '${method}' is not supported at '${path}'.`);
