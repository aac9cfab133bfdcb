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
    text.replace(/localhost:\d+|[0-9a-f]{8}-[0-9a-f-]{27}|appRoleAssignedTo\/[\w-]+/g, id =>
        id.includes("/") ? "appRoleAssignedTo/*" : "*",
    );

const ERRORS = [/\t\* ([^\n]+)/, /has a problem: ([^\n]+)/, /error: (?! *sdk-v2)([^\n]+)/];

const errorOf = async (work: Promise<unknown>): Promise<string> =>
    work.then(
        () => "",
        ({ message }: Error) =>
            ERRORS.map(pattern => pattern.exec(message)?.[1]).find(found => found !== undefined) ?? message,
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
        assert.equal(standIn.error, real.error);
        assert.deepEqual(standIn.calls, real.calls);
        assert.deepEqual(standIn.resources.map(shape), real.resources.map(shape));
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

    const once = async (stack: ProviderStack, sandbox: Sandbox): Promise<void> => {
        stack.program = grant(sandbox, [newPrincipal(sandbox)]);
        await stack.up();
    };
    const faults: readonly (readonly [string, FaultPlan])[] = [
        ["waits as the stand-in waits while a principal is not replicated", { replication: { requests: 2 } }],
        [
            "fails as the stand-in fails when a new grant cannot be read yet",
            { replication: { requests: 1, of: ["grants"] } },
        ],
        [
            "fails as the stand-in fails when the answer to a grant is lost",
            { faults: [{ kind: "lost", methods: ["POST"], path: "appRoleAssignedTo$", first: 1 }] },
        ],
        [
            "fails as the stand-in fails when a grant that landed is repeated",
            { faults: [{ kind: "error-after", methods: ["POST"], path: "appRoleAssignedTo$", first: 1 }] },
        ],
        [
            "waits as the stand-in waits when Graph throttles",
            { faults: [{ kind: "throttle", retryAfter: 1, path: "appRoleAssignedTo", first: 1 }] },
        ],
    ];
    for (const [fact, plan] of faults)
        it(fact, async () => {
            await both(plan, once);
        });

    it("replaces a grant in the order the stand-in does when its principal changes", async () => {
        await both(undefined, async (stack, sandbox) => {
            const [first, second] = [...sandbox.cloud.servicePrincipals.values()].map(({ id }) => id);
            stack.program = grant(sandbox, [first ?? ""]);
            await stack.up();
            stack.program = grant(sandbox, [second ?? ""]);
            assert.deepEqual(await stack.up(), { replace: 1, same: 1 });
        });
    });

    it("refuses the inputs that the stand-in refuses, in the same words", async () => {
        await both(undefined, async stack => {
            stack.program = () => {
                const args = { appRoleId: "User.Read.All", principalObjectId: GRAPH_APP, resourceObjectId: GRAPH_APP };
                new azuread.AppRoleAssignment("grant", args);
                return Promise.resolve();
            };
            await stack.up();
        });
    });

    it("finds of a service principal what the stand-in finds", async () => {
        const found: unknown[] = [];
        await both(undefined, async stack => {
            stack.program = async () => {
                const { appRoles, appRoleIds, oauth2PermissionScopes, oauth2PermissionScopeIds, ...rest } =
                    await azuread.getServicePrincipal({ clientId: GRAPH_APP });
                found.push({
                    ...rest,
                    roles: Object.keys(appRoleIds).length,
                    scopes: Object.keys(oauth2PermissionScopeIds).length,
                });
                found.push(appRoles.map(({ value }) => value).sort(), oauth2PermissionScopes.length);
            };
            await stack.up();
        });
        assert.deepEqual(found.slice(0, found.length / 2), found.slice(found.length / 2));
    });
});
