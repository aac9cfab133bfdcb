import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { MICROSOFT_GRAPH } from "../access/apis.ts";
import { createManagedIdentity } from "../sandbox/directory.ts";
import type { ServicePrincipal } from "../sandbox/records.ts";
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

/** The group that identities of tests lie in. */
export const groupId = (sandbox: Sandbox): string =>
    `/subscriptions/${sandbox.cloud.subscriptionId}/resourceGroups/rg-reports`;

/** A user-assigned identity, as Resource Manager writes one. */
export const addIdentity = (sandbox: Sandbox, name: string): ServicePrincipal => {
    const id = `${groupId(sandbox)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
    sandbox.cloud.resources.set(id.toLowerCase(), { id, name, type, properties: {} });
    return createManagedIdentity(sandbox.cloud, id, true);
};

/** Object id of Microsoft Graph's service principal. */
export const graphId = (sandbox: Sandbox): string =>
    String(sandbox.cloud.servicePrincipals.by("appId", MICROSOFT_GRAPH)[0]?.id);

/** Display names of what a list answered. */
export const names = (value: readonly { displayName: string }[]): readonly string[] =>
    value.map(entity => entity.displayName);

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

/** Asks the sandbox's token endpoint. */
export const signIn = (sandbox: Sandbox, fields: Record<string, string>): Promise<Response> =>
    fetch(`${sandbox.url}/${sandbox.cloud.tenantId}/oauth2/v2.0/token`, {
        method: "POST",
        body: new URLSearchParams(fields),
    });
