import assert from "node:assert/strict";
import { escalationPaths } from "../access/escalation.ts";
import type { AccessModel, Place, Principal, Right } from "../access/model.ts";
import { findRole, type RoleDefinition } from "../access/roles.ts";
import {
    A,
    AUTOMATION,
    B,
    directoryRole,
    host,
    identity,
    member,
    modelOf,
    owner,
    permission,
    placed,
    role,
    SUBSCRIPTION,
    UNDECIDED,
} from "./access-escalation-models.ts";

const RULES_TENANT = "RoleManagement.ReadWrite.Directory";
const system = (name: string): Principal => ({ key: name, kind: "system-assigned", name });
const person = (key: string, kind: Principal["kind"] = "user"): Principal => ({ key, kind, name: key });

/** Paths in short: who, by which edges, to which right, which right to take away. */
const short = (model: AccessModel): readonly string[] =>
    escalationPaths(model).map(({ from, hops, to, cut, certain }) => {
        const edges = hops.map(({ edge }) => edge).join(" ");
        return `${from}: ${edges} > ${to} (cut ${cut})${certain ? "" : " perhaps"}`;
    });

/** What `id` can make of a resource of a type whose identity rules the tenant. */
const over = (type: string, rights: readonly Right[], more: Partial<AccessModel> = {}): readonly string[] =>
    escalationPaths(
        modelOf({
            principals: [identity("id"), system("host")],
            hosts: [host("host", type)],
            rights: [permission("host", RULES_TENANT), ...rights],
            ...more,
        }),
    )
        .filter(({ from }) => from === "id")
        .map(({ hops, certain }) => `${hops[0]?.edge ?? ""}${certain ? "" : " perhaps"}`);

const custom = (
    actions: readonly string[],
    notActions: readonly string[] = [],
    dataActions: readonly string[] = [],
): Right => {
    const definition: RoleDefinition = {
        id: "",
        name: "custom",
        tier: 1,
        permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
    };
    return {
        ...(role("id", "Reader") as Extract<Right, { kind: "role" }>),
        key: "id custom",
        role: "custom",
        definition,
        tier: 1,
    };
};

const BY_ROLE: readonly (readonly [role: string, type: string, edge: string])[] = [
    ["Automation Contributor", AUTOMATION, "AZAutomationContributor"],
    ["Website Contributor", "Microsoft.Web/sites", "AZWebsiteContributor"],
    ["Website Contributor", "Microsoft.Web/sites/slots", "AZWebsiteContributor"],
    ["Logic App Contributor", "Microsoft.Logic/workflows", "AZLogicAppContributor"],
    ["Virtual Machine Contributor", "Microsoft.Compute/virtualMachines", "AZExecuteCommand"],
    ["Virtual Machine Contributor", "Microsoft.Compute/virtualMachineScaleSets", "AZExecuteCommand"],
    ["Virtual Machine Administrator Login", "Microsoft.Compute/virtualMachines", "AZVMAdminLogin"],
    ["Virtual Machine User Login", "Microsoft.Compute/virtualMachines", "VMUserLogin"],
    ["Azure Connected Machine Resource Administrator", "Microsoft.HybridCompute/machines", "AZExecuteCommand"],
    ["Azure Kubernetes Service Contributor Role", "Microsoft.ContainerService/managedClusters", "AZAKSContributor"],
    ["Azure Kubernetes Service RBAC Writer", "Microsoft.ContainerService/managedClusters", "AKSWorkloadWriter"],
    ["Container Apps Contributor", "Microsoft.App/containerApps", "ContainerAppContributor"],
    [
        "Azure Container Instances Contributor Role",
        "Microsoft.ContainerInstance/containerGroups",
        "ContainerGroupContributor",
    ],
    ["Data Factory Contributor", "Microsoft.DataFactory/factories", "DataFactoryContributor"],
    ["Azure Batch Account Contributor", "Microsoft.Batch/batchAccounts", "BatchContributor"],
    ["API Management Service Contributor", "Microsoft.ApiManagement/service", "ApiManagementContributor"],
    ["AzureML Data Scientist", "Microsoft.MachineLearningServices/workspaces", "MachineLearningContributor"],
    ["Contributor", "Microsoft.Resources/deploymentScripts", "AZContributor"],
    ["Owner", "Microsoft.Web/sites", "AZOwner"],
    ["User Access Administrator", "Microsoft.Web/sites", "AZUserAccessAdministrator"],
];

