import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import type { ServerType } from "@hono/node-server";
import { createApp } from "./app.ts";
import { clientEnvironment } from "./client-environment.ts";
import { Cloud } from "./cloud.ts";
import { checkFaultPlan } from "./faults.ts";
import type { FaultPlan } from "./faults.ts";
import { openKeys } from "./keys.ts";
import type { Keys } from "./keys.ts";
import { identityEnvironment, metadataServiceHost } from "./managed-identity.ts";
import type { IdentityEnvironment } from "./managed-identity.ts";
import { Replication } from "./replication.ts";
import { RequestLog } from "./request-log.ts";
import { DEPLOYER_OBJECT_ID, setDeployerPermissions, setDeployerSecret } from "./deployer.ts";
import { seed } from "./seed.ts";
import { Tokens } from "./tokens.ts";

/** How to start a sandbox. */
export interface SandboxOptions {
    /** Where the cloud is kept. @default - in memory, gone when the sandbox closes */
    readonly stateFile?: string;
    /** @default - a free one */
    readonly port?: number;
    /** What goes wrong. @default - nothing */
    readonly faults?: FaultPlan;
    /** Time that each request takes at least. @default - 0 */
    readonly latencyMs?: number;
    /** Permissions of the deployer on Microsoft Graph. @default - what a deployment needs; in a kept state as they are */
    readonly deployerPermissions?: readonly string[];
    /** The time, epoch milliseconds. @default - the machine's */
    readonly now?: () => number;
}

/** A running sandbox. */
export interface Sandbox {
    /** `https://localhost:PORT`, for Resource Manager, Graph and sign-in alike. */
    readonly url: string;
    readonly port: number;
    /** The certificate authority that clients must trust, PEM. */
    readonly caFile: string;
    /** What clients of the sandbox need in their environment: the deployer's sign-in, the endpoints, the authority. */
    readonly env: Readonly<Record<string, string>>;
    /** Requests answered, and counts of them. */
    readonly log: RequestLog;
    readonly cloud: Cloud;
    /** An access token of the deployer. @param audience @default - Resource Manager's */
    token(audience?: string): Promise<string>;
    /** A token of an outside issuer, which the sandbox plays, for federated sign-in. */
    federatedToken(issuer: string, subject: string, audience?: string): Promise<string>;
    /** What code in a resource finds in its environment: the managed identity endpoint of App Service and Automation. */
    identityEnvironment(resourceId: string): IdentityEnvironment;
    /** What code on a virtual machine is pointed at (`AZURE_POD_IDENTITY_AUTHORITY_HOST`). */
    metadataServiceHost(resourceId: string): string;
    close(): Promise<void>;
}

/** By address: the name may mean IPv6 first, which not every machine has. */
const LOOPBACK = "127.0.0.1";

/** Longer than clients keep idle connections, so that a write never meets one that is just being closed. */
const KEEP_ALIVE_MS = 120_000;

const listen = (server: ServerType, port: number): Promise<number> =>
    new Promise((done, fail) => {
        server.once("error", (error: NodeJS.ErrnoException) => {
            const taken = error.code === "EADDRINUSE";
            fail(taken ? new Error(`port ${port} is taken; stop what listens there or choose another port`) : error);
        });
        server.listen(port, LOOPBACK, () => done((server.address() as AddressInfo).port));
    });

const deployerToken = async (cloud: Cloud, tokens: Tokens, audience: string): Promise<string> => {
    const deployer = cloud.servicePrincipals.get(DEPLOYER_OBJECT_ID);
    const api = tokens.apiOf(audience);
    if (!deployer || !api) throw new Error(`the sandbox's tenant has no API '${audience}'`);
    return (await tokens.issue(deployer, api, audience)).token;
};

/** What a sandbox gives its clients: environments and tokens. */
const clientSide = (cloud: Cloud, keys: Keys, tokens: Tokens) =>
    ({
        caFile: keys.caFile,
        env: clientEnvironment(cloud, keys),
        token: (audience = "https://management.azure.com/") => deployerToken(cloud, tokens, audience),
        federatedToken: (issuer, subject, audience = "api://AzureADTokenExchange") =>
            tokens.issueAssertion(issuer, subject, audience),
        identityEnvironment: resourceId => identityEnvironment(cloud, keys, resourceId),
        metadataServiceHost: resourceId => metadataServiceHost(cloud, keys, resourceId),
    }) satisfies Partial<Sandbox>;

/** Opens the state and the keys beside it; on failure lets go of both. */
const openCloud = async (stateFile: string | undefined, folder: string, options: SandboxOptions) => {
    const cloud = new Cloud(stateFile);
    try {
        if (options.now) cloud.now = options.now;
        const keys = await openKeys(folder, Date.now());
        seed(cloud);
        setDeployerSecret(cloud, keys.secret("deployer"));
        if (options.deployerPermissions) setDeployerPermissions(cloud, options.deployerPermissions);
        cloud.save();
        return { cloud, keys };
    } catch (error) {
        cloud.close();
        throw error;
    }
};

const closeServer = async (server: ServerType): Promise<void> => {
    const closed = new Promise(done => server.close(done));
    if ("closeAllConnections" in server) server.closeAllConnections();
    await closed;
};

/**
 * Starts a local Azure: Resource Manager, Microsoft Graph and sign-in over HTTPS on one port of this machine.
 * @throws when the state file is damaged, newer or in use, the fault plan is wrong, or the port is taken
 */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
    const plan = checkFaultPlan(options.faults ?? {});
    const stateFile = options.stateFile === undefined ? undefined : resolve(options.stateFile);
    const folder = stateFile === undefined ? mkdtempSync(join(tmpdir(), "leastwise-sandbox-")) : dirname(stateFile);
    const { cloud, keys } = await openCloud(stateFile, folder, options);
    const closeCloud = (): void => {
        cloud.close();
        if (stateFile === undefined) rmSync(folder, { recursive: true });
    };
    const tokens = new Tokens(cloud, keys);
    const log = new RequestLog();
    const replication = new Replication(cloud, plan, () => log.countFault("replication"));
    cloud.replicated = principal => replication.sees("principals", principal);
    const app = createApp({ cloud, keys, tokens, log, plan, replication, latencyMs: options.latencyMs ?? 0 });
    const serverOptions = { ...keys.server, keepAliveTimeout: KEEP_ALIVE_MS };
    const server = createAdaptorServer({ fetch: app.fetch, createServer, serverOptions });
    const port = await listen(server, options.port ?? 0).catch((error: unknown) => {
        closeCloud();
        throw error;
    });
    cloud.url = `https://localhost:${port}`;
    const close = (): Promise<void> => closeServer(server).then(closeCloud);
    return { url: cloud.url, port, log, cloud, close, ...clientSide(cloud, keys, tokens) };
};
