import { RestClient } from "./rest.ts";
import type { RestResponse, RetryPolicy } from "./retry.ts";

export interface Deployer {
    readonly tenantId: string;
    readonly clientId: string;
    readonly clientSecret: string;
}

/** Which of the cloud's APIs a token is for. */
export type Audience = "resourceManager" | "graph";

interface CloudMetadata {
    readonly microsoftGraphResourceId: string;
    readonly authentication: { readonly loginEndpoint: string; readonly audiences: readonly string[] };
}

interface Token {
    readonly value: string;
    /** When to ask for the next one, a while before this one expires. */
    readonly renew: number;
}

const RENEW_AT = 0.9;
const PATIENT: RetryPolicy = {
    retries: 3,
    delay: retry => 200 * retry,
    shouldRetry: (_method, { response }) => response === undefined || response.status === 429 || response.status >= 500,
};

const expectOk = (response: RestResponse, what: string): unknown => {
    if (response.status === 200) return response.body;
    const { error_description: why } = (response.body ?? {}) as { error_description?: string };
    throw new Error(`${what} failed with status ${response.status}${why === undefined ? "" : `: ${why}`}`);
};

/** Signs in as the deployer with its client secret, and keeps a token per audience until shortly before it expires. */
export class SignIn {
    readonly #rest: RestClient;
    readonly #deployer: Deployer;
    readonly #tokens = new Map<Audience, Promise<Token>>();
    #metadata: Promise<CloudMetadata> | undefined;

    constructor(url: string, ca: string | Buffer | undefined, deployer: Deployer) {
        this.#rest = new RestClient({ url, retry: PATIENT, ...(ca !== undefined && { ca }) });
        this.#deployer = deployer;
    }

    /** An access token for one of the cloud's APIs. */
    async token(audience: Audience): Promise<string> {
        for (;;) {
            const asked = this.#tokens.get(audience) ?? this.#ask(audience);
            this.#tokens.set(audience, asked);
            const forget = (): void => {
                if (this.#tokens.get(audience) === asked) this.#tokens.delete(audience);
            };
            const token = await asked.catch((error: unknown) => {
                forget();
                throw error;
            });
            if (Date.now() < token.renew) return token.value;
            forget();
        }
    }

    close(): void {
        this.#rest.close();
    }

    async #ask(audience: Audience): Promise<Token> {
        const metadata = await (this.#metadata ??= this.#readMetadata());
        const [resourceManager = ""] = metadata.authentication.audiences;
        const resource = audience === "graph" ? metadata.microsoftGraphResourceId : resourceManager;
        const { tenantId, clientId, clientSecret } = this.#deployer;
        const response = await this.#rest.send({
            method: "POST",
            path: `${metadata.authentication.loginEndpoint.replace(/\/$/, "")}/${tenantId}/oauth2/v2.0/token`,
            form: {
                grant_type: "client_credentials",
                client_id: clientId,
                client_secret: clientSecret,
                scope: `${resource.replace(/\/$/, "")}/.default`,
            },
        });
        const body = expectOk(response, "sign-in") as { access_token: string; expires_in: number | string };
        const lifetime = Math.max(1, Number(body.expires_in)) * 1000;
        return { value: body.access_token, renew: Date.now() + lifetime * RENEW_AT };
    }

    async #readMetadata(): Promise<CloudMetadata> {
        try {
            const call = { method: "GET", path: "/metadata/endpoints?api-version=2022-09-01" };
            return expectOk(await this.#rest.send(call), "reading the cloud's endpoints") as CloudMetadata;
        } catch (error) {
            this.#metadata = undefined;
            throw error;
        }
    }
}
