import assert from "node:assert/strict";
import type { Place } from "../access/model.ts";
import { accessModelOf } from "../policy-pack/adapter/access-model.ts";
import {
    application,
    asPlan,
    asState,
    group,
    GUID,
    identity,
    type Made,
    Ref,
    servicePrincipal,
    urnOfMade,
} from "./policy-adapter-world.ts";
import { GROUP_SCOPE, SUBSCRIPTION_SCOPE, UNKNOWN } from "./policy-support.ts";

const rg = group("a");
const one = identity("one", rg, 1);
const two = identity("two", rg, 2);
const ids = (...made: readonly Made[]): unknown[] => made.map(each => new Ref(each, "id"));
const [ONE, TWO] = [urnOfMade(one), urnOfMade(two)];
const OUTSIDE = `${SUBSCRIPTION_SCOPE}/resourceGroups/rg-z/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-z`;

const host = (type: string, identityBlock: unknown, more: Partial<Made> = {}): Made => ({
    type,
    name: "host",
    id: `${GROUP_SCOPE}/providers/Microsoft.Example/hosts/host`,
    inputs: { resourceGroupName: new Ref(rg, "name"), name: "host", identity: identityBlock },
    ...more,
});
const SELF = "self";

/** Who acts where, in a plan in which nothing exists and in the state after it. */
const identitiesOf = (made: Made): readonly (readonly string[] | undefined)[] => {
    const program = [rg, one, two, made];
    return [accessModelOf(asPlan(program, () => true)), accessModelOf(asState(program))].map(({ hosts }) =>
        hosts.find(({ key }) => key === urnOfMade(made))?.identities.map(key => (key === urnOfMade(made) ? SELF : key)),
    );
};

const CASES: readonly (readonly [fact: string, made: Made, expected: readonly string[] | undefined])[] = [
    ["an identity of its own", host("azure-native:web/v20230101:WebApp", { type: "SystemAssigned" }), [SELF]],
    [
        "identities in a list, as azure-native takes them",
        host("azure-native:app:ContainerApp", { type: "UserAssigned", userAssignedIdentities: ids(one, two) }),
        [ONE, TWO],
    ],
    [
        "both, in any case",
        host("azure-native:logic:Workflow", { type: "systemassigned,userassigned", userAssignedIdentities: ids(one) }),
        [SELF, ONE],
    ],
    [
        "identities of classic azure",
        host("azure:appservice/linuxFunctionApp:LinuxFunctionApp", { type: "UserAssigned", identityIds: ids(two) }),
        [TWO],
    ],
    [
        "a block that is a list of one, as bridged providers write some",
        host("azurerm:index/linuxVirtualMachine:LinuxVirtualMachine", [
            { type: "SystemAssigned, UserAssigned", identityIds: ids(one) },
        ]),
        [SELF, ONE],
    ],
    [
        "identities by ids as keys, of older azure-native, and of others",
        host("azure-native:compute:VirtualMachine", {
            type: "UserAssigned",
            userAssignedIdentities: { [OUTSIDE]: {} },
        }),
        [`object:${OUTSIDE.toLowerCase()}`],
    ],
    [
        "what the stack makes, by its literal id",
        host("azure-native:batch:Pool", { type: "UserAssigned", userAssignedIdentities: [{ resourceId: one.id }] }),
        [ONE],
    ],
    [
        "the identity that a cluster's machines are given, beside its own",
        host(
            "azure-native:containerservice:ManagedCluster",
            { type: "SystemAssigned" },
            {
                inputs: {
                    resourceGroupName: "rg-a",
                    resourceName: "host",
                    identity: { type: "SystemAssigned" },
                    identityProfile: { kubeletidentity: { resourceId: new Ref(two, "id") } },
                },
                outputs: { identityProfile: { kubeletidentity: { resourceId: two.id, objectId: GUID(2) } } },
            },
        ),
        [SELF, TWO],
    ],
    [
        "just the identities that a cluster and its machines are given",
        host(
            "azure:containerservice/kubernetesCluster:KubernetesCluster",
            { type: "UserAssigned", identityIds: ids(one) },
            {
                inputs: {
                    resourceGroupName: "rg-a",
                    name: "host",
                    identity: { type: "UserAssigned", identityIds: ids(one) },
                    kubeletIdentity: {
                        userAssignedIdentityId: new Ref(two, "id"),
                        objectId: new Ref(two, "principalId"),
                    },
                },
            },
        ),
        [ONE, TWO],
    ],
    [
        "just the identities that a cluster and its machines are given, where those are a list",
        host(
            "azure:containerservice/kubernetesCluster:KubernetesCluster",
            { type: "UserAssigned", identityIds: ids(one) },
            {
                inputs: {
                    resourceGroupName: "rg-a",
                    name: "host",
                    identity: { type: "UserAssigned", identityIds: ids(one) },
                    kubeletIdentities: [{ userAssignedIdentityId: new Ref(two, "id") }],
                },
            },
        ),
        [ONE, TWO],
    ],
    [
        "the identities of the machines of a Service Fabric node type",
        host("azure-native:servicefabric:NodeType", undefined, {
            inputs: {
                resourceGroupName: "rg-a",
                clusterName: "fabric",
                nodeTypeName: "host",
                vmManagedIdentity: { userAssignedIdentities: [new Ref(one, "id"), OUTSIDE] },
            },
        }),
        [ONE, `object:${OUTSIDE.toLowerCase()}`],
    ],
    ["its own where the type is not known", host("azure-native:web:WebApp", { type: UNKNOWN }), [SELF]],
    ["none where the type says so", host("azure-native:web:WebApp", { type: "None" }), []],
    ["nothing where there is no identity", host("azure-native:web:WebApp", undefined), undefined],
];

