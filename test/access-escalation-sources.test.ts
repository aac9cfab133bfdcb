import assert from "node:assert/strict";
import { escalationPaths } from "../access/escalation.ts";
import type { AccessModel, CodeSource, Host, Place, Right } from "../access/model.ts";
import { A, B, host, identity, modelOf, permission, placed, role } from "./access-escalation-models.ts";

const RULES_TENANT = "RoleManagement.ReadWrite.Directory";
const ACCOUNT = placed("Microsoft.Storage/storageAccounts", "st", B);
const CONTAINER = placed("Microsoft.Storage/storageAccounts/blobServices/containers", "releases", ACCOUNT);
const OTHER = placed("Microsoft.Storage/storageAccounts/blobServices/containers", "uploads", ACCOUNT);
const REGISTRY = placed("Microsoft.ContainerRegistry/registries", "cr", B);
const CLUSTER = "Microsoft.ContainerService/managedClusters";

const modelWith = (rights: readonly Right[], more: Partial<Host>, type = "Microsoft.Web/sites"): AccessModel =>
    modelOf({
        principals: [identity("id"), identity("strong"), { key: "host", kind: "system-assigned", name: "host" }],
        hosts: [{ ...host("host", type, A, ["strong"]), ...more }],
        rights: [permission("strong", RULES_TENANT), ...rights],
    });

/** By which edges `id` becomes the host, or not. */
const edges = (model: AccessModel): readonly string[] =>
    escalationPaths(model)
        .filter(({ from }) => from === "id")
        .map(({ hops, certain }) => `${hops[0]?.edge ?? ""}${certain ? "" : " perhaps"}`);

const bySource = (source: CodeSource, name: string, scope: Place): readonly string[] =>
    edges(modelWith([role("id", name, scope)], { sources: [source] }));

type Case = readonly [role: string, scope: Place, expected: readonly string[]];

const check = (source: CodeSource, cases: readonly Case[]): void => {
    for (const [name, scope, expected] of cases)
        it(`${name} on ${scope.name ?? ""}: ${expected.join() || "no way"}`, () =>
            assert.deepEqual(bySource(source, name, scope), expected));
};

describe("who becomes a host whose code is a package in a container", () => {
    check({ kind: "package", place: CONTAINER }, [
        ["Storage Blob Data Contributor", CONTAINER, ["PackageWriter"]],
        ["Storage Blob Data Owner", ACCOUNT, ["PackageWriter"]],
        ["Storage Blob Data Contributor", B, ["PackageWriter"]],
        ["Storage Blob Data Contributor", OTHER, []],
        ["Storage Blob Data Contributor", A, []],
        ["Storage Blob Data Reader", ACCOUNT, []],
        ["Storage Queue Data Contributor", ACCOUNT, []],
        ["Storage File Data SMB Share Contributor", ACCOUNT, []],
        ["Storage Account Contributor", ACCOUNT, ["StorageKeyReader"]],
        ["Reader and Data Access", B, ["StorageKeyReader"]],
        ["Contributor", ACCOUNT, ["AZContributor"]],
        ["User Access Administrator", ACCOUNT, ["AZUserAccessAdministrator"]],
        ["Website Contributor", B, []],
    ]);

    it("no holder of a key where the account takes none", () => {
        const source = { kind: "package", place: CONTAINER, keyless: true } as const;
        assert.deepEqual(bySource(source, "Storage Account Contributor", ACCOUNT), []);
        assert.deepEqual(bySource(source, "Storage Blob Data Contributor", ACCOUNT), ["PackageWriter"]);
    });

    it("perhaps one whose role has a condition, which may leave the container out", () => {
        const condition = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'x'";
        const right = role("id", "Storage Blob Data Contributor", ACCOUNT, { condition });
        assert.deepEqual(edges(modelWith([right], { sources: [{ kind: "package", place: CONTAINER }] })), [
            "PackageWriter perhaps",
        ]);
    });

    it("not the identity that the host alone acts with: its code acts with the others as it is", () => {
        const source = { kind: "package", place: CONTAINER } as const;
        const writes = (who: string): Right => role(who, "Storage Blob Data Owner", ACCOUNT);
        const from = (who: string, more: Partial<AccessModel> = {}): readonly string[] =>
            escalationPaths({
                ...modelWith([writes(who)], { identities: ["host", "strong"], sources: [source] }),
                ...more,
            })
                .filter(path => path.from === who)
                .map(({ hops }) => hops[0]?.edge ?? "");
        assert.deepEqual(from("host"), []);
        assert.deepEqual(from("id"), ["PackageWriter"]);
        const other = { ...host("other", "Microsoft.Web/sites", A, ["strong"]), sources: [source] };
        const both = modelWith([], { identities: ["host"], sources: [source] }).hosts;
        assert.deepEqual(from("host", { hosts: [...both, other] }), ["PackageWriter"]);
    });

    it("in words that name the host and the right on what keeps its code", () => {
        const model = modelWith([role("id", "Storage Account Contributor", ACCOUNT)], {
            sources: [{ kind: "package", place: CONTAINER }],
        });
        assert.equal(
            escalationPaths(model).find(({ from }) => from === "id")?.hops[0]?.words,
            "can by a key of its storage change what is run by 'host' and so act as 'strong' (role 'Storage Account Contributor' on resource 'st')",
        );
    });
});

