import type { TokenCredential } from "@azure/core-auth";
import { credentialOf } from "./credential.ts";
import { endpointsOf, type Endpoints } from "./endpoints.ts";
import { PATIENCE, send, type Patience } from "./fetch.ts";

/** A REST request to one of the two services that Leastwise speaks to itself. */
export interface ServiceRequest {
    readonly method: "GET" | "PUT" | "POST" | "DELETE";
    /** Path and query after the service's host, or the whole URL of a running operation. */
    readonly path: string;
    readonly body?: string;
    readonly contentType?: string;
}

export type Service = "resourceManager" | "graph";

/** An answer that is not a success, with the service's own words. */
export class ServiceError extends Error {
    readonly status: number;

    constructor(request: ServiceRequest, status: number, answer: string) {
        super(`${request.method} ${request.path}: ${status} ${words(answer)}`);
        this.status = status;
    }
}

const words = (answer: string): string => {
    try {
        const { error, code, message } = JSON.parse(answer) as Record<string, unknown> & {
            error?: { code?: string; message?: string };
        };
        return `${error?.code ?? code}: ${error?.message ?? message}`;
    } catch {
        return answer.slice(0, 200);
    }
};

/** Resource Manager and Microsoft Graph, with the credential and the endpoints that the environment describes. */
export class RestClient {
    readonly #endpoints: Endpoints;
    readonly #credential: TokenCredential;
    readonly #patience: Patience;

    constructor(endpoints: Endpoints, credential: TokenCredential, patience: Patience = PATIENCE) {
        this.#endpoints = endpoints;
        this.#credential = credential;
        this.#patience = patience;
    }

    /** @throws when the environment describes no usable credential. */
    static async fromEnvironment(env: NodeJS.ProcessEnv = process.env): Promise<RestClient> {
        const endpoints = await endpointsOf(env);
        return new RestClient(endpoints, await credentialOf(env, endpoints.login));
    }

    /**
     * Sends a request that may arrive twice.
     * @throws ServiceError when the answer is not a success.
     */
    async send(service: Service, request: ServiceRequest): Promise<Response> {
        const { method, path, body, contentType } = request;
        const response = await send(
            {
                method,
                url: path.startsWith("https://") ? path : this.#endpoints[service] + path,
                headers: {
                    authorization: `Bearer ${await this.#token(service)}`,
                    ...(contentType && { "content-type": contentType }),
                },
                ...(body !== undefined && { body }),
            },
            this.#patience,
        );
        if (!response.ok) throw new ServiceError(request, response.status, await response.text());
        return response;
    }

    async #token(service: Service): Promise<string> {
        const audience = service === "graph" ? this.#endpoints.graph : this.#endpoints.resourceManagerAudience;
        const token = await this.#credential.getToken(`${audience}/.default`);
        if (!token) throw new Error(`no token for ${audience}`);
        return token.token;
    }
}
