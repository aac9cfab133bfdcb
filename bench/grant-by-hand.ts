import { Agent, request } from "node:https";
import { readFileSync } from "node:fs";
import { MICROSOFT_GRAPH } from "../access/apis.ts";
import type { Sandbox } from "../sandbox/server.ts";

interface Reply {
    readonly id: string;
    readonly properties: { readonly principalId: string };
    readonly value: readonly { readonly id: string; readonly appRoles: readonly { id: string; value: string }[] }[];
}

/**
 * What the scripts that people paste do, call by call and one after another: make an identity; for each permission look
 * up the API, find the app role and assign it; for each role look up its definition and assign it.
 */
export const grantByHand = async (
    sandbox: Sandbox,
    identities: readonly string[],
    permissions: readonly string[],
    roles: readonly string[],
): Promise<void> => {
    const agent = new Agent({ keepAlive: true, ca: readFileSync(sandbox.caFile) });
    const arm = await sandbox.token();
    const graph = await sandbox.token("https://graph.microsoft.com");
    const send = (method: string, path: string, body?: unknown): Promise<Reply> =>
        new Promise((done, fail) => {
            const token = path.startsWith("/v1.0") ? graph : arm;
            const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
            const sent = request(new URL(path, sandbox.url), { method, agent, headers }, response => {
                const chunks: Buffer[] = [];
                response.on("data", (chunk: Buffer) => chunks.push(chunk));
                response.on("end", () => {
                    const text = Buffer.concat(chunks).toString("utf8");
                    if ((response.statusCode ?? 500) < 300) done(JSON.parse(text) as Reply);
                    else fail(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
                });
            });
            sent.on("error", fail);
            sent.end(body === undefined ? undefined : JSON.stringify(body));
        });

    const subscription = `/subscriptions/${sandbox.cloud.subscriptionId}`;
    const group = `${subscription}/resourceGroups/rg-bench`;
    const provider = "providers/Microsoft.Authorization";
    await send("PUT", `${group}?api-version=2024-03-01`, { location: "westeurope" });
    for (const name of identities) {
        const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
        const { properties } = await send("PUT", `${identity}?api-version=2023-01-31`, { location: "westeurope" });
        const { principalId } = properties;
        for (const permission of permissions) {
            const filter = encodeURIComponent(`appId eq '${MICROSOFT_GRAPH}'`);
            const [api] = (await send("GET", `/v1.0/servicePrincipals?$filter=${filter}`)).value;
            const role = api?.appRoles.find(({ value }) => value === permission);
            const body = { principalId, resourceId: api?.id, appRoleId: role?.id };
            await send("POST", `/v1.0/servicePrincipals/${principalId}/appRoleAssignments`, body);
        }
        for (const role of roles) {
            const filter = encodeURIComponent(`roleName eq '${role}'`);
            const found = await send(
                "GET",
                `${group}/${provider}/roleDefinitions?api-version=2022-04-01&$filter=${filter}`,
            );
            const body = {
                properties: { principalId, principalType: "ServicePrincipal", roleDefinitionId: found.value[0]?.id },
            };
            const assignment = `${group}/${provider}/roleAssignments/${crypto.randomUUID()}`;
            await send("PUT", `${assignment}?api-version=2022-04-01`, body);
        }
    }
    agent.destroy();
};
