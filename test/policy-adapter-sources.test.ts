import assert from "node:assert/strict";
import type { AccessModel, Host } from "../access/model.ts";
import { accessModelOf } from "../policy-pack/adapter/access-model.ts";
import {
    asPlan,
    asState,
    directoryGroup,
    group,
    GUID,
    identity,
    type Made,
    Ref,
    urnOfMade,
} from "./policy-adapter-world.ts";
import { STACK_URN } from "./policy-support.ts";

const rg = group("a");
const id = identity("one", rg, 1);
const ops = directoryGroup("ops", 40);
const inGroup = { resourceGroupName: new Ref(rg, "name") };
const armId = (path: string): string => `${rg.id}/providers/${path}`;

const account: Made = {
    type: "azure-native:storage:StorageAccount",
    name: "code",
    id: armId("Microsoft.Storage/storageAccounts/stcode"),
    inputs: { ...inGroup, accountName: "stcode", kind: "StorageV2" },
    outputs: { name: "stcode", type: "Microsoft.Storage/storageAccounts" },
};
const keyless: Made = {
    ...account,
    name: "keyless",
    id: armId("Microsoft.Storage/storageAccounts/stkeyless"),
    inputs: { ...inGroup, accountName: "stkeyless", allowSharedKeyAccess: false },
    outputs: { name: "stkeyless", type: "Microsoft.Storage/storageAccounts" },
};
const container: Made = {
    type: "azure-native:storage:BlobContainer",
    name: "releases",
    id: armId("Microsoft.Storage/storageAccounts/stcode/blobServices/default/containers/releases"),
    inputs: { ...inGroup, accountName: new Ref(account, "name"), containerName: "releases" },
    outputs: { name: "releases", type: "Microsoft.Storage/storageAccounts/blobServices/containers" },
};
const registry: Made = {
    type: "azure-native:containerregistry:Registry",
    name: "images",
    id: armId("Microsoft.ContainerRegistry/registries/crimages"),
    inputs: { ...inGroup, registryName: "crimages" },
    outputs: {
        name: "crimages",
        loginServer: "crimages.azurecr.io",
        type: "Microsoft.ContainerRegistry/registries",
    },
};
const STORES = [account, keyless, container, registry];

const acting = { type: "UserAssigned", userAssignedIdentities: [new Ref(id, "id")] };

const host = (type: string, inputs: Readonly<Record<string, unknown>>, path = "Microsoft.Web/sites/app"): Made => ({
    type,
    name: "host",
    id: armId(path),
    inputs: { ...inGroup, name: "app", identity: acting, ...inputs },
});

const app = (settings: readonly (readonly [string, unknown])[], more: object = {}): Made =>
    host("azure-native:web:WebApp", {
        siteConfig: { appSettings: settings.map(([name, value]) => ({ name, value })), ...more },
    });

const modelsOf = (...program: readonly Made[]): readonly AccessModel[] => {
    const whole = [rg, id, ops, ...STORES, ...program];
    return [accessModelOf(asPlan(whole, () => true)), accessModelOf(asState(whole))];
};

const hostIn = (model: AccessModel, made: Made): Host | undefined =>
    model.hosts.find(({ key }) => key === urnOfMade(made));

const short = (found: Host | undefined): readonly string[] =>
    (found?.sources ?? []).map(({ kind, place, keyless: none }) =>
        [kind, place.urn?.split("::").at(-1) ?? `${place.within?.name ?? ""}/${place.name ?? ""}`, none && "keyless"]
            .filter(Boolean)
            .join(" "),
    );

const CONNECTION = "DefaultEndpointsProtocol=https;AccountName=stcode;AccountKey=x;EndpointSuffix=core.windows.net";