describe("who becomes a host whose code is in a file share", () => {
    check({ kind: "share", place: ACCOUNT }, [
        ["Storage File Data Privileged Contributor", ACCOUNT, ["PackageWriter"]],
        ["Storage Account Key Operator Service Role", ACCOUNT, ["StorageKeyReader"]],
        ["Storage Blob Data Owner", ACCOUNT, []],
    ]);
});

describe("who may become a host whose code is somewhere in a storage account", () => {
    check({ kind: "account", place: ACCOUNT }, [
        ["Storage Blob Data Contributor", ACCOUNT, ["PackageWriter perhaps"]],
        ["Storage Account Contributor", ACCOUNT, ["StorageKeyReader perhaps"]],
        ["Storage Blob Data Reader", ACCOUNT, []],
        ["Storage Table Data Contributor", ACCOUNT, []],
    ]);
});

describe("who becomes a host that runs images of a registry", () => {
    check({ kind: "image", place: REGISTRY }, [
        ["AcrPush", REGISTRY, ["RegistryPush"]],
        ["AcrPush", B, ["RegistryPush"]],
        ["AcrPush", A, []],
        ["AcrPull", REGISTRY, []],
        ["AcrDelete", REGISTRY, []],
        ["Container Registry Tasks Contributor", REGISTRY, ["RegistryPush"]],
        ["Container Registry Repository Writer", REGISTRY, ["RegistryWriter"]],
        [
            "Container Registry Contributor and Data Access Configuration Administrator",
            REGISTRY,
            ["RegistryCredential perhaps"],
        ],
    ]);
    describe("perhaps, where the image is not known", () => {
        check({ kind: "pulled", place: REGISTRY }, [["AcrPush", REGISTRY, ["RegistryPush perhaps"]]]);
    });
});

