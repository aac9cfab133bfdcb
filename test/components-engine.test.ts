import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import { openSandbox, type SandboxSession } from "../cli/sandbox-session.ts";
import { ApiGrants, AutomationAccount, AzureGrants, ManagedIdentity, Runbook } from "../components/index.ts";
import type { FaultPlan } from "../sandbox/faults.ts";
import { openProviderStack, type ProviderStack } from "./setup/provider-stack.ts";

const RUNBOOKS = "api-version=2024-10-23";

interface World {
    readonly session: SandboxSession;
    readonly stack: ProviderStack;
    readonly group: string;
}

/** A sandbox with faults and a stack on it, for one test. */
const inWorld = async (faults: FaultPlan, use: (world: World) => Promise<void>): Promise<void> => {
    const session = await openSandbox({ faults });
    const stack = await openProviderStack(session.env["PULUMI_DEBUG_PROVIDERS"] ?? "", {
        "azure-native:location": "westeurope",
    });
    const group = `/subscriptions/${session.sandbox.cloud.subscriptionId}/resourceGroups/rg-a`;
    try {
        await use({ session, stack, group });
    } finally {
        stack.close();
        await session.close();
    }
};

const failure = async (operation: () => Promise<unknown>): Promise<string> => {
    try {
        await operation();
    } catch (error) {
        return (error as Error).message;
    }
    return assert.fail("it succeeded");
};

const ask = async ({ session }: World, method: string, path: string, body?: string): Promise<Response> => {
    const graph = path.startsWith("/v1.0");
    const token = await session.sandbox.token(graph ? "https://graph.microsoft.com" : undefined);
    const headers = {
        authorization: `Bearer ${token}`,
        "content-type": graph ? "application/json" : "text/powershell",
    };
    return fetch(session.sandbox.url + path, { method, headers, body: body ?? null });
};

/** A program with one runbook, in an account of its own. */
const runbookProgram =
    ({ session }: World, content: string, schedule?: string) =>
    async () => {
        const group = new ResourceGroup("rg", { resourceGroupName: "rg-a" });
        const account = new AutomationAccount("aa", { resourceGroupName: group.name, accountName: "aa-nightly" });
        new Runbook("report", {
            resourceGroupName: group.name,
            automationAccountName: account.accountName,
            runtimeEnvironment: account.runtimeEnvironmentName,
            subscription: session.sandbox.cloud.subscriptionId,
            content,
            runs: schedule === undefined ? [] : [{ schedule, parameters: { TenantName: "contoso" } }],
        });
    };

const runbookPath = ({ group }: World): string =>
    `${group}/providers/Microsoft.Automation/automationAccounts/aa-nightly/runbooks/report`;

const published = async (world: World): Promise<string> =>
    (await ask(world, "GET", `${runbookPath(world)}/content?${RUNBOOKS}`)).text();

const links = ({ session }: World) =>
    [...session.sandbox.cloud.resources.values()].filter(({ type }) => /jobSchedules$/i.test(type));