const CASES: readonly (readonly [fact: string, made: Made, plan: readonly string[], state?: readonly string[]])[] = [
    ["of an app with none of it elsewhere: none", app([["WEBSITE_RUN_FROM_PACKAGE", "1"]]), []],
    [
        "a package by its address: the container",
        app([["WEBSITE_RUN_FROM_PACKAGE", "https://stcode.blob.core.windows.net/releases/app.zip"]]),
        ["package releases"],
    ],
    [
        "a package in a container that the stack does not make",
        app([["WEBSITE_RUN_FROM_PACKAGE", "https://stcode.blob.core.windows.net/others/app.zip?sig=x"]]),
        ["package stcode/others"],
    ],
    [
        "a package in an account that the stack does not make: none",
        app([["WEBSITE_RUN_FROM_PACKAGE", "https://elsewhere.blob.core.windows.net/others/app.zip"]]),
        [],
    ],
    [
        "the account of a function app, by its name",
        app([["AzureWebJobsStorage__accountName", new Ref(keyless, "name")]]),
        ["account keyless keyless"],
    ],
    [
        "the account and the share of a function app, by their connection strings",
        app([
            ["AzureWebJobsStorage", CONNECTION],
            ["WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", CONNECTION],
        ]),
        ["account code", "share code"],
    ],
    ["a secret of a vault: none", app([["AzureWebJobsStorage", "@Microsoft.KeyVault(SecretUri=https://x)"]]), []],
    [
        "the container of a function app of the flexible plan",
        host("azure-native:web:WebApp", {
            functionAppConfig: {
                deployment: {
                    storage: { type: "blobContainer", value: "https://stcode.blob.core.windows.net/releases" },
                },
            },
        }),
        ["package releases"],
    ],
    [
        "the account of a function app of classic azure",
        host("azure:appservice/linuxFunctionApp:LinuxFunctionApp", {
            storageAccountName: new Ref(account, "name"),
            appSettings: { WEBSITE_RUN_FROM_PACKAGE: "https://stcode.blob.core.windows.net/releases/app.zip" },
        }),
        ["package releases", "account code"],
    ],
    [
        "an image of a registry of the stack",
        app([], { linuxFxVersion: "DOCKER|crimages.azurecr.io/app:latest" }),
        ["image images"],
    ],
    [
        "images of a container app, but for those by digest and those of others",
        host("azure-native:app:ContainerApp", {
            template: {
                containers: [
                    { image: "mcr.microsoft.com/k8se/quickstart:latest" },
                    { image: "crimages.azurecr.io/side@sha256:0123" },
                ],
            },
        }),
        [],
    ],
    [
        "an image whose registry is not known before it exists",
        host("azure-native:app:ContainerApp", {
            template: { containers: [{ image: new Ref(registry, "loginServer") }] },
        }),
        ["image images"],
    ],
    [
        "images of a container group of classic azure",
        host("azure:containerservice/group:Group", { containers: [{ image: "crimages.azurecr.io/job:2" }] }),
        ["image images"],
    ],
    [
        "the account of a batch account",
        host("azure-native:batch:BatchAccount", { autoStorage: { storageAccountId: new Ref(account, "id") } }),
        ["account code"],
    ],
    [
        "the account of a workspace",
        host("azure-native:machinelearningservices:Workspace", { storageAccount: new Ref(account, "id") }),
        ["account code"],
    ],
    [
        "the account of a script",
        host("azure-native:resources:AzureCliScript", {
            primaryScriptUri: "https://stcode.blob.core.windows.net/releases/run.sh",
        }),
        ["account code"],
    ],
];

