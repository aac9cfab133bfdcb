import assert from "node:assert/strict";
import fc from "fast-check";
import { Hono } from "hono";
import { armRoutes } from "../sandbox/arm/index.ts";
import type { SandboxEnv } from "../sandbox/caller.ts";
import { Cloud } from "../sandbox/cloud.ts";
import { DEPLOYER_OBJECT_ID } from "../sandbox/deployer.ts";
import { AzureError } from "../sandbox/error.ts";
import { seed } from "../sandbox/seed.ts";

/** Resource Manager without the network: an error that is not Azure's fails the test that meets it. */
const open = () => {
    const cloud = new Cloud();
    seed(cloud);
    cloud.url = "https://localhost";
    const app = new Hono<SandboxEnv>();
    app.use(async (context, next) => {
        context.set("caller", { objectId: DEPLOYER_OBJECT_ID, appId: "deployer", roles: new Set() });
        await next();
    });
    app.onError((error, context) => {
        if (!(error instanceof AzureError)) throw error;
        assert.ok(error.code.length > 0 && error.message.length > 0 && error.status >= 400 && error.status < 500);
        return context.json({ error: { code: error.code, message: error.message } }, error.status as 400);
    });
    app.route("/", armRoutes(cloud));
    return { app, cloud };
};

const group = (cloud: Cloud): string => `/subscriptions/${cloud.subscriptionId}/resourceGroups/rg`;

const SEGMENTS = [
    ...["providers", "Microsoft.Automation", "automationAccounts", "aa-one-two", "runbooks", "rb", "draft", "content"],
    ...["schedules", "jobSchedules", "a0a0a0a0-0000-4000-8000-000000000001", "variables", "publish", "jobs"],
    ...["Microsoft.Authorization", "roleAssignments", "roleDefinitions", "Microsoft.ManagedIdentity"],
    ...[
        "userAssignedIdentities",
        "id-one",
        "federatedIdentityCredentials",
        "Microsoft.Compute",
        "virtualMachines",
        "vm",
    ],
    ...["Microsoft.Web", "sites", "func-one", "config", "appsettings", "list", "Microsoft.Network", "virtualNetworks"],
    ...[
        "networkInterfaces",
        "Microsoft.Storage",
        "storageAccounts",
        "stone",
        "blobServices",
        "default",
        "%",
        "..",
        "é",
        "",
    ],
];

const TYPES = [
    ...["Microsoft.Automation/automationAccounts/aa-one-two", "Microsoft.Web/sites/func-one"],
    ...[
        "Microsoft.Compute/virtualMachines/vm",
        "Microsoft.Network/networkInterfaces/nic",
        "Microsoft.Network/virtualNetworks/vnet",
    ],
    ...[
        "Microsoft.Storage/storageAccounts/stone",
        "Microsoft.KeyVault/vaults/kv-one",
        "Microsoft.App/containerApps/app",
    ],
    ...["Microsoft.ManagedIdentity/userAssignedIdentities/id-one", "Microsoft.Web/serverfarms/plan"],
    ...["Microsoft.Authorization/roleAssignments/a0a0a0a0-0000-4000-8000-000000000001"],
    ...["Microsoft.Authorization/roleDefinitions/a0a0a0a0-0000-4000-8000-000000000002"],
].flatMap(type => [`providers/${type}`]);

const CHILDREN = ["runbooks/rb", "schedules/s", "variables/v", "jobs/j", "runtimeEnvironments/r", "modules/m"].map(
    child => `providers/Microsoft.Automation/automationAccounts/aa-one-two/${child}`,
);

const KEYS = [
    ...["location", "properties", "identity", "tags", "type", "sku", "kind", "name", "id", "frequency", "interval"],
    ...["startTime", "timeZone", "advancedSchedule", "runbook", "schedule", "parameters", "runbookType", "principalId"],
    ...[
        "roleDefinitionId",
        "permissions",
        "actions",
        "assignableScopes",
        "networkProfile",
        "networkInterfaces",
        "subnets",
    ],
    ...[
        "hardwareProfile",
        "ipConfigurations",
        "siteConfig",
        "appSettings",
        "userAssignedIdentities",
        "runtime",
        "value",
    ],
];

const VALUES = fc.oneof(
    fc.constantFrom<unknown>(
        "westeurope",
        "SystemAssigned",
        "UserAssigned",
        "PowerShell",
        "Week",
        "2099-01-01T00:00:00Z",
        "rb",
        "*",
    ),
    fc.jsonValue({ maxDepth: 1 }),
);

const json = fc.letrec<{ body: unknown; value: unknown }>(tie => ({
    body: fc.dictionary(fc.constantFrom(...KEYS), tie("value"), { maxKeys: 6 }),
    value: fc.oneof({ maxDepth: 4 }, VALUES, tie("body"), fc.array(tie("value"), { maxLength: 2 })),
})).body;

const METHODS = fc.constantFrom("GET", "PUT", "PATCH", "POST", "DELETE", "HEAD", "OPTIONS");

describe("sandbox Resource Manager, whatever the request", () => {
    const call = async (
        app: ReturnType<typeof open>["app"],
        method: string,
        path: string,
        body: unknown,
    ): Promise<number> => {
        const withBody = method !== "GET" && method !== "HEAD";
        const response = await app.request(`https://localhost${path}?api-version=2024-10-23`, {
            method,
            ...(withBody && { body: JSON.stringify(body) }),
        });
        return response.status;
    };

    it("answers any path with a result or with one of Azure's errors", async () => {
        const { app, cloud } = open();
        const path = fc.array(fc.constantFrom(...SEGMENTS), { maxLength: 9 });
        await fc.assert(
            fc.asyncProperty(METHODS, path, json, async (method, segments, body) => {
                const status = await call(app, method, `${group(cloud)}/${segments.join("/")}`, body);
                assert.ok(status < 500);
            }),
            { numRuns: 500 },
        );
    });

    it("answers any body with a result or with one of Azure's errors, and keeps what it stored readable", async () => {
        const { app, cloud } = open();
        await call(app, "PUT", group(cloud), { location: "westeurope" });
        const account = `${group(cloud)}/providers/Microsoft.Automation/automationAccounts/aa-one-two`;
        const method = fc.constantFrom("PUT", "PATCH");
        await fc.assert(
            fc.asyncProperty(method, fc.constantFrom(...TYPES, ...CHILDREN), json, async (verb, suffix, body) => {
                await call(app, "PUT", account, { location: "westeurope" });
                const path = `${group(cloud)}/${suffix}`;
                const located = { location: "westeurope", ...(body as object) };
                const status = await call(app, verb, path, located);
                assert.ok(status < 500);
                if (status < 300) assert.equal(await call(app, "GET", path, undefined), 200);
            }),
            { numRuns: 800 },
        );
    });
});