describe("who can act as the identity of a resource", () => {
    for (const [name, type, edge] of BY_ROLE)
        it(`${name} on ${type}: ${edge}`, () => assert.deepEqual(over(type, [role("id", name)]), [edge]));

    const HARMLESS: readonly (readonly [role: string, type: string])[] = [
        ["Reader", AUTOMATION],
        ["Automation Operator", AUTOMATION],
        ["Automation Job Operator", AUTOMATION],
        ["Logic App Operator", "Microsoft.Logic/workflows"],
        ["Web Plan Contributor", "Microsoft.Web/sites"],
        ["Virtual Machine Contributor", AUTOMATION],
        ["Azure Kubernetes Service RBAC Reader", "Microsoft.ContainerService/managedClusters"],
        ["Storage Account Contributor", "Microsoft.Storage/storageAccounts"],
        ["SQL Security Manager", "Microsoft.Sql/servers"],
        ["Contributor", "Microsoft.DBforMySQL/flexibleServers"],
    ];
    for (const [name, type] of HARMLESS)
        it(`not ${name} on ${type}`, () => assert.deepEqual(over(type, [role("id", name)]), []));

    it("goes by the actions of a custom role, and what it excludes", () => {
        const write = "Microsoft.Automation/automationAccounts/runbooks/write";
        assert.deepEqual(over(AUTOMATION, [custom([write])]), ["AZAutomationContributor"]);
        assert.deepEqual(over(AUTOMATION, [custom(["Microsoft.Automation/automationAccounts/jobs/*"])]), []);
        const contents = [
            "runbooks/*",
            "modules/*",
            "python*",
            "configurations/*",
            "compilationjobs/*",
            "nodeConfigurations/*",
            "powerShell72Modules/*",
            "runtimeEnvironments/*",
            "sourceControls/*",
        ];
        const excluded = contents.map(each => `Microsoft.Automation/automationAccounts/${each}`);
        assert.deepEqual(over(AUTOMATION, [custom(["Microsoft.Automation/*"], excluded)]), []);
        assert.deepEqual(over("Microsoft.Web/sites", [custom(["*"], ["Microsoft.Web/*"])]), ["AZOwner"]);
    });

    const CONTENT: readonly (readonly [type: string, action: string, edge: string])[] = [
        [AUTOMATION, "sourceControls/write", "AZAutomationContributor"],
        [AUTOMATION, "runtimeEnvironments/packages/write", "AZAutomationContributor"],
        [AUTOMATION, "powerShell72Modules/write", "AZAutomationContributor"],
        ["Microsoft.MachineLearningServices/workspaces", "schedules/write", "MachineLearningContributor"],
    ];
    for (const [type, action, edge] of CONTENT)
        it(`who may do ${action} on ${type}: ${edge}`, () =>
            assert.deepEqual(over(type, [custom([`${type}/${action}`])]), [edge]));

    it("goes by where a role is assigned: on the resource or around it, not beside it", () => {
        const places: readonly (readonly [Place, number])[] = [
            [placed(AUTOMATION, "host"), 1],
            [A, 1],
            [SUBSCRIPTION, 1],
            [{ kind: "tenant" }, 1],
            [B, 0],
            [placed(AUTOMATION, "other"), 0],
            [{ kind: "subscription", id: "/subscriptions/t" }, 0],
        ];
        for (const [place, count] of places)
            assert.equal(
                over(AUTOMATION, [role("id", "Automation Contributor", place)]).length,
                count,
                JSON.stringify(place),
            );
    });

    it("says perhaps where the scope, the role, the place or the type is not known", () => {
        const perhaps = ["AZAutomationContributor perhaps"];
        const contributor = role("id", "Automation Contributor") as Extract<Right, { kind: "role" }>;
        assert.deepEqual(over(AUTOMATION, [role("id", "Automation Contributor", UNDECIDED)]), perhaps);
        assert.deepEqual(over(AUTOMATION, [{ ...contributor, definition: UNDECIDED }]), perhaps);
        assert.deepEqual(over(AUTOMATION, [{ ...contributor, scope: { kind: "resourceGroup" } }]), perhaps);
        const somewhere = {
            ...host("host"),
            place: { kind: "resource", type: AUTOMATION.toLowerCase(), urn: "urn:host" },
        } as const;
        assert.deepEqual(over(AUTOMATION, [contributor], { hosts: [somewhere] }), perhaps);
        assert.deepEqual(over("Microsoft.New/things", [custom(["Microsoft.New/things/write"])]), [
            "ResourceContributor perhaps",
        ]);
        assert.deepEqual(
            over(AUTOMATION, [role("id", "Automation Contributor", { kind: "managementGroup", id: "/m" })]),
            perhaps,
        );
    });

    it("says perhaps of a resource and of what may be in its managed resource group, and nothing of others", () => {
        const place = { ...placed(AUTOMATION, "aa"), urn: "urn:aa" };
        const scope = { ...UNDECIDED, atOrManagedBy: place };
        const overPlace = (at: Place): readonly string[] =>
            over(AUTOMATION, [role("id", "Automation Contributor", scope)], {
                hosts: [{ ...host("host"), place: at }],
            });
        const type = AUTOMATION.toLowerCase();
        const perhaps = ["AZAutomationContributor perhaps"];
        assert.deepEqual(overPlace(place), perhaps);
        assert.deepEqual(overPlace({ kind: "resource", type, urn: "urn:in-a-group-that-is-not-told" }), perhaps);
        assert.deepEqual(overPlace(placed(AUTOMATION, "other")), []);
        assert.deepEqual(overPlace(placed(AUTOMATION, "other", B)), []);
    });

    it("takes a delegation to give no more than its condition lets through", () => {
        const assign = "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})";
        const request = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]";
        const limited = (operator: string, name: string): readonly string[] => {
            const condition = `((${assign}) OR (${request} ${operator} {${findRole(name).id}}))`;
            return over(AUTOMATION, [role("id", "Role Based Access Control Administrator", A, { condition })]);
        };
        assert.deepEqual(limited("ForAnyOfAnyValues:GuidEquals", "AcrPull"), []);
        assert.deepEqual(limited("ForAnyOfAnyValues:GuidEquals", "Website Contributor"), []);
        assert.deepEqual(limited("ForAnyOfAnyValues:GuidEquals", "Automation Contributor"), [
            "AZUserAccessAdministrator",
        ]);
        assert.deepEqual(limited("ForAnyOfAllValues:GuidNotEquals", "Owner"), ["AZUserAccessAdministrator"]);
    });

    it("takes a key vault that keeps a credential for the identity that it is of", () => {
        const vault = placed("Microsoft.KeyVault/vaults", "kv");
        const entry = { key: "secret", urn: "secret", principal: "sp", kind: "password", storedIn: [vault] } as const;
        const paths = (right: Right): readonly string[] =>
            short(
                modelOf({
                    principals: [identity("id"), person("sp", "service-principal")],
                    rights: [permission("sp", RULES_TENANT), right],
                    entries: [entry],
                }),
            );
        const found = (edge: string, key: string): string[] => [
            `id: ${edge} AZMGGrantRole > sp ${RULES_TENANT} (cut ${key})`,
        ];
        assert.deepEqual(
            paths(role("id", "Key Vault Secrets User")),
            found("AZGetSecrets", "id Key Vault Secrets User rg-a"),
        );
        assert.deepEqual(paths(role("id", "Key Vault Reader")), []);
        const policy = {
            kind: "vault-policy",
            key: "policy",
            urn: "policy",
            holder: "id",
            tier: 1,
            vault,
            permissions: ["secrets/get"],
        } as const;
        assert.deepEqual(paths(policy), found("AZGetSecrets", "policy"));
        assert.deepEqual(paths({ ...policy, permissions: ["secrets/list", "keys/get"] }), []);
    });
});

