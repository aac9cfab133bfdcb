import assert from "node:assert/strict";
import type { World } from "./world.ts";

const send = async (world: World, method: string, path: string, body: unknown, audience: string): Promise<Response> => {
    const { sandbox } = world.session;
    const headers = { authorization: `Bearer ${await sandbox.token(audience)}`, "content-type": "application/json" };
    const response = await fetch(sandbox.url + path, { method, headers, body: JSON.stringify(body) });
    assert.ok(response.ok, `${String(response.status)} from ${method} ${path}`);
    return response;
};

/** Makes a resource in a world's cloud, as someone else would have. */
export const armPut = async (world: World, path: string, version: string, body: unknown): Promise<void> => {
    await send(world, "PUT", `${path}?api-version=${version}`, body, "https://management.azure.com/");
};

/** Sends a request of someone else to Microsoft Graph. */
export const graphPost = (world: World, path: string, body: unknown): Promise<Response> =>
    send(world, "POST", path, body, "https://graph.microsoft.com");