describe("a runbook on the real engine", function () {
    this.timeout(120_000);

    it("is published, changed as an update, and left alone when nothing changed", async () => {
        await inWorld({}, async world => {
            const { stack } = world;
            stack.program = runbookProgram(world, "Write-Output 1\r\n");
            await stack.up();
            assert.equal(await published(world), "Write-Output 1\r\n");
            assert.deepEqual(Object.keys(await stack.up()), ["same"]);
            stack.program = runbookProgram(world, "Write-Output 2");
            assert.equal((await stack.preview())["update"], 1);
            assert.equal((await stack.up())["update"], 1);
            assert.equal(await published(world), "Write-Output 2");
        });
    });

    it("is finished by the next run when its publish failed", async () => {
        await inWorld({ faults: [{ kind: "error-before", status: 501, path: "/publish$", first: 1 }] }, async world => {
            const { stack } = world;
            stack.program = runbookProgram(world, "Write-Output 1");
            assert.match(await failure(() => stack.up()), /uploaded but not published/);
            assert.equal((await stack.up())["update"], 1);
            assert.equal(await published(world), "Write-Output 1");
            assert.deepEqual(Object.keys(await stack.up()), ["same"]);
        });
    });

    it("is brought back by an update after its text was changed in the portal and a refresh found it", async () => {
        await inWorld({}, async world => {
            const { stack } = world;
            stack.program = runbookProgram(world, "Write-Output 1");
            await stack.up();
            await ask(world, "PUT", `${runbookPath(world)}/draft/content?${RUNBOOKS}`, "Remove-Item *");
            await ask(world, "POST", `${runbookPath(world)}/publish?${RUNBOOKS}`);
            assert.equal((await stack.refresh())["update"], 1);
            await stack.up();
            assert.equal(await published(world), "Write-Output 1");
        });
    });

    it("has just one link to its schedule after its text changed, whatever Azure did to the link", async () => {
        await inWorld({}, async world => {
            const { stack } = world;
            for (const content of ["Write-Output 1", "Write-Output 2", "Write-Output 3"]) {
                stack.program = runbookProgram(world, content, "06:00 Europe/Zurich, weekdays");
                await stack.up();
                assert.equal(links(world).length, 1);
            }
            assert.deepEqual(Object.keys(await stack.up()), ["same"]);
        });
    });

    it("stops with what to do when its schedule was changed in the portal, and goes on once that is done", async () => {
        await inWorld({}, async world => {
            const { stack } = world;
            stack.program = runbookProgram(world, "Write-Output 1", "06:00 Europe/Zurich, weekdays");
            await stack.up();
            const { resources } = world.session.sandbox.cloud;
            const [key, schedule] =
                [...resources.entries()].find(([, { type }]) => /\/schedules$/i.test(type)) ??
                assert.fail("no schedule");
            resources.set(key, { ...schedule, properties: { ...schedule.properties, interval: 2 } });
            await stack.refresh();
            const message = await failure(() => stack.up());
            assert.ok(
                message.includes(`schedule '${schedule.name}' was changed outside of this stack`) &&
                    message.includes("delete it in the Automation account, then run 'pulumi up --refresh'"),
                message,
            );
            assert.equal(resources.get(key)?.properties["interval"], 2, "nothing was written");
            for (const [id, { type }] of resources.entries())
                if (id === key || /\/jobSchedules$/i.test(type)) resources.delete(id);
            await stack.refresh();
            await stack.up();
            assert.equal(resources.get(key)?.properties["interval"], 1);
            assert.equal(links(world).length, 1);
        });
    });

    it("gets a new schedule with a start of its own when its time changes, and refresh sees no drift in either", async () => {
        await inWorld({}, async world => {
            const { stack } = world;
            for (const schedule of ["06:00 Europe/Zurich, weekdays", "07:00 Europe/Zurich, weekdays"]) {
                stack.program = runbookProgram(world, "Write-Output 1", schedule);
                await stack.up();
                assert.deepEqual(Object.keys(await stack.refresh()), ["same"]);
                assert.deepEqual(Object.keys(await stack.up()), ["same"]);
            }
            assert.equal(links(world).length, 1);
        });
    });
});

const identityProgram =
    (make: (principalId: ManagedIdentity["principalId"], scope: ResourceGroup) => void) => async () => {
        const group = new ResourceGroup("rg", { resourceGroupName: "rg-a" });
        const identity = new ManagedIdentity("id-a", { userAssigned: { resourceGroupName: group.name } });
        make(identity.principalId, group);
    };