describe("who can take on an identity", () => {
    const strong = { principals: [identity("id"), identity("strong")], hosts: [] };
    const paths = (rights: readonly Right[], more: Partial<AccessModel> = {}): readonly string[] =>
        short(modelOf({ ...strong, rights: [permission("strong", RULES_TENANT), ...rights], ...more }));

    it("attaches it by two rights, which may come through a group", () => {
        const [operator, writer] = [role("id", "Managed Identity Operator"), role("id", "Website Contributor", B)];
        assert.deepEqual(paths([operator]), []);
        const found = [
            `id: AttachIdentity AZMGGrantRole > strong ${RULES_TENANT} (cut id Managed Identity Operator rg-a)`,
        ];
        assert.deepEqual(
            paths([operator, writer]).map(path => path.replace(/cut .*\)/, "")),
            found.map(path => path.replace(/cut .*\)/, "")),
        );
        const lent = [operator, member("id", "team"), role("team", "Website Contributor", B)];
        assert.match(
            paths(lent, { principals: [...strong.principals, person("team", "group")] }).join(),
            /^id: AttachIdentity/,
        );
    });

    it("federates it by one", () => {
        const right = custom(["Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write"]);
        assert.match(paths([right]).join(), /^id: AddFederatedCredential AZMGGrantRole/);
    });

    it("becomes what trusts it, and what its cluster signs in", () => {
        const entry = { key: "fic", urn: "fic", principal: "strong", kind: "federated-credential" } as const;
        assert.match(
            paths([], { entries: [{ ...entry, trusts: "id" }] }).join(),
            /^id: FederatedCredential AZMGGrantRole/,
        );
        const cluster = host("aks", "Microsoft.ContainerService/managedClusters", A, []);
        const admin = role("id", "Azure Kubernetes Service Contributor Role");
        const issued = { entries: [{ ...entry, issuedBy: "aks" }], hosts: [cluster] };
        assert.match(paths([admin], issued).join(), /^id: AZAKSContributor AZMGGrantRole/);
    });
});