describe("who becomes what runs in a cluster", () => {
    const pull = role("strong", "AcrPull", REGISTRY);

    it("perhaps one that pushes images to where its machines pull from", () => {
        assert.deepEqual(edges(modelWith([pull, role("id", "AcrPush", REGISTRY)], {}, CLUSTER)), [
            "RegistryPush perhaps",
        ]);
        assert.deepEqual(edges(modelWith([role("id", "AcrPush", REGISTRY)], {}, CLUSTER)), []);
        assert.deepEqual(edges(modelWith([pull, role("id", "AcrPush", REGISTRY)], {})), []);
    });

    it("as the identity that pulls and the workloads that the cluster signs in, not as the cluster's own", () => {
        const model = modelWith([role("host", "AcrPull", REGISTRY), role("id", "AcrPush", REGISTRY)], {}, CLUSTER);
        const hosts = model.hosts.map(each => ({ ...each, identities: ["host", "strong"] }));
        assert.deepEqual(edges({ ...model, hosts }), []);
        const entry = { key: "fic", urn: "fic", principal: "strong", kind: "federated-credential" } as const;
        const issued = { ...model, hosts: model.hosts.map(each => ({ ...each, identities: ["host"] })) };
        assert.deepEqual(edges({ ...issued, entries: [{ ...entry, issuedBy: "host" }] }), ["RegistryPush perhaps"]);
    });

    it("and what its machines act with, where that is told apart from its own", () => {
        const admin = role("id", "Azure Kubernetes Service Cluster Admin Role", A);
        assert.deepEqual(edges(modelWith([admin], {}, CLUSTER)), ["AZAKSContributor"]);
        assert.deepEqual(edges(modelWith([admin], { machines: ["strong"] }, CLUSTER)), ["AZAKSContributor"]);
        assert.deepEqual(edges(modelWith([admin], { machines: ["host"] }, CLUSTER)), []);
    });

    it("one that lists the credential of its users, where that is its administrator's", () => {
        const user = role("id", "Azure Kubernetes Service Cluster User Role", A);
        assert.deepEqual(edges(modelWith([user], { openToUsers: true }, CLUSTER)), ["ClusterUserCredential"]);
        assert.deepEqual(edges(modelWith([user], {}, CLUSTER)), []);
    });

    it("one that the cluster names as its administrator, and who may join such a group", () => {
        assert.deepEqual(edges(modelWith([], { administrators: ["id"] }, CLUSTER)), ["AKSAdministrator"]);
        const model = modelWith([permission("id", "GroupMember.ReadWrite.All")], { administrators: ["ops"] }, CLUSTER);
        const ops = { key: "ops", kind: "group", name: "ops" } as const;
        assert.deepEqual(
            escalationPaths({ ...model, principals: [...model.principals, ops] }).map(({ from, hops }) =>
                [from, ...hops.map(({ edge }) => edge)].join(" "),
            ),
            ["id AZMGAddMember AKSAdministrator AZMGGrantRole", "ops AKSAdministrator AZMGGrantRole"],
        );
    });
});

describe("who may become the server of a database", () => {
    const SERVERS = [
        "Microsoft.Sql/servers",
        "Microsoft.Sql/managedInstances",
        "Microsoft.DBforPostgreSQL/flexibleServers",
    ];
    for (const type of SERVERS)
        it(`its administrator, on ${type}`, () => {
            const [path] = escalationPaths(modelWith([], { administrators: ["id"] }, type));
            assert.equal(path?.certain, false);
            assert.deepEqual(
                path.hops.map(({ words }) => words.replace(/ \(.*/, "")),
                [
                    "may be able to as its administrator send requests from 'host' and so act as 'strong'",
                    `holds permission '${RULES_TENANT}' on Microsoft Graph`,
                ],
            );
            assert.equal(path.cut, `strong ${RULES_TENANT}`);
        });

    it("one that may name its administrator", () => {
        const by = (name: string, type: string): readonly string[] => edges(modelWith([role("id", name)], {}, type));
        assert.deepEqual(by("SQL Server Contributor", "Microsoft.Sql/servers"), ["DatabaseContributor perhaps"]);
        assert.deepEqual(by("SQL Managed Instance Contributor", "Microsoft.Sql/managedInstances"), [
            "DatabaseContributor perhaps",
        ]);
        assert.deepEqual(by("SQL DB Contributor", "Microsoft.Sql/servers"), []);
    });

    it("not that of MySQL, which uses its identity for nothing that its users ask for", () => {
        assert.deepEqual(edges(modelWith([], { administrators: ["id"] }, "Microsoft.DBforMySQL/flexibleServers")), []);
    });
});