describe("what acts with identities", () => {
    for (const [fact, made, expected] of CASES)
        it(`has ${fact}`, () => assert.deepEqual(identitiesOf(made), [expected, expected]));

    it("is what keeps the kubelet's identity, which is its own", () => {
        const cluster = host(
            "azure:containerservice/kubernetesCluster:KubernetesCluster",
            { type: "UserAssigned", identityIds: ids(one) },
            { outputs: { kubeletIdentities: [], kubeletIdentity: { objectId: GUID(40), clientId: GUID(41) } } },
        );
        const pull: Made = {
            type: "azure:authorization/assignment:Assignment",
            name: "pull",
            id: "/made/pull",
            inputs: {
                principalId: new Ref(cluster, "kubeletIdentity.objectId"),
                roleDefinitionName: "AcrPull",
                scope: GROUP_SCOPE,
            },
        };
        const program = [rg, one, cluster, pull];
        for (const resources of [asPlan(program, () => true), asState(program), asState(program.slice(0, 3))]) {
            const { hosts, rights } = accessModelOf(resources);
            assert.deepEqual(hosts[0]?.identities, [urnOfMade(cluster), ONE]);
            for (const { holder } of rights) assert.equal(holder, urnOfMade(cluster));
        }
    });

    it("is what keeps the kubelet's identity in a list, as older classic azure writes it", () => {
        const cluster = host(
            "azure:containerservice/kubernetesCluster:KubernetesCluster",
            { type: "UserAssigned", identityIds: ids(one) },
            { outputs: { kubeletIdentities: [{ objectId: GUID(40), clientId: GUID(41) }] } },
        );
        const pull: Made = {
            type: "azure:authorization/assignment:Assignment",
            name: "pull",
            id: "/made/pull",
            inputs: { principalId: GUID(40), roleDefinitionName: "AcrPull", scope: GROUP_SCOPE },
        };
        const { rights } = accessModelOf(asState([rg, one, cluster, pull]));
        assert.deepEqual(
            rights.map(({ holder }) => holder),
            [urnOfMade(cluster)],
        );
    });

    it("is a cluster, as its own and those that are bound to its workloads, each once", () => {
        const cluster = host("azure-native:containerservice:ManagedCluster", undefined, {
            inputs: {
                resourceGroupName: new Ref(rg, "name"),
                resourceName: "host",
                identity: { type: "UserAssigned", userAssignedIdentities: ids(one) },
            },
        });
        const binding = (of: Made, resourceName: unknown): Made => ({
            type: "azure-native:containerservice:IdentityBinding",
            name: `binding-${of.name}`,
            id: `/made/binding-${of.name}`,
            inputs: {
                resourceGroupName: new Ref(rg, "name"),
                resourceName,
                properties: { managedIdentity: { resourceId: new Ref(of, "id") } },
            },
        });
        for (const name of ["host", new Ref(cluster, "name")]) {
            const program = [rg, one, two, cluster, binding(one, name), binding(two, name)];
            for (const resources of [asPlan(program, () => true), asState(program)]) {
                const { hosts } = accessModelOf(resources);
                assert.deepEqual(
                    hosts.map(({ key, identities }) => [key, identities]),
                    [[urnOfMade(cluster), [urnOfMade(cluster), ONE, TWO]]],
                );
            }
        }
    });

    it("is what keeps the identities of its add-ons", () => {
        const provider = { secretIdentities: [{ objectId: GUID(44), clientId: GUID(45) }] };
        const cluster = host(
            "azure:containerservice/kubernetesCluster:KubernetesCluster",
            { type: "SystemAssigned" },
            { outputs: { identity: { principalId: GUID(43) }, keyVaultSecretsProvider: provider } },
        );
        const reads: Made = {
            type: "azure:keyvault/accessPolicy:AccessPolicy",
            name: "reads",
            id: "/made/reads",
            inputs: {
                objectId: new Ref(cluster, "keyVaultSecretsProvider.secretIdentities.0.objectId"),
                keyVaultId: `${GROUP_SCOPE}/providers/Microsoft.KeyVault/vaults/kv`,
                secretPermissions: ["Get"],
            },
        };
        for (const resources of [asPlan([rg, cluster, reads], () => true), asState([rg, cluster, reads])])
            assert.equal(accessModelOf(resources).rights[0]?.holder, urnOfMade(cluster));
    });

    it("is a resource whose identity holds a right, be the identity never mentioned", () => {
        const factory = host("azure-native:purview:Account", undefined, { inputs: { resourceGroupName: "rg-a" } });
        const right: Made = {
            type: "azure-native:authorization:RoleAssignment",
            name: "right",
            id: "/made/right",
            inputs: { principalId: new Ref(factory, "identity.principalId"), scope: GROUP_SCOPE },
        };
        const { hosts, rights } = accessModelOf(asPlan([rg, factory, right], () => true));
        assert.deepEqual(hosts[0]?.identities, [urnOfMade(factory)]);
        assert.equal(rights[0]?.holder, urnOfMade(factory));
    });

    it("knows an identity of another stack by its object id, where Azure has told it", () => {
        const block = { type: "UserAssigned", userAssignedIdentities: { [OUTSIDE]: { principalId: GUID(40) } } };
        const made = host("azure-native:web:WebApp", block);
        const { hosts } = accessModelOf(asState([rg, made]));
        assert.deepEqual(hosts[0]?.identities, [`object:${GUID(40)}`]);
    });
});