describe("who can become whom in the directory", () => {
    const PEOPLE = [
        ...[identity("id"), person("ann"), person("bob"), person("app", "application"), person("team", "group")],
        { key: "sp", kind: "service-principal", name: "sp", application: "app" } as const,
    ];
    const paths = (...rights: readonly Right[]): readonly string[] => short(modelOf({ principals: PEOPLE, rights }));
    const RULER = permission("sp", RULES_TENANT);

    it("adds secrets to applications and service principals by permission and role", () => {
        assert.match(
            paths(permission("id", "Application.ReadWrite.All"), RULER).join(),
            /^id: AZMGAddSecret AZMGGrantRole > sp/,
        );
        assert.match(
            paths(directoryRole("ann", "Application Administrator"), RULER).join(),
            /^ann: AZAppAdmin AZMGGrantRole/,
        );
        assert.match(
            paths(directoryRole("ann", "Cloud Application Administrator"), RULER).join(),
            /^ann: AZCloudAppAdmin/,
        );
        assert.deepEqual(paths(permission("id", "Application.Read.All"), RULER), []);
    });

    it("manages what it owns: people at once, workloads by a permission besides", () => {
        assert.match(
            paths(owner("ann", "app"), RULER).join(),
            /^ann: AZOwns AZRunsAs AZMGGrantRole > sp .* \(cut ann owns app\)$/,
        );
        assert.match(paths(owner("id", "sp"), RULER).join(), /^id: AZOwns AZMGGrantRole .* perhaps$/);
        const allowed = paths(owner("id", "sp"), permission("id", "Application.ReadWrite.OwnedBy"), RULER);
        assert.deepEqual(
            allowed.map(path => path.replace(/ \(.*\)/, "")),
            [`id: AZOwns AZMGGrantRole > sp ${RULES_TENANT}`],
        );
    });

    it("joins groups, but not by a permission those that directory roles are given to", () => {
        const joins = permission("id", "GroupMember.ReadWrite.All");
        assert.match(paths(joins, permission("team", RULES_TENANT)).join(), /^id: AZMGAddMember AZMGGrantRole > team/);
        assert.deepEqual(paths(joins, directoryRole("team", "Global Administrator")), []);
        assert.match(
            paths(owner("ann", "team"), directoryRole("team", "Global Administrator")).join(),
            /^ann: AZOwns AZGlobalAdmin/,
        );
    });

    it("tells of a group what its rights lead to, and of its members only what they reach themselves", () => {
        const rights = [member("ann", "team"), directoryRole("team", "Application Administrator"), RULER];
        assert.deepEqual(
            paths(...rights).map(path => path.split(" ")[0]),
            ["team:"],
        );
        assert.deepEqual(paths(member("ann", "team"), directoryRole("team", "Global Administrator")), []);
    });

    it("resets passwords, perhaps: administrators are kept from it", () => {
        const found = paths(
            directoryRole("ann", "Helpdesk Administrator"),
            directoryRole("bob", "Global Administrator"),
        );
        assert.match(
            found.join(),
            /^ann: AZResetPassword AZGlobalAdmin > bob Global Administrator \(cut .*\) perhaps$/,
        );
    });
});