describe("what a host runs from elsewhere", () => {
    for (const [fact, made, plan, state = plan] of CASES)
        it(fact, () => {
            const [first, deployed] = modelsOf(made).map(model => short(hostIn(model, made)));
            assert.deepEqual([first, deployed], [plan, state]);
        });

    it("what all of its settings come from, where not even their names are known", () => {
        const from = (made: Made, kind: string): readonly string[] => {
            const blind = host("azure-native:web:WebApp", { siteConfig: new Ref(made, "name"), kind });
            return short(modelsOf(blind)[0]?.hosts.find(({ key }) => key === urnOfMade(blind)));
        };
        assert.deepEqual(from(account, "functionapp,linux"), ["account code"]);
        assert.deepEqual(from(container, "functionapp"), ["account releases"]);
        assert.deepEqual(from(container, "app"), ["account releases"]);
        assert.deepEqual(from(account, "app"), []);
    });

    it("what the settings say that are a resource of their own", () => {
        const made = app([]);
        const settings: Made = {
            type: "azure-native:web:WebAppApplicationSettings",
            name: "settings",
            id: `${made.id}/config/appsettings`,
            inputs: {
                ...inGroup,
                name: new Ref(made, "name"),
                properties: { WEBSITE_RUN_FROM_PACKAGE: "https://stcode.blob.core.windows.net/releases/app.zip" },
            },
        };
        for (const model of modelsOf(made, settings))
            assert.deepEqual(short(hostIn(model, made)), ["package releases"]);
    });

    it("the files of a machine's script", () => {
        const made = host("azure-native:compute:VirtualMachine", {}, "Microsoft.Compute/virtualMachines/app");
        const script: Made = {
            type: "azure-native:compute:VirtualMachineExtension",
            name: "script",
            id: `${made.id}/extensions/script`,
            inputs: {
                ...inGroup,
                vmName: new Ref(made, "name"),
                settings: { fileUris: ["https://stcode.blob.core.windows.net/releases/run.ps1"] },
            },
        };
        for (const model of modelsOf(made, script)) assert.deepEqual(short(hostIn(model, made)), ["account code"]);
    });
});

const CLUSTER = "Microsoft.ContainerService/managedClusters/app";
const PERSON = `object:${GUID(77)}`;
const OPS = urnOfMade(ops);
const ID = urnOfMade(id);

const server = (type: string, path: string, inputs: Readonly<Record<string, unknown>> = {}): Made =>
    host(type, { serverName: "app", ...inputs }, path);

const child = (type: string, inputs: Readonly<Record<string, unknown>>): Made => ({
    type,
    name: "administrator",
    id: armId("Microsoft.Example/administrators/one"),
    inputs: { ...inGroup, ...inputs },
});

const sql = server("azure-native:sql:Server", "Microsoft.Sql/servers/app");
const postgres = server("azure-native:dbforpostgresql:Server", "Microsoft.DBforPostgreSQL/flexibleServers/app");
const classicPostgres = host(
    "azure:postgresql/flexibleServer:FlexibleServer",
    {},
    "Microsoft.DBforPostgreSQL/flexibleServers/app",
);

const ADMINISTERED: readonly (readonly [fact: string, program: readonly Made[], administrators: readonly string[]])[] =
    [
        ["nobody, where it says none", [sql], []],
        [
            "the group of a cluster that the stack makes, and one that it does not",
            [
                host(
                    "azure-native:containerservice:ManagedCluster",
                    { aadProfile: { managed: true, adminGroupObjectIDs: [new Ref(ops, "objectId"), GUID(77)] } },
                    CLUSTER,
                ),
            ],
            [PERSON, OPS],
        ],
        [
            "the group of a cluster of classic azure",
            [
                host(
                    "azure:containerservice/kubernetesCluster:KubernetesCluster",
                    { azureActiveDirectoryRoleBasedAccessControl: { adminGroupObjectIds: [GUID(77)] } },
                    CLUSTER,
                ),
            ],
            [PERSON],
        ],
        [
            "the administrator of an SQL server",
            [server("azure-native:sql:Server", "Microsoft.Sql/servers/app", { administrators: { sid: GUID(77) } })],
            [PERSON],
        ],
        [
            "one that is a resource of its own",
            [
                sql,
                child("azure-native:sql:ServerAzureADAdministrator", {
                    serverName: new Ref(sql, "name"),
                    sid: GUID(77),
                }),
            ],
            [PERSON],
        ],
        [
            "one that names the server by a text",
            [postgres, child("azure-native:dbforpostgresql:Administrator", { serverName: "app", objectId: GUID(77) })],
            [PERSON],
        ],
        [
            "one of classic azure, whose id is not known before it exists",
            [
                classicPostgres,
                child(
                    "azure:postgresql/flexibleServerActiveDirectoryAdministrator:FlexibleServerActiveDirectoryAdministrator",
                    { serverName: new Ref(classicPostgres, "name"), objectId: new Ref(ops, "objectId") },
                ),
            ],
            [OPS],
        ],
    ];

