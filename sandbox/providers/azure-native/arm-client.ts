import { setTimeout as sleep } from "node:timers/promises";
import type { RestClient } from "../rest.ts";
import type { Outcome, RestResponse, RetryPolicy } from "../retry.ts";
import { isObject } from "../values.ts";
import type { Properties } from "../values.ts";
import { ArmError, isNotFound } from "./arm-error.ts";

const RETRIED = new Set([408, 429, 500, 502, 503, 504]);
const RETRIES = 3;

const isBusy = (response: RestResponse): boolean =>
    response.status === 409 && new ArmError(response).code === "AnotherOperationInProgress";

/**
 * The plugin's retries: three, of any method, on connection errors and passing faults; the real one waits 20 s, 60 s, 120 s.
 * Source: https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/azure/client_azcore.go
 */
export const armRetries = (delayMs: number): RetryPolicy => ({
    retries: RETRIES,
    delay: retry => delayMs * (2 ** retry - 1),
    shouldRetry: (_method: string, { response }: Outcome) =>
        response === undefined || RETRIED.has(response.status) || isBusy(response),
});

/** A write that Azure accepted and then failed to finish. */
export class UnfinishedWrite extends Error {
    override readonly name = "UnfinishedWrite";
}

const header = (response: RestResponse, name: string): string | undefined => {
    const value = response.headers[name];
    return typeof value === "string" ? value : undefined;
};

const statusOf = (body: unknown): string => {
    if (!isObject(body)) return "";
    const properties = body["properties"];
    const status = body["status"] ?? (isObject(properties) ? properties["provisioningState"] : undefined);
    return typeof status === "string" ? status.toLowerCase() : "";
};

const FAILED = new Set(["failed", "canceled"]);

/** Resource Manager: reads, and writes that are followed until they are done. */
export class ArmClient {
    readonly #rest: RestClient;
    readonly #pollMs: number;

    constructor(rest: RestClient, pollMs: number) {
        this.#rest = rest;
        this.#pollMs = pollMs;
    }

    /** @throws {ArmError} when Azure does not answer 200 */
    async get(id: string, apiVersion: string): Promise<Properties> {
        const response = await this.#send("GET", id, apiVersion);
        if (response.status !== 200) throw new ArmError(response);
        return isObject(response.body) ? response.body : {};
    }

    /**
     * Whether Azure has a resource of this id.
     * @throws when that cannot be told
     */
    async exists(id: string, apiVersion: string): Promise<boolean> {
        const response = await this.#send("GET", id, apiVersion);
        if (response.status === 404 || response.status === 204) return false;
        if (response.status === 200) return isObject(response.body) && Object.keys(response.body).length > 0;
        const body = JSON.stringify(response.body ?? "");
        throw new Error(`cannot check existence of resource '${id}': status code ${response.status}, ${body}`);
    }

    /**
     * Creates or updates, and waits until Azure is done.
     * @throws {ArmError} when Azure refuses, {UnfinishedWrite} when it accepts and then fails
     */
    async put(id: string, apiVersion: string, body: Properties): Promise<Properties> {
        const response = await this.#send("PUT", id, apiVersion, body);
        if (![200, 201, 202].includes(response.status)) throw new ArmError(response);
        try {
            const followed = await this.#follow(response);
            if (followed === undefined) return isObject(response.body) ? response.body : {};
            return await this.get(id, apiVersion);
        } catch (error) {
            throw new UnfinishedWrite(error instanceof Error ? error.message : String(error), { cause: error });
        }
    }

    /** Deletes, and waits until Azure is done; what is gone already is fine. */
    async delete(id: string, apiVersion: string, query: Readonly<Record<string, string>> = {}): Promise<void> {
        const response = await this.#send("DELETE", id, apiVersion, undefined, query);
        if (response.status === 404) return;
        if (![200, 202, 204].includes(response.status)) throw new ArmError(response);
        await this.#follow(response).catch((error: unknown) => {
            if (!isNotFound(error)) throw error;
        });
    }

    #send(
        method: string,
        id: string,
        apiVersion: string,
        body?: Properties,
        query: Readonly<Record<string, string>> = {},
    ): Promise<RestResponse> {
        const parameters = new URLSearchParams({ "api-version": apiVersion, ...query });
        return this.#rest.send({ method, path: `${id}?${parameters}`, ...(body && { body }) });
    }

    /** Polls a long-running operation to its end; undefined when the answer was the end already. */
    async #follow(response: RestResponse): Promise<"followed" | undefined> {
        const operation = header(response, "azure-asyncoperation");
        if (operation !== undefined)
            return this.#poll(operation, ({ body }) => statusOf(body) !== "succeeded", response);
        const location = response.status === 202 ? header(response, "location") : undefined;
        if (location !== undefined) return this.#poll(location, ({ status }) => status === 202, response);
        return undefined;
    }

    async #poll(
        path: string,
        isPending: (response: RestResponse) => boolean,
        first: RestResponse,
    ): Promise<"followed"> {
        for (let last = first; ;) {
            const seconds = Number(last.headers["retry-after"] ?? NaN);
            const wait = Number.isFinite(seconds) ? seconds * 1000 : this.#pollMs;
            await sleep(wait, undefined, { signal: this.#rest.signal });
            last = await this.#rest.send({ method: "GET", path });
            if (last.status >= 400 || FAILED.has(statusOf(last.body))) throw new ArmError(last);
            if (!isPending(last)) return "followed";
        }
    }
}
