import { readFileSync } from "node:fs";
import { AzureNative } from "./azure-native/azure-native.ts";
import { armRetries } from "./azure-native/arm-client.ts";
import { AzureAd } from "./azuread/azuread.ts";
import { graphRetries } from "./azuread/graph-client.ts";
import { listen } from "./grpc/server.ts";
import { RestClient } from "./rest.ts";
import { SignIn } from "./sign-in.ts";
import type { RetryPolicy } from "./retry.ts";
import type { Audience } from "./sign-in.ts";

/** How to start the stand-in providers. */
export interface ProvidersOptions {
    /** The cloud's address, `https://localhost:PORT`: Resource Manager, Graph and sign-in alike. */
    readonly url: string;
    /** The certificate authority to trust, PEM. @default - the machine's own */
    readonly caFile?: string;
    /** ARM_TENANT_ID, ARM_CLIENT_ID, ARM_CLIENT_SECRET and ARM_SUBSCRIPTION_ID of the deployer. @default - process.env */
    readonly env?: Readonly<Record<string, string | undefined>>;
    /** Gives access tokens. @default - signs in as the deployer */
    readonly token?: (audience: Audience) => Promise<string>;
    /** Shortest wait before a retry; the real plugins wait 20 s (azure-native) and 1 s (azuread). @default 250 */
    readonly retryMs?: number;
    /** Wait between looks at a long-running operation; the real plugin waits 10 s. @default 200 */
    readonly pollMs?: number;
}

/** Running stand-in providers. */
export interface Providers {
    /** The value of PULUMI_DEBUG_PROVIDERS that attaches an engine: `azure-native:PORT,azuread:PORT`. */
    readonly debugProviders: string;
    close(): Promise<void>;
}

const required = (env: Readonly<Record<string, string | undefined>>, name: string): string => {
    const value = env[name];
    if (value === undefined || value === "") throw new Error(`${name} is not set: the providers cannot sign in`);
    return value;
};

const signIn = (options: ProvidersOptions, ca: Buffer | undefined): SignIn => {
    const env = options.env ?? process.env;
    return new SignIn(options.url, ca, {
        tenantId: required(env, "ARM_TENANT_ID"),
        clientId: required(env, "ARM_CLIENT_ID"),
        clientSecret: required(env, "ARM_CLIENT_SECRET"),
    });
};

/**
 * Starts stand-ins for the azure-native and azuread plugins: gRPC servers that turn resource operations into the REST
 * calls the real plugins make. One process serves any number of engines and explicit providers, each as it configures.
 * @throws when the deployer's credentials are missing
 */
export const startProviders = async (options: ProvidersOptions): Promise<Providers> => {
    const { url, caFile, retryMs = 250, pollMs = 200, env = process.env } = options;
    const ca = caFile === undefined ? undefined : readFileSync(caFile);
    const session = options.token === undefined ? signIn(options, ca) : undefined;
    const token = options.token ?? ((audience: Audience) => (session as SignIn).token(audience));
    const connect = (audience: Audience, retry: RetryPolicy): RestClient =>
        new RestClient({ url, retry, token: () => token(audience), ...(ca && { ca }) });
    const arm = connect("resourceManager", armRetries(retryMs));
    const subscriptionId = env["ARM_SUBSCRIPTION_ID"] ?? "";
    const graph = connect("graph", graphRetries(retryMs));
    const azureNative = (): AzureNative =>
        new AzureNative({ rest: arm.share(), pollMs, subscriptionId, token: () => token("resourceManager") });
    const azuread = (): AzureAd => new AzureAd({ rest: graph.share(), retryMs, token: () => token("graph") });
    const listeners = { "azure-native": await listen(azureNative), azuread: await listen(azuread) };
    return {
        debugProviders: Object.entries(listeners)
            .map(([name, { port }]) => `${name}:${port}`)
            .join(","),
        close: async () => {
            await Promise.all(Object.values(listeners).map(listener => listener.close()));
            arm.close();
            graph.close();
            session?.close();
        },
    };
};