describe("who administers a host by its own word", () => {
    for (const [fact, program, administrators] of ADMINISTERED)
        it(fact, () => {
            for (const model of modelsOf(...program)) {
                const found = hostIn(model, program[0] as Made)?.administrators ?? [];
                assert.deepEqual([...found].sort(), administrators);
                const known = new Set(model.principals.map(({ key }) => key));
                assert.ok(administrators.every(key => known.has(key)));
            }
        });

    it("and takes the administrators of a cluster for a group", () => {
        const made = host(
            "azure-native:containerservice:ManagedCluster",
            { aadProfile: { adminGroupObjectIDs: [GUID(77)] } },
            CLUSTER,
        );
        for (const { principals } of modelsOf(made))
            assert.equal(principals.find(({ key }) => key === PERSON)?.kind, "group");
    });
});

describe("a cluster whose users are its administrators", () => {
    const NATIVE = "azure-native:containerservice:ManagedCluster";
    const isOpen = (inputs: Readonly<Record<string, unknown>>, type = NATIVE): boolean[] => {
        const made = host(type, inputs, CLUSTER);
        return modelsOf(made).map(model => hostIn(model, made)?.openToUsers === true);
    };

    it("is one without Entra ID", () => {
        assert.deepEqual(isOpen({}), [true, true]);
        assert.deepEqual(isOpen({}, "azure:containerservice/kubernetesCluster:KubernetesCluster"), [true, true]);
        assert.deepEqual(isOpen({}, "azure-native:web:WebApp"), [false, false]);
    });

    it("is none with it, nor without local accounts, nor an automatic one", () => {
        assert.deepEqual(isOpen({ aadProfile: { managed: true } }), [false, false]);
        assert.deepEqual(isOpen({ disableLocalAccounts: true }), [false, false]);
        assert.deepEqual(isOpen({ sku: { name: "Automatic" } }), [false, false]);
    });
});

describe("the identities of a cluster's machines", () => {
    const machines = (inputs: Readonly<Record<string, unknown>>): readonly (readonly string[] | undefined)[] => {
        const made = host("azure-native:containerservice:ManagedCluster", inputs, CLUSTER);
        return modelsOf(made).map(model => hostIn(model, made)?.machines);
    };
    const own = [`${STACK_URN}azure-native:containerservice:ManagedCluster::host`];

    it("are told apart from the one that Azure manages it with", () => {
        const given = { identityProfile: { kubeletidentity: { resourceId: new Ref(id, "id") } } };
        assert.deepEqual(machines({ identity: { type: "SystemAssigned" }, ...given }), [[ID], [ID]]);
        assert.deepEqual(machines({}), [own, own]);
    });

    it("are its own where it has but one", () => {
        assert.deepEqual(machines({ identity: { type: "SystemAssigned" } }), [own, own]);
    });
});

describe("a stack with code elsewhere", () => {
    it("says the same of a host by URN before and after it is deployed", () => {
        const made = app([["AzureWebJobsStorage__accountName", new Ref(account, "name")]]);
        const [plan, state] = modelsOf(made).map(model => hostIn(model, made)?.sources?.map(({ place }) => place.urn));
        assert.deepEqual([plan, state], [[`${STACK_URN}${account.type}::code`], [`${STACK_URN}${account.type}::code`]]);
    });
});
