import assert from "node:assert/strict";
import type { World } from "./world.ts";

/** Makes a resource in a world's cloud by hand, as someone else would have. */
export const armPut = async (world: World, path: string, version: string, body: unknown): Promise<void> => {
    const { sandbox } = world.session;
    const headers = {
        authorization: `Bearer ${await sandbox.token("https://management.azure.com/")}`,
        "content-type": "application/json",
    };
    const url = `${sandbox.url}${path}?api-version=${version}`;
    const response = await fetch(url, { method: "PUT", headers, body: JSON.stringify(body) });
    assert.ok(response.ok, await response.text());
};
