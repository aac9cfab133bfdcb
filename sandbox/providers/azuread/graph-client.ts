import type { RestClient } from "../rest.ts";
import type { Outcome, RestResponse, RetryPolicy } from "../retry.ts";
import { isObject } from "../values.ts";
import type { Properties } from "../values.ts";
import { GraphError, graphMessage } from "./graph-error.ts";
import type { Replay } from "./rows.ts";

const RETRIES = 4;
const IDEMPOTENT = new Set(["GET", "HEAD", "PUT", "DELETE", "OPTIONS"]);

const isPassing = ({ status }: RestResponse): boolean =>
    status === 424 || status === 429 || (status >= 500 && status !== 501);

/**
 * The plugin's retries: four, after 1, 2, 4 and 8 s in the real one; a POST or PATCH whose answer is lost is not sent again.
 * Source: https://github.com/hashicorp/go-azure-sdk/blob/main/sdk/client/client.go
 */
export const graphRetries = (delayMs: number, replays: readonly Replay[] = []): RetryPolicy => ({
    retries: RETRIES,
    delay: retry => delayMs * 2 ** (retry - 1),
    shouldRetry: (method: string, { response }: Outcome) => {
        if (response === undefined) return IDEMPOTENT.has(method);
        const isReplayed = replays.some(
            ({ status, message }) => status === response.status && (message?.test(graphMessage(response)) ?? true),
        );
        return isReplayed || isPassing(response);
    },
});

/** Microsoft Graph as the plugin uses it. */
export class GraphClient {
    readonly #rest: RestClient;
    readonly #delayMs: number;

    constructor(rest: RestClient, delayMs: number) {
        this.#rest = rest;
        this.#delayMs = delayMs;
    }

    /** An object; undefined when the directory does not have it. */
    async find(path: string, summary: string): Promise<Properties | undefined> {
        const response = await this.#send("GET", path);
        if (response.status === 404) return undefined;
        return this.#body(response, summary);
    }

    /** Every object of a collection, page after page. */
    async list(path: string, summary: string): Promise<Properties[]> {
        const found: Properties[] = [];
        for (let next: string | undefined = `/v1.0${path}`; next !== undefined;) {
            const response: RestResponse = await this.#rest.send({ method: "GET", path: next });
            const page = this.#body(response, summary);
            if (Array.isArray(page["value"])) found.push(...page["value"].filter(isObject));
            const link: unknown = page["@odata.nextLink"];
            next = typeof link === "string" ? link : undefined;
        }
        return found;
    }

    async create(path: string, body: Properties, summary: string, replays: readonly Replay[]): Promise<Properties> {
        const retry = graphRetries(this.#delayMs, replays);
        const response = await this.#rest
            .send({ method: "POST", path: `/v1.0${path}`, body, retry })
            .catch((error: unknown) => {
                const why = "HTTP response was nil; connection may have been reset";
                throw new Error(`${summary}: Post "${this.#rest.url}/v1.0${path}": ${why}`, { cause: error });
            });
        return this.#body(response, summary);
    }

    async update(path: string, body: Properties, summary: string): Promise<void> {
        const response = await this.#send("PATCH", path, body);
        if (response.status >= 300) throw new GraphError(summary, response);
    }

    /** @throws {GraphError} also when the object is gone already, as the plugin does */
    async delete(path: string, summary: string): Promise<void> {
        const response = await this.#send("DELETE", path);
        if (response.status >= 300) throw new GraphError(summary, response);
    }

    #send(method: string, path: string, body?: Properties): Promise<RestResponse> {
        const version = path.startsWith("/beta/") ? "" : "/v1.0";
        return this.#rest.send({ method, path: version + path, ...(body && { body }) });
    }

    #body(response: RestResponse, summary: string): Properties {
        if (response.status >= 300) throw new GraphError(summary, response);
        return isObject(response.body) ? response.body : {};
    }
}