describe("grants on the real engine", function () {
    this.timeout(120_000);

    it("wait for a new identity that is not replicated yet", async () => {
        await inWorld({ replication: { requests: 3, of: ["principals"] } }, async ({ session, stack, group }) => {
            stack.program = identityProgram((principalId, scopeResource) => {
                new ApiGrants("graph", { principalId, permissions: ["User.Read.All"], adopt: true });
                new AzureGrants("azure", {
                    principalId,
                    grants: [{ role: "Reader", scope: group, scopeResource }],
                    adopt: true,
                });
            });
            await stack.up();
            const [assignment] = [...session.sandbox.cloud.roleAssignments.values()].filter(({ scope }) =>
                scope.endsWith("rg-a"),
            );
            assert.equal(assignment?.principalType, "ServicePrincipal");
            assert.deepEqual(Object.keys(await stack.up()), ["same"]);
        });
    });

    const graphId = ({ session }: World): string =>
        [...session.sandbox.cloud.servicePrincipals.values()].find(
            ({ displayName }) => displayName === "Microsoft Graph",
        )?.id ?? "";
    const MAIL_SEND = "b633e1c5-b582-4048-a93e-9f11b44c7e96";

    /** Grants Mail.Send by hand to an identity that exists, and says its principal and the id of the grant. */
    const byHand = async (world: World): Promise<{ principalId: string; importId: string }> => {
        const { stack, session } = world;
        stack.program = identityProgram(() => undefined);
        await stack.up();
        const principal = [...session.sandbox.cloud.servicePrincipals.values()].find(
            ({ displayName }) => displayName === "id-a",
        );
        const principalId = principal?.id ?? "";
        const resourceId = graphId(world);
        const body = JSON.stringify({ principalId, resourceId, appRoleId: MAIL_SEND });
        const answer = await ask(world, "POST", `/v1.0/servicePrincipals/${resourceId}/appRoleAssignedTo`, body);
        const { id } = (await answer.json()) as { id: string };
        return { principalId, importId: `/servicePrincipals/${resourceId}/appRoleAssignedTo/${id}` };
    };

    /** Checks the import command that an error prints against the state, and gives the id that it names. */
    const printedId = async ({ stack }: World, message: string): Promise<string> => {
        const command =
            /pulumi import azuread:index\/appRoleAssignment:AppRoleAssignment 'graph-Mail.Send' '([^']+)' --parent 'grants=([^']+)'/;
        const [, id = "", parent] = command.exec(message) ?? [];
        assert.ok(
            (await stack.resources()).some(({ urn }) => urn === parent),
            message,
        );
        return id;
    };

    const assignmentsOf = ({ session }: World, principalId: string) =>
        [...session.sandbox.cloud.appRoleAssignments.values()].filter(each => each.principalId === principalId);

    it("print the line that imports an app role assignment which someone else made long ago", async () => {
        await inWorld({}, async world => {
            const { principalId, importId } = await byHand(world);
            const [made] = assignmentsOf(world, principalId);
            assert.ok(made);
            world.session.sandbox.cloud.appRoleAssignments.set(made.id, {
                ...made,
                createdAt: Date.now() - 86_400_000,
            });
            world.stack.program = identityProgram(
                () => new ApiGrants("graph", { principalId, permissions: ["Mail.Send"] }),
            );
            const message = await failure(() => world.stack.up());
            assert.ok(message.includes(`give it 'adopt: ${importId}' to take it over as it is`), message);
            assert.equal(await printedId(world, message), importId);
            assert.equal(assignmentsOf(world, principalId).length, 1);
        });
    });

    it("print that line too for one that Entra made but was slow to show, and take it over by it", async () => {
        await inWorld({ replication: { ms: 1_000, of: ["grants"] } }, async world => {
            const program = (adopt: boolean | string) =>
                identityProgram(
                    principalId =>
                        new ApiGrants("graph", { principalId, permissions: [{ permission: "Mail.Send", adopt }] }),
                );
            world.stack.program = program(true);
            const importId = await printedId(world, await failure(() => world.stack.up()));
            await sleep(1_000);
            world.stack.program = program(importId);
            assert.equal((await world.stack.up())["import"], 1);
            assert.deepEqual(Object.keys(await world.stack.up()), ["same"]);
        });
    });

    it("take an app role assignment over by its import id", async () => {
        await inWorld({}, async world => {
            const { principalId, importId } = await byHand(world);
            world.stack.program = identityProgram(
                () =>
                    new ApiGrants("graph", {
                        principalId,
                        permissions: [{ permission: "Mail.Send", adopt: importId }],
                    }),
            );
            assert.equal((await world.stack.up())["import"], 1);
            assert.equal(assignmentsOf(world, principalId).length, 1);
            assert.deepEqual(Object.keys(await world.stack.up()), ["same"]);
        });
    });

    it("replace an app role assignment that exists where they may adopt it", async () => {
        await inWorld({}, async world => {
            const { principalId } = await byHand(world);
            world.stack.program = identityProgram(
                () => new ApiGrants("graph", { principalId, permissions: ["Mail.Send"], adopt: true }),
            );
            await world.stack.up();
            assert.equal(assignmentsOf(world, principalId).length, 1);
            assert.deepEqual(Object.keys(await world.stack.up()), ["same"]);
        });
    });

    it("all move to the new principal when their identity is replaced", async () => {
        await inWorld({}, async world => {
            const { stack, group, session } = world;
            const program = (location: string) => async () => {
                const scopeResource = new ResourceGroup("rg", { resourceGroupName: "rg-a" });
                const userAssigned = { resourceGroupName: scopeResource.name, location };
                const { principalId } = new ManagedIdentity("id-a", { userAssigned });
                new ApiGrants("graph", { principalId, permissions: ["Mail.Send"], adopt: true });
                new AzureGrants("azure", {
                    principalId,
                    grants: [{ role: "Reader", scope: group, scopeResource }],
                    adopt: true,
                });
            };
            stack.program = program("westeurope");
            await stack.up();
            const before = [...session.sandbox.cloud.roleAssignments.values()].map(({ principalId }) => principalId);
            stack.program = program("northeurope");
            assert.equal((await stack.up())["replace"], 3);
            const after = [...session.sandbox.cloud.roleAssignments.values()].map(({ principalId }) => principalId);
            assert.equal(after.length, before.length);
            assert.notDeepEqual(after.sort(), before.sort());
        });
    });
});
