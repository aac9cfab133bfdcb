import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { startSandbox } from "../sandbox/server.ts";
import type { Sandbox, SandboxOptions } from "../sandbox/server.ts";

/** Lets this process trust a sandbox, as NODE_EXTRA_CA_CERTS does at a process's start. */
export const trust = (sandbox: Pick<Sandbox, "caFile">): void =>
    setDefaultCACertificates([...getCACertificates("default"), readFileSync(sandbox.caFile, "utf8")]);

/** Runs a body against a sandbox that this process trusts, and closes it. */
export const withSandbox = async (
    options: SandboxOptions,
    body: (sandbox: Sandbox) => Promise<void>,
): Promise<void> => {
    const sandbox = await startSandbox(options);
    try {
        trust(sandbox);
        await body(sandbox);
    } finally {
        await sandbox.close();
    }
};

/** Runs a body in a folder of its own, and removes it. */
export const withFolder = async (body: (folder: string) => Promise<void> | void): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), "leastwise-test-"));
    try {
        await body(folder);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
};

/** What a request was answered with. */
export interface Answer {
    readonly status: number;
    readonly headers: Headers;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    readonly body: any;
}

/** Speaks to Microsoft Graph as the deployer, or with the token given. */
export const graphOf =
    (sandbox: Sandbox, token: Promise<string> = sandbox.token("https://graph.microsoft.com")) =>
    async (method: string, path: string, json?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
        const response = await fetch(`${sandbox.url}${path}`, {
            method,
            headers: { authorization: `Bearer ${await token}`, "content-type": "application/json", ...headers },
            ...(json !== undefined && { body: JSON.stringify(json) }),
        });
        const text = await response.text();
        const isJson = response.headers.get("content-type")?.includes("json") === true;
        return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    };
