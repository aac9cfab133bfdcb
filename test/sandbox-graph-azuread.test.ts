import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { AppRoleAssignment } from "@pulumi/azuread/appRoleAssignment.js";
import { getServicePrincipalOutput } from "@pulumi/azuread/getServicePrincipal.js";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { createManagedIdentity } from "../sandbox/directory.ts";
import { startProviders } from "../sandbox/providers/index.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { withSandbox } from "./sandbox-support.ts";
import { openProviderStack } from "./setup/provider-stack.ts";

const BINARY = "pulumi-resource-azuread";

/** The azuread plugin on PATH or among the engine's plugins. */
const findPlugin = (): string | undefined => {
    const plugins = join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "plugins");
    const installed = existsSync(plugins)
        ? readdirSync(plugins).filter(name => name.startsWith("resource-azuread-"))
        : [];
    const folders = [...(process.env["PATH"] ?? "").split(delimiter), ...installed.map(name => join(plugins, name))];
    return folders.map(folder => join(folder, BINARY)).find(existsSync);
};

interface Attached {
    readonly debugProviders: string;
    close(): Promise<void>;
}

const startPlugin = async (plugin: string, sandbox: Sandbox): Promise<Attached> => {
    const child = spawn(plugin, { env: { ...process.env, ...sandbox.env }, stdio: ["ignore", "pipe", "inherit"] });
    const [port] = (await once(child.stdout, "data")) as [Buffer];
    return {
        debugProviders: `azuread:${port.toString("utf8").trim()}`,
        close: async () => {
            const exited = once(child, "exit");
            child.kill();
            await exited;
        },
    };
};

/** Grants a permission, finds nothing to change, repairs a grant taken away outside, and takes it away. */
const grantAndTakeAway = async (sandbox: Sandbox, attached: Attached): Promise<void> => {
    const identity = createManagedIdentity(
        sandbox.cloud,
        "/subscriptions/s/resourceGroups/rg/providers/x/y/id-reports",
        true,
    );
    const held = () => sandbox.cloud.appRoleAssignments.by("principal", identity.id);
    const stack = await openProviderStack(attached.debugProviders);
    stack.program = () => {
        const api = getServicePrincipalOutput({ clientId: MICROSOFT_GRAPH });
        new AppRoleAssignment("reads-users", {
            appRoleId: findAppRole(MICROSOFT_GRAPH, "User.Read.All").id,
            principalObjectId: identity.id,
            resourceObjectId: api.objectId,
        });
        return Promise.resolve();
    };
    try {
        assert.equal((await stack.up())["create"], 2);
        const [grant] = held();
        assert.equal(held().length, 1);
        const state = (await stack.resources()).find(resource => resource.type.endsWith("AppRoleAssignment"));
        assert.equal(state?.id, `/servicePrincipals/${grant?.resourceId}/appRoleAssignedTo/${grant?.id}`);
        assert.deepEqual(await stack.up(), { same: 2 });
        sandbox.cloud.appRoleAssignments.delete(String(grant?.id));
        await stack.refresh();
        assert.equal((await stack.up())["create"], 1);
        assert.equal(held().length, 1);
        await stack.stack.destroy();
        assert.deepEqual(held(), []);
    } finally {
        stack.close();
    }
};

describe("sandbox Graph with the azuread provider on the real engine", function () {
    this.timeout(120_000);

    const run = (start: (sandbox: Sandbox) => Promise<Attached>): Promise<void> =>
        withSandbox({}, async sandbox => {
            const attached = await start(sandbox);
            try {
                await grantAndTakeAway(sandbox, attached);
            } finally {
                await attached.close();
            }
        });

    it("serves the stand-in", () => run(({ url, caFile, env }) => startProviders({ url, caFile, env })));

    it("serves the real plugin, where it is installed", function () {
        const plugin = findPlugin();
        if (plugin === undefined) this.skip();
        return run(sandbox => startPlugin(plugin, sandbox));
    });
});
