import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ClientSecretCredential } from "@azure/identity";
import type { Sandbox } from "../sandbox/server.ts";
import type { Answer } from "./sandbox-support.ts";

/** Speaks to Resource Manager. */
export type Arm = (method: string, path: string, json?: unknown, options?: ArmOptions) => Promise<Answer>;

interface ArmOptions {
    readonly version?: string;
    readonly query?: string;
    /** Body that is no JSON, and its type. */
    readonly text?: string;
}

/** The id of a resource group in the sandbox's subscription. */
export const groupId = (sandbox: Sandbox, name = "rg"): string =>
    `/subscriptions/${sandbox.cloud.subscriptionId}/resourceGroups/${name}`;

/** As the deployer, or with the token given. */
export const armOf =
    (sandbox: Sandbox, token: Promise<string> = sandbox.token()): Arm =>
    async (method, path, json, { version = "2024-10-23", query = "", text } = {}) => {
        const body = text ?? (json === undefined ? undefined : JSON.stringify(json));
        const response = await fetch(`${sandbox.url}${path}?api-version=${version}${query}`, {
            method,
            headers: {
                authorization: `Bearer ${await token}`,
                "content-type": text === undefined ? "application/json" : "text/powershell",
            },
            ...(body !== undefined && { body }),
        });
        const answer = await response.text();
        const isJson = response.headers.get("content-type")?.includes("json") === true;
        return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(answer) : answer };
    };

/** Makes a resource group and returns its id. */
export const makeGroup = async (sandbox: Sandbox, name = "rg"): Promise<string> => {
    const id = groupId(sandbox, name);
    const { status } = await armOf(sandbox)("PUT", id, { location: "westeurope" });
    assert.ok(status === 200 || status === 201);
    return id;
};

/** Asserts that a request is refused with a status and Resource Manager's body around a code. */
export const refused = async (
    answer: Promise<Answer>,
    status: number,
    code: string,
    message?: RegExp,
): Promise<void> => {
    const { status: got, body } = await answer;
    assert.deepEqual({ status: got, code: body?.error?.code }, { status, code });
    assert.deepEqual(Object.keys(body), ["error"]);
    if (message) assert.match(body.error.message, message);
};

/** Asserts that Automation refuses a request: its errors have no `error` around them. */
export const refusedByAutomation = async (
    answer: Promise<Answer>,
    status: number,
    code: string,
    message: RegExp,
): Promise<void> => {
    const { status: got, body } = await answer;
    assert.deepEqual({ status: got, code: body?.code }, { status, code });
    assert.match(body.message, message);
};

/** What an official client needs to speak to the sandbox as the deployer. */
export const clientOf = (sandbox: Sandbox) => ({
    credential: new ClientSecretCredential(
        sandbox.cloud.tenantId,
        sandbox.env["ARM_CLIENT_ID"] ?? "",
        sandbox.env["ARM_CLIENT_SECRET"] ?? "",
        { authorityHost: sandbox.url, disableInstanceDiscovery: true },
    ),
    options: {
        endpoint: sandbox.url,
        credentialScopes: "https://management.azure.com/.default",
        tlsOptions: { ca: readFileSync(sandbox.caFile) },
    },
});

/** All members of a client's paged list. */
export const collect = async <T>(pages: AsyncIterable<T>): Promise<T[]> => {
    const all: T[] = [];
    for await (const item of pages) all.push(item);
    return all;
};