describe("which paths are told", () => {
    const CHAIN = modelOf({
        principals: [identity("id"), system("site"), system("aa")],
        hosts: [host("site", "Microsoft.Web/sites"), host("aa", AUTOMATION, B)],
        rights: [
            role("id", "Website Contributor"),
            role("site", "Automation Contributor", B),
            permission("aa", "AppRoleAssignment.ReadWrite.All"),
        ],
        entries: [{ key: "fic", urn: "fic", principal: "id", kind: "federated-credential" }],
    });

    it("the whole way, hop by hop in words, and from where it can be taken from outside", () => {
        const [site, first] = escalationPaths(CHAIN);
        assert.deepEqual([site?.from, first?.from], ["site", "id"]);
        assert.deepEqual(
            first?.hops.map(({ from, to, edge, words, by }) => ({ from, to, edge, words, by })),
            [
                {
                    from: "id",
                    to: "site",
                    edge: "AZWebsiteContributor",
                    words: "can change the code of 'site' and act as its identity (role 'Website Contributor' on resource group 'rg-a')",
                    by: ["id Website Contributor rg-a"],
                },
                {
                    from: "site",
                    to: "aa",
                    edge: "AZAutomationContributor",
                    words: "can change the runbooks of 'aa' and act as its identity (role 'Automation Contributor' on resource group 'rg-b')",
                    by: ["site Automation Contributor rg-b"],
                },
                {
                    from: "aa",
                    to: "aa AppRoleAssignment.ReadWrite.All",
                    edge: "AZMGGrantAppRoles",
                    words: "holds permission 'AppRoleAssignment.ReadWrite.All' on Microsoft Graph",
                    by: ["aa AppRoleAssignment.ReadWrite.All"],
                },
            ],
        );
        assert.deepEqual([site?.entries, first?.entries], [undefined, ["fic"]]);
        assert.deepEqual(new Set([site?.cut, first?.cut]), new Set(["site Automation Contributor rg-b"]));
    });

    it("not one that goes on from what is as dangerous already", () => {
        const more = modelOf({ ...CHAIN, rights: [...CHAIN.rights, permission("site", RULES_TENANT)] });
        assert.deepEqual(short(more), [
            `id: AZWebsiteContributor AZMGGrantRole > site ${RULES_TENANT} (cut id Website Contributor rg-a)`,
        ]);
    });

    it("from the owner of a resource group to who rules the tenant, though both are control plane", () => {
        const rights = [role("id", "Contributor", B), ...CHAIN.rights.slice(2)];
        const [path] = escalationPaths({ ...CHAIN, rights });
        assert.deepEqual([path?.from, path?.hops[0]?.edge, path?.tier, path?.danger], ["id", "AZContributor", 0, 0]);
    });

    it("none where nobody reaches more than it holds, as with two that can only become each other", () => {
        const rights = [role("id", "Website Contributor"), role("site", "Website Contributor")];
        assert.deepEqual(escalationPaths({ ...CHAIN, rights }), []);
    });

    it("at most as many as asked for of each principal, saying that there are more", () => {
        const names = ["a", "b", "c"];
        const model = modelOf({
            principals: [identity("id"), ...names.map(system)],
            hosts: names.map(name => host(name)),
            rights: [role("id", "Automation Contributor"), ...names.map(name => permission(name, RULES_TENANT))],
        });
        assert.deepEqual(
            escalationPaths(model, { most: 2 }).map(({ to, more }) => [to, more]),
            [
                [`a ${RULES_TENANT}`, undefined],
                [`b ${RULES_TENANT}`, true],
            ],
        );
        assert.equal(escalationPaths(model).length, 3);
        assert.deepEqual(escalationPaths(model, { from: key => key !== "id" }), []);
        assert.deepEqual(
            escalationPaths(model, { to: key => key === "c" }).map(({ to }) => to),
            [`c ${RULES_TENANT}`],
        );
    });

    it("those to the tier that is asked for, or worse", () => {
        const model = modelOf({
            principals: [person("ann"), person("team", "group")],
            rights: [owner("ann", "team"), role("team", "Storage Blob Data Contributor")],
        });
        const edges = (leastTier?: 0 | 1): readonly string[] =>
            escalationPaths(model, leastTier === undefined ? {} : { leastTier }).map(({ hops }) =>
                hops.map(({ edge }) => edge).join(" "),
            );
        assert.deepEqual([edges(), edges(1), edges(0)], [["AZOwns HoldsRole"], ["AZOwns HoldsRole"], []]);
    });
});
