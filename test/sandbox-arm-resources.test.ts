import assert from "node:assert/strict";
import type { Sandbox } from "../sandbox/server.ts";
import { startSandbox } from "../sandbox/server.ts";
import { armOf, makeGroup, refused } from "./sandbox-arm-support.ts";
import type { Arm } from "./sandbox-arm-support.ts";
import { trust } from "./sandbox-support.ts";

const location = "westeurope";

describe("sandbox resources", () => {
    let sandbox: Sandbox;
    let arm: Arm;
    let rg: string;
    let other: string;

    before(async () => {
        sandbox = await startSandbox();
        trust(sandbox);
        arm = armOf(sandbox);
        rg = await makeGroup(sandbox);
        other = await makeGroup(sandbox, "rg-other");
    });
    after(() => sandbox.close());

    describe("storage accounts", () => {
        const id = (group: string, name: string): string =>
            `${group}/providers/Microsoft.Storage/storageAccounts/${name}`;
        const body = { location, kind: "StorageV2", sku: { name: "Standard_LRS" } };

        it("follow the name rule, need kind and sku, and are unique", async () => {
            await refused(
                arm("PUT", id(rg, "st-reports"), body),
                400,
                "AccountNameInvalid",
                /^st-reports is not a valid storage account name/,
            );
            await refused(arm("PUT", id(rg, "streports"), { location, kind: "StorageV2" }), 400, "InvalidValues");
            assert.equal((await arm("PUT", id(rg, "streports"), body)).status, 201);
            await refused(arm("PUT", id(other, "streports"), body), 409, "StorageAccountAlreadyTaken");
        });

        it("list two keys, and the same ones each time", async () => {
            await arm("PUT", id(rg, "stkeys"), body);
            const first = await arm("POST", `${id(rg, "stkeys")}/listKeys`);
            assert.deepEqual(
                first.body.keys.map((key: { keyName: string }) => key.keyName),
                ["key1", "key2"],
            );
            assert.deepEqual((await arm("POST", `${id(rg, "stkeys")}/LISTKEYS`)).body, first.body);
        });

        it("have services from the start, and containers in them", async () => {
            await arm("PUT", id(rg, "stblobs"), body);
            const services = `${id(rg, "stblobs")}/blobServices/default`;
            assert.equal((await arm("GET", services)).status, 200);
            assert.equal((await arm("PUT", `${services}/containers/reports`, { properties: {} })).status, 201);
            await refused(
                arm("PUT", `${id(rg, "stnone")}/blobServices/default/containers/c`, {}),
                404,
                "ParentResourceNotFound",
            );
        });
    });

    describe("key vaults", () => {
        const id = (group: string, name: string): string => `${group}/providers/Microsoft.KeyVault/vaults/${name}`;

        it("follow the name rule, need a tenant and a sku, and are unique", async () => {
            const properties = { tenantId: sandbox.cloud.tenantId, sku: { family: "A", name: "standard" } };
            await refused(arm("PUT", id(rg, "kv--x"), { location, properties }), 400, "VaultNameNotValid");
            await refused(
                arm("PUT", id(rg, "kv-one"), { location, properties: { sku: properties.sku } }),
                400,
                "BadRequest",
                /'tenantId'/,
            );
            const { status, body } = await arm("PUT", id(rg, "kv-one"), { location, properties });
            assert.deepEqual([status, body.properties.vaultUri], [201, "https://kv-one.vault.azure.net/"]);
            await refused(arm("PUT", id(other, "KV-one"), { location, properties }), 409, "VaultAlreadyExists");
        });
    });

    describe("sites", () => {
        const plan = (name: string): string => `${rg}/providers/Microsoft.Web/serverfarms/${name}`;
        const site = (group: string, name: string): string => `${group}/providers/Microsoft.Web/sites/${name}`;

        it("stand on a plan that exists, keep their settings apart, and have an identity", async () => {
            await arm("PUT", plan("plan-site"), { location, sku: { name: "Y1", tier: "Dynamic" } });
            const properties = {
                serverFarmId: plan("plan-site"),
                siteConfig: {
                    linuxFxVersion: "NODE|24",
                    appSettings: [{ name: "MAIL_FROM", value: "a@contoso.example" }],
                },
            };
            const { status, body } = await arm("PUT", site(rg, "func-mail"), {
                location,
                kind: "functionapp,linux",
                identity: { type: "SystemAssigned" },
                properties,
            });
            assert.equal(status, 201);
            assert.deepEqual(
                [body.kind, body.properties.state, body.properties.defaultHostName],
                ["functionapp,linux", "Running", "func-mail.azurewebsites.net"],
            );
            assert.equal(body.properties.siteConfig.appSettings, null);
            assert.ok(sandbox.cloud.servicePrincipals.has(body.identity.principalId));
            const settings = `${site(rg, "func-mail")}/config/appsettings`;
            assert.deepEqual((await arm("POST", `${settings}/list`)).body.properties, {
                MAIL_FROM: "a@contoso.example",
            });
            await arm("PUT", settings, { properties: { MAIL_FROM: "b@contoso.example" } });
            assert.deepEqual((await arm("POST", `${settings}/list`)).body.properties, {
                MAIL_FROM: "b@contoso.example",
            });
            assert.equal(
                (await arm("GET", `${site(rg, "func-mail")}/config/web`)).body.properties.linuxFxVersion,
                "NODE|24",
            );
            await arm("POST", `${site(rg, "func-mail")}/stop`);
            assert.equal((await arm("GET", site(rg, "func-mail"))).body.properties.state, "Stopped");
        });

        it("are unique, and their plan is not deleted under them", async () => {
            await arm("PUT", plan("plan-busy"), { location, sku: { name: "B1" } });
            const properties = { serverFarmId: plan("plan-busy") };
            await arm("PUT", site(rg, "app-one"), { location, properties });
            await refused(
                arm("PUT", site(other, "app-one"), { location, properties }),
                409,
                "Conflict",
                /name app-one already exists/,
            );
            await refused(arm("DELETE", plan("plan-busy")), 409, "Conflict", /web app\(s\) app-one assigned/);
            await refused(
                arm("PUT", site(rg, "app-two"), { location, properties: { serverFarmId: plan("none") } }),
                404,
                "NotFound",
            );
            await arm("DELETE", site(rg, "app-one"));
            assert.equal((await arm("DELETE", plan("plan-busy"))).status, 200);
        });
    });

    describe("virtual machines", () => {
        const network = (): string => `${rg}/providers/Microsoft.Network/virtualNetworks/vnet`;
        const card = (name: string): string => `${rg}/providers/Microsoft.Network/networkInterfaces/${name}`;
        const machine = (name: string): string => `${rg}/providers/Microsoft.Compute/virtualMachines/${name}`;
        const makeCard = (name: string, subnet = `${network()}/subnets/default`) =>
            arm("PUT", card(name), {
                location,
                properties: { ipConfigurations: [{ name: "ip", properties: { subnet: { id: subnet } } }] },
            });
        const makeMachine = (name: string, cardName: string, more = {}) =>
            arm("PUT", machine(name), {
                location,
                identity: { type: "SystemAssigned" },
                properties: {
                    hardwareProfile: { vmSize: "Standard_B1s" },
                    osProfile: { computerName: name, adminUsername: "lab", adminPassword: "hunter2hunter2" },
                    networkProfile: { networkInterfaces: [{ id: card(cardName) }] },
                    ...more,
                },
            });
        const follow = async (url: string | null): Promise<string[]> => {
            const seen: string[] = [];
            const headers = { authorization: `Bearer ${await sandbox.token()}` };
            while (seen.at(-1) !== "Succeeded") {
                const { status } = (await (await fetch(url ?? "", { headers })).json()) as { status: string };
                seen.push(status);
                await new Promise(done => setTimeout(done, 5));
            }
            return seen;
        };
        const powerOf = async (name: string): Promise<string> =>
            (await arm("GET", `${machine(name)}/instanceView`)).body.statuses[1].code;

        before(async () => {
            const subnets = [{ name: "default", properties: { addressPrefix: "10.0.0.0/24" } }];
            const properties = { addressSpace: { addressPrefixes: ["10.0.0.0/16"] }, subnets };
            const { body } = await arm("PUT", network(), { location, properties });
            assert.deepEqual(
                body.properties.subnets.map((subnet: { id: string }) => subnet.id),
                [`${network()}/subnets/default`],
            );
        });

        it("are made by an operation to watch, and never show their password", async () => {
            assert.equal((await makeCard("nic-lab")).status, 201);
            const { status, body, headers } = await makeMachine("vm-lab", "nic-lab");
            assert.deepEqual([status, body.properties.provisioningState], [201, "Creating"]);
            assert.ok((await follow(headers.get("azure-asyncoperation"))).length >= 1);
            const { body: read } = await arm("GET", machine("vm-lab"));
            assert.equal(read.properties.provisioningState, "Succeeded");
            assert.equal(JSON.stringify([...sandbox.cloud.resources.values()]).includes("hunter2"), false);
            assert.ok(sandbox.cloud.servicePrincipals.has(read.identity.principalId));
        });

        it("change their power state by actions", async () => {
            await makeCard("nic-power");
            await makeMachine("vm-power", "nic-power");
            assert.equal(await powerOf("vm-power"), "PowerState/running");
            for (const [action, state] of [
                ["deallocate", "deallocated"],
                ["start", "running"],
                ["powerOff", "stopped"],
                ["restart", "running"],
            ]) {
                const { status, headers } = await arm("POST", `${machine("vm-power")}/${action}`);
                assert.equal(status, 202);
                await follow(headers.get("azure-asyncoperation"));
                assert.equal(await powerOf("vm-power"), `PowerState/${state}`);
            }
        });

        it("refer to network interfaces that exist, which refer to subnets that exist", async () => {
            await refused(
                makeMachine("vm-odd", "nic-none"),
                400,
                "InvalidResourceReference",
                /nic-none referenced by resource/,
            );
            await refused(makeCard("nic-odd", `${network()}/subnets/none`), 400, "InvalidResourceReference");
            await makeCard("nic-size");
            await refused(
                makeMachine("vm-odd", "nic-size", { hardwareProfile: {} }),
                400,
                "InvalidParameter",
                /'vmSize' is missing/,
            );
            await refused(
                makeMachine("vm-odd", "nic-size", { osProfile: {} }),
                400,
                "InvalidParameter",
                /'adminUsername' is missing/,
            );
        });

        it("need a network with an address space and interfaces with an address", async () => {
            const odd = network().replace("/vnet", "/vnet-odd");
            await refused(arm("PUT", odd, { location, properties: {} }), 400, "InvalidRequestFormat");
            const bare = { location, properties: { ipConfigurations: [] } };
            await refused(arm("PUT", card("nic-bare"), bare), 400, "NetworkInterfaceMustHaveIpConfiguration");
        });

        it("hold their network interface, which holds its subnet", async () => {
            await makeCard("nic-held");
            await makeMachine("vm-held", "nic-held");
            await refused(arm("DELETE", card("nic-held")), 400, "NicInUse");
            await refused(arm("DELETE", network()), 400, "InUseSubnetCannotBeDeleted");
            await refused(arm("DELETE", `${network()}/subnets/default`), 400, "InUseSubnetCannotBeDeleted");
            const { status, headers } = await arm("DELETE", machine("vm-held"));
            assert.equal(status, 202);
            await follow(headers.get("azure-asyncoperation"));
            assert.equal((await arm("DELETE", card("nic-held"))).status, 200);
        });
    });

    describe("container apps", () => {
        it("run in an environment that exists, with an identity", async () => {
            const environment = `${rg}/providers/Microsoft.App/managedEnvironments/cae`;
            const app = `${rg}/providers/Microsoft.App/containerApps/ca-worker`;
            const properties = { managedEnvironmentId: environment, template: { containers: [] } };
            await refused(arm("PUT", app, { location, properties }), 400, "InvalidParameterValueInContainerTemplate");
            await arm("PUT", environment, { location, properties: {} });
            const { status, body } = await arm("PUT", app, {
                location,
                identity: { type: "SystemAssigned" },
                properties,
            });
            assert.equal(status, 201);
            assert.ok(sandbox.cloud.servicePrincipals.has(body.identity.principalId));
            await refused(
                arm("PUT", app.replace("ca-worker", "CA_Worker"), { location, properties }),
                400,
                "ContainerAppInvalidName",
            );
        });
    });
});
