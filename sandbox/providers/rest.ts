import { Agent, request as httpsRequest } from "node:https";
import { withRetries } from "./retry.ts";
import type { Outcome, RestResponse, RetryPolicy } from "./retry.ts";

export interface RestOptions {
    /** Base address, without a path. */
    readonly url: string;
    /** Certificate authority to trust besides the machine's own, PEM. */
    readonly ca?: string | Buffer;
    readonly retry: RetryPolicy;
    /** Gives the bearer token of each request. */
    readonly token?: () => Promise<string>;
}

export interface Call {
    readonly method: string;
    /** Path and query, or an absolute address on the same host. */
    readonly path: string;
    readonly body?: unknown;
    /** Sent as a form instead of a JSON body. */
    readonly form?: Readonly<Record<string, string>>;
    /** Replaces the client's policy for this call. */
    readonly retry?: RetryPolicy;
}

const CONNECTIONS = 128;

const parseBody = (text: string, contentType: string | undefined): unknown => {
    if (text === "") return undefined;
    return contentType?.includes("json") === true ? JSON.parse(text) : text;
};

const encode = (call: Call): { readonly type: string; readonly text: string | undefined } => {
    if (call.form !== undefined)
        return { type: "application/x-www-form-urlencoded", text: new URLSearchParams(call.form).toString() };
    return { type: "application/json", text: call.body === undefined ? undefined : JSON.stringify(call.body) };
};

/** A JSON client over kept-alive connections, with retries. */
export class RestClient {
    readonly #options: RestOptions;
    readonly #agent: Agent;
    #abort = new AbortController();

    constructor(options: RestOptions, agent?: Agent) {
        this.#options = options;
        this.#agent =
            agent ?? new Agent({ keepAlive: true, maxSockets: CONNECTIONS, ...(options.ca && { ca: options.ca }) });
    }

    /** A client over the same connections whose calls can be ended without ending those of others. */
    share(): RestClient {
        return new RestClient(this.#options, this.#agent);
    }

    get url(): string {
        return this.#options.url;
    }

    get signal(): AbortSignal {
        return this.#abort.signal;
    }

    /**
     * Sends one call, again where the policy says so.
     * @throws the connection's error when the last try had no answer
     */
    async send(call: Call): Promise<RestResponse> {
        const policy = call.retry ?? this.#options.retry;
        const outcome = await withRetries(policy, call.method, () => this.#once(call), this.signal);
        if (outcome.error !== undefined) throw outcome.error;
        return outcome.response;
    }

    /** Ends every call under way; later calls are served. */
    cancel(): void {
        this.#abort.abort(new Error("the operation was cancelled"));
        this.#abort = new AbortController();
    }

    close(): void {
        this.#agent.destroy();
    }

    async #once(call: Call): Promise<Outcome> {
        const token = await this.#options.token?.();
        const { type, text } = encode(call);
        const headers = {
            accept: "application/json",
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
            ...(text !== undefined && { "content-type": type, "content-length": Buffer.byteLength(text) }),
        };
        const options = { method: call.method, agent: this.#agent, headers, signal: this.signal };
        return new Promise(done => {
            const request = httpsRequest(new URL(call.path, this.#options.url), options, response => {
                const chunks: Buffer[] = [];
                response.on("data", (chunk: Buffer) => chunks.push(chunk));
                response.on("error", error => done({ error }));
                response.on("end", () => {
                    const { statusCode = 0, headers: received } = response;
                    try {
                        const parsed = parseBody(Buffer.concat(chunks).toString("utf8"), received["content-type"]);
                        done({ response: { status: statusCode, headers: received, body: parsed } });
                    } catch {
                        done({
                            error: new Error(
                                `the answer to ${call.method} ${call.path} is not the JSON it claims to be`,
                            ),
                        });
                    }
                });
            });
            request.on("error", error => done({ error }));
            request.end(text);
        });
    }
}