const shown = (place: Place | undefined): readonly unknown[] =>
    place === undefined ? [] : [[place.kind, place.type, place.name, place.urn !== undefined], ...shown(place.within)];

describe("where a host is", () => {
    const at = (made: Made, isKnown: boolean): readonly unknown[] => {
        const program = [rg, one, two, made];
        const model = accessModelOf(isKnown ? asState(program) : asPlan(program, () => true));
        return shown(model.hosts[0]?.place);
    };
    const SYSTEM = { type: "SystemAssigned" };

    it("is known by type and name in its group, before either exists", () => {
        const made = host("azure-native:web:WebApp", SYSTEM);
        assert.deepEqual(at(made, false), [
            ["resource", "microsoft.web/sites", "host", true],
            ["resourceGroup", undefined, "rg-a", true],
        ]);
    });

    it("is in a group that is not of the stack", () => {
        const made = host("azure:automation/account:Account", SYSTEM, {
            inputs: { resourceGroupName: "RG-Other", name: "aa", identity: SYSTEM },
        });
        assert.deepEqual(at(made, false), [
            ["resource", "microsoft.automation/automationaccounts", "aa", true],
            ["resourceGroup", undefined, "rg-other", false],
        ]);
    });

    it("is in its subscription once its id is known", () => {
        const id = `${GROUP_SCOPE}/providers/Microsoft.Web/sites/host`;
        const made = host("azure-native:web:WebApp", SYSTEM, { id });
        assert.deepEqual(at(made, true).at(-1), [
            "subscription",
            undefined,
            SUBSCRIPTION_SCOPE.split("/").at(-1),
            false,
        ]);
    });
});

