import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import * as azuread from "@pulumi/azuread";
import type { FaultPlan } from "../sandbox/faults.ts";
import { startProviders } from "../sandbox/providers/index.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { startSandbox } from "../sandbox/server.ts";
import { executableName, which } from "../toolchain/executables.ts";
import { openProviderStack } from "./setup/provider-stack.ts";
import type { ProviderStack, StateResource } from "./setup/provider-stack.ts";

const GRAPH_APP = "00000003-0000-0000-c000-000000000000";
const PLUGIN = "pulumi-resource-azuread";

/** The real plugin on PATH or in the engine's folder of plugins. */
const findPlugin = (): string | undefined => {
    const onPath = which(PLUGIN);
    if (onPath !== undefined) return dirname(onPath);
    const plugins = join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "plugins");
    try {
        const installed = readdirSync(plugins).filter(name => /^resource-azuread-v6[.\d]+$/.test(name));
        return (
            which(executableName(PLUGIN), installed.map(name => join(plugins, name)).join(":")) &&
            join(plugins, installed[0] ?? "")
        );
    } catch {
        return undefined;
    }
};

/** What one plugin made of a program: the calls it made of the directory, its state, its error. */
interface Trace {
    readonly calls: readonly string[];
    readonly resources: readonly StateResource[];
    readonly error: string;
}

const withoutIds = (text: string): string =>
    text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|appRoleAssignedTo\/[\w-]+/g, id =>
        id.includes("/") ? "appRoleAssignedTo/*" : "*",
    );

const errorOf = async (work: Promise<unknown>): Promise<string> =>
    work.then(
        () => "",
        (error: Error) =>
            /error: ([^\n]*(?:already exists|absent|reset|privileges)[^\n]*)/.exec(error.message)?.[1] ?? error.message,
    );

describe("the real azuread plugin", function () {
    this.timeout(300_000);
    const plugin = findPlugin();
    before(function () {
        if (plugin !== undefined) return;
        console.log(
            `    skipped: no ${PLUGIN} on PATH or among the engine's plugins; install it with 'pulumi plugin install resource azuread v6.9.1'`,
        );
        this.skip();
    });

    const grant = (sandbox: Sandbox, principals: readonly string[]) => async () => {
        const graph = await azuread.getServicePrincipal({ clientId: GRAPH_APP });
        for (const [index, principalObjectId] of principals.entries())
            new azuread.AppRoleAssignment(`grant-${index}`, {
                appRoleId: graph.appRoleIds["User.Read.All"] ?? "",
                principalObjectId,
                resourceObjectId: graph.objectId,
            });
        assert.ok(sandbox.url);
    };

    /** Runs the same steps on a sandbox of its own, through the real plugin or the stand-in. */
    const trace = async (
        real: boolean,
        faults: FaultPlan | undefined,
        steps: (stack: ProviderStack, sandbox: Sandbox) => Promise<void>,
    ): Promise<Trace> => {
        const sandbox = await startSandbox(faults === undefined ? {} : { faults });
        const { url, caFile, env } = sandbox;
        const standIns = await startProviders({ url, caFile, env, retryMs: 1000 });
        const [azureNative = ""] = standIns.debugProviders.split(",");
        const stack = real
            ? await openProviderStack(azureNative, {}, env, [plugin ?? ""])
            : await openProviderStack(standIns.debugProviders, {}, env);
        try {
            const error = await errorOf(steps(stack, sandbox));
            const calls = sandbox.log.requests
                .filter(({ path }) => /^\/(v1\.0|beta)\//.test(path))
                .map(({ method, path, status }) => withoutIds(`${method} ${path} ${status}`));
            return { calls, resources: await stack.resources(), error: withoutIds(error) };
        } finally {
            stack.close();
            await standIns.close();
            await sandbox.close();
        }
    };

    const newPrincipal = (sandbox: Sandbox): string => {
        const [first] = sandbox.cloud.servicePrincipals.values();
        assert.ok(first);
        return first.id;
    };

    const shape = ({ type, inputs, outputs, id }: StateResource): unknown => ({
        type,
        id: withoutIds(id ?? ""),
        inputs: Object.keys(inputs ?? {})
            .filter(key => key !== "__defaults")
            .sort(),
        outputs: Object.keys(outputs ?? {})
            .filter(key => !key.startsWith("__") && key !== "id")
            .sort(),
    });

    const same = (standIn: Trace, real: Trace): void => {
        assert.deepEqual(standIn.calls, real.calls);
        assert.deepEqual(standIn.resources.map(shape), real.resources.map(shape));
        assert.equal(standIn.error, real.error);
    };

    const both = async (
        faults: FaultPlan | undefined,
        steps: (stack: ProviderStack, sandbox: Sandbox) => Promise<void>,
    ): Promise<void> => same(await trace(false, faults, steps), await trace(true, faults, steps));

    it("makes the calls that the stand-in makes, over a grant's life", async () => {
        await both(undefined, async (stack, sandbox) => {
            stack.program = grant(sandbox, [newPrincipal(sandbox)]);
            await stack.up();
            assert.deepEqual(await stack.up(), { same: 2 });
            await stack.refresh();
            await stack.stack.destroy();
        });
    });

    it("leaves the state that the stand-in leaves", async () => {
        await both(undefined, async (stack, sandbox) => {
            stack.program = grant(sandbox, [newPrincipal(sandbox)]);
            await stack.up();
        });
    });

    it("fails as the stand-in fails when the answer to a grant is lost", async () => {
        const faults: FaultPlan = {
            faults: [{ kind: "lost", methods: ["POST"], path: "appRoleAssignedTo$", first: 1 }],
        };
        await both(faults, async (stack, sandbox) => {
            stack.program = grant(sandbox, [newPrincipal(sandbox)]);
            await stack.up();
        });
    });
});
