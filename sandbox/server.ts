import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import type { ServerType } from "@hono/node-server";
import { createApp } from "./app.ts";
import { issueServerCertificate, openAuthority } from "./certificates.ts";
import { Cloud } from "./cloud.ts";
import { seed } from "./seed.ts";

/** How to start a sandbox. */
export interface SandboxOptions {
    /** Where the cloud is kept. @default - in memory, gone when the sandbox closes */
    readonly stateFile?: string;
    /** @default - a free one */
    readonly port?: number;
}

/** A running sandbox. */
export interface Sandbox {
    /** `https://localhost:PORT`, for Resource Manager, Graph and sign-in alike. */
    readonly url: string;
    readonly port: number;
    /** The certificate authority that clients must trust, PEM. */
    readonly caFile: string;
    readonly cloud: Cloud;
    close(): Promise<void>;
}

const listen = (server: ServerType, port: number): Promise<number> =>
    new Promise((done, fail) => {
        server.once("error", (error: NodeJS.ErrnoException) => {
            const taken = error.code === "EADDRINUSE";
            fail(taken ? new Error(`port ${port} is taken; stop what listens there or choose another port`) : error);
        });
        server.listen(port, "localhost", () => done((server.address() as AddressInfo).port));
    });

/**
 * Starts a local Azure: Resource Manager, Microsoft Graph and sign-in over HTTPS on one port of this machine.
 * @throws when the state file is damaged, newer or in use, or the port is taken
 */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
    const stateFile = options.stateFile === undefined ? undefined : resolve(options.stateFile);
    const folder = stateFile === undefined ? mkdtempSync(join(tmpdir(), "leastwise-sandbox-")) : dirname(stateFile);
    const cloud = new Cloud(stateFile);
    const caFile = join(folder, "ca.pem");
    const authority = await openAuthority(caFile, join(folder, "ca.key"), Date.now());
    seed(cloud);
    cloud.save();
    const server = createAdaptorServer({
        fetch: createApp(cloud).fetch,
        createServer,
        serverOptions: await issueServerCertificate(authority, Date.now()),
    });
    const port = await listen(server, options.port ?? 0);
    cloud.url = `https://localhost:${port}`;
    return {
        url: cloud.url,
        port,
        caFile,
        cloud,
        close: async () => {
            if ("closeAllConnections" in server) server.closeAllConnections();
            await new Promise(done => server.close(done));
            cloud.close();
            if (stateFile === undefined) rmSync(folder, { recursive: true });
        },
    };
};