describe("the type and name of a resource", () => {
    const TYPES: readonly (readonly [token: string, nameKey: string, type: string])[] = [
        ["azure-native:app:ContainerApp", "containerAppName", "microsoft.app/containerapps"],
        ["azure-native:app:ContainerAppsSessionPool", "sessionPoolName", "microsoft.app/sessionpools"],
        ["azure-native:compute:VirtualMachine", "vmName", "microsoft.compute/virtualmachines"],
        ["azure-native:containerservice:ManagedCluster", "resourceName", "microsoft.containerservice/managedclusters"],
        ["azure-native:cosmosdb:DatabaseAccount", "accountName", "microsoft.documentdb/databaseaccounts"],
        ["azure-native:datafactory:Factory", "factoryName", "microsoft.datafactory/factories"],
        ["azure-native:logic:Workflow", "workflowName", "microsoft.logic/workflows"],
        ["azure-native:resources:AzurePowerShellScript", "scriptName", "microsoft.resources/deploymentscripts"],
        ["azure-native:search:Service", "searchServiceName", "microsoft.search/searchservices"],
        ["azure-native:servicefabric:NodeType", "nodeTypeName", "microsoft.servicefabric/managedclusters/nodetypes"],
        ["azure-native:storage/v20230101:StorageAccount", "accountName", "microsoft.storage/storageaccounts"],
        ["azure-native:web:WebApp", "name", "microsoft.web/sites"],
        ["azure-native:web:WebAppSlot", "slot", "microsoft.web/sites/slots"],
        ["azure:compute/virtualMachine:VirtualMachine", "name", "microsoft.compute/virtualmachines"],
        ["azure:containerservice/group:Group", "name", "microsoft.containerinstance/containergroups"],
        ["azurerm:index/kubernetesCluster:KubernetesCluster", "name", "microsoft.containerservice/managedclusters"],
    ];
    for (const [token, nameKey, type] of TYPES)
        it(`is known of ${token}, as Azure writes it`, () => {
            const inputs = { [nameKey]: "It", identity: { type: "SystemAssigned" } };
            const { hosts } = accessModelOf(asPlan([host(token, undefined, { inputs })], () => true));
            assert.deepEqual([hosts[0]?.place.type, hosts[0]?.place.name], [type, "it"]);
        });
});

describe("a resource of azapi", () => {
    it("is a host as any other, of the type that it declares", () => {
        const inputs = {
            type: "Microsoft.App/containerApps@2024-03-01",
            name: "it",
            identity: [{ type: "UserAssigned", identityIds: ids(one) }],
        };
        const { hosts } = accessModelOf(
            asPlan([rg, one, host("azapi:index/resource:Resource", 0, { inputs })], () => true),
        );
        assert.deepEqual([hosts[0]?.place.type, hosts[0]?.identities], ["microsoft.app/containerapps", [ONE]]);
    });
});

describe("how one signs in as another", () => {
    const app = application("app", 21);
    const sp = servicePrincipal("sp", app, 22);
    const credential = (inputs: Made["inputs"]): Made => ({
        type: "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
        name: "credential",
        id: "/made/credential",
        inputs: { applicationId: new Ref(app, "id"), audiences: ["api://AzureADTokenExchange"], ...inputs },
    });
    const entries = (...made: readonly Made[]) =>
        [asPlan([rg, one, app, sp, ...made], () => true), asState([rg, one, app, sp, ...made])].map(
            resources => accessModelOf(resources).entries[0],
        );

    it("is told of an application that takes the tokens of a managed identity", () => {
        const issuer = `https://login.microsoftonline.com/${GUID(7)}/v2.0`;
        for (const entry of entries(credential({ issuer, subject: new Ref(one, "principalId") })))
            assert.deepEqual([entry?.trusts, entry?.principal], [ONE, urnOfMade(sp)]);
    });

    it("is told of the cluster whose tokens are taken", () => {
        const cluster = host(
            "azure-native:containerservice:ManagedCluster",
            { type: "SystemAssigned" },
            { outputs: { oidcIssuerProfile: { issuerURL: "https://oidc.example/x/" } } },
        );
        const issuer = new Ref(cluster, "oidcIssuerProfile.issuerURL");
        for (const entry of entries(cluster, credential({ issuer, subject: "system:serviceaccount:jobs:nightly" })))
            assert.equal(entry?.issuedBy, urnOfMade(cluster));
        const literal = credential({
            issuer: "https://oidc.example/x/",
            subject: "system:serviceaccount:jobs:nightly",
        });
        assert.equal(entries(cluster, literal)[1]?.issuedBy, urnOfMade(cluster));
    });

    it("is told of the key vaults that a password is kept in", () => {
        const vault: Made = {
            type: "azure-native:keyvault:Vault",
            name: "kv",
            id: `${GROUP_SCOPE}/providers/Microsoft.KeyVault/vaults/kv-a`,
            inputs: { resourceGroupName: new Ref(rg, "name"), vaultName: "kv-a", properties: {} },
            outputs: { name: "kv-a" },
        };
        const password: Made = {
            type: "azuread:index/applicationPassword:ApplicationPassword",
            name: "password",
            id: "/made/password",
            inputs: { applicationId: new Ref(app, "id") },
            outputs: { value: "x" },
        };
        const secret: Made = {
            type: "azure-native:keyvault:Secret",
            name: "secret",
            id: "https://kv-a.vault.azure.net/secrets/s",
            inputs: { vaultName: new Ref(vault, "name"), properties: { value: new Ref(password, "value") } },
        };
        for (const entry of entries(vault, password, secret))
            assert.deepEqual(
                entry?.storedIn?.map(({ urn }) => urn),
                [urnOfMade(vault)],
            );
    });
});
