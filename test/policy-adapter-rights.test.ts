import assert from "node:assert/strict";
import type { AccessModel, Entry, Right } from "../access/model.ts";
import { findRole } from "../access/roles.ts";
import { accessModelOf } from "../policy-pack/adapter/access-model.ts";
import { StackDefinitions } from "../policy-pack/adapter/stack-definitions.ts";
import {
    account,
    application,
    asPlan,
    asState,
    directoryGroup,
    group,
    GUID,
    identity,
    type Made,
    Ref,
    servicePrincipal,
    urnOfMade,
} from "./policy-adapter-world.ts";
import { GROUP_SCOPE, SUBSCRIPTION_SCOPE } from "./policy-support.ts";

const MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000";
const GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";

const rg = group("a");
const one = identity("one", rg, 1);
const lone = account("lone", rg, 11);
const app = application("app", 21);
const sp = servicePrincipal("app-principal", app, 22);
const BASE = [rg, one, lone, app, sp];

const made = (type: string, inputs: Made["inputs"], more: Partial<Made> = {}): Made => ({
    type,
    name: "it",
    id: "/made/it",
    inputs,
    ...more,
});

/** The models of a plan in which nothing exists and of the state after it, which must say the same. */
const models = (...resources: readonly Made[]): readonly AccessModel[] => {
    const program = [...BASE, ...resources];
    return [accessModelOf(asPlan(program, () => true)), accessModelOf(asState(program))];
};

const [ONE, LONE, APP, SP] = [one, lone, app, sp].map(urnOfMade) as [string, string, string, string];

interface RightCase {
    readonly fact: string;
    readonly stack: readonly Made[];
    /** Rights of the last resource: holder, and what else is to be looked at. */
    readonly rights: readonly (readonly [holder: string, shown: Partial<Record<string, unknown>>])[];
}

const shownOf = (right: Right, keys: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(keys.map(key => [key, Reflect.get(right, key) as unknown]));

const testRights = (cases: readonly RightCase[]): void => {
    for (const { fact, stack, rights } of cases)
        it(fact, () => {
            const last = stack.at(-1);
            assert.ok(last);
            for (const model of models(...stack)) {
                const found: readonly Right[] = model.rights.filter(({ urn }) => urn === urnOfMade(last));
                assert.deepEqual(
                    found.map((right, at) => [right.holder, shownOf(right, Object.keys(rights[at]?.[1] ?? {}))]),
                    rights,
                );
            }
        });
};

const GRAPH_SP = made(
    "azuread:index/servicePrincipal:ServicePrincipal",
    { clientId: MICROSOFT_GRAPH, useExisting: true },
    { name: "graph", id: `/servicePrincipals/${GUID(90)}`, outputs: { objectId: GUID(90) } },
);
const delegated = (claimValues: readonly string[], more: object = {}): Made =>
    made("azuread:index/servicePrincipalDelegatedPermissionGrant:ServicePrincipalDelegatedPermissionGrant", {
        servicePrincipalObjectId: new Ref(sp, "objectId"),
        resourceServicePrincipalObjectId: new Ref(GRAPH_SP, "objectId"),
        claimValues,
        ...more,
    });
const role = (name: string, template: string): Made =>
    made(
        "azuread:index/directoryRole:DirectoryRole",
        { templateId: template },
        { name, id: GUID(80), outputs: { objectId: GUID(80), displayName: name } },
    );
const reader = role("reader", GLOBAL_READER);
const people = directoryGroup("people", 31);

describe("the rights of a model", () => {
    testRights([
        {
            fact: "are delegated permissions, one by one, for all users or one",
            stack: [GRAPH_SP, delegated(["openid", "Directory.ReadWrite.All"], { userObjectId: GUID(70) })],
            rights: [
                [
                    SP,
                    {
                        kind: "delegated",
                        api: "Microsoft Graph",
                        permission: "Directory.ReadWrite.All",
                        tier: 0,
                        user: GUID(70),
                    },
                ],
                [SP, { kind: "delegated", api: "Microsoft Graph", permission: "openid", tier: 2, user: GUID(70) }],
            ],
        },
        {
            fact: "are directory roles by their template",
            stack: [
                made("azuread:index/directoryRoleAssignment:DirectoryRoleAssignment", {
                    roleId: GLOBAL_READER,
                    principalObjectId: new Ref(one, "principalId"),
                }),
            ],
            rights: [[ONE, { kind: "directory-role", role: "Global Reader", scope: undefined, eligible: undefined }]],
        },
        {
            fact: "are directory roles by the role that the stack activates",
            stack: [
                reader,
                made("azuread:index/directoryRoleMember:DirectoryRoleMember", {
                    roleObjectId: new Ref(reader, "objectId"),
                    memberObjectId: new Ref(lone, "identity.principalId"),
                }),
            ],
            rights: [[LONE, { kind: "directory-role", role: "Global Reader" }]],
        },
        {
            fact: "are directory roles that are eligible, with why, and what they are limited to",
            stack: [
                made("azuread:index/directoryRoleEligibilityScheduleRequest:DirectoryRoleEligibilityScheduleRequest", {
                    roleDefinitionId: GLOBAL_READER,
                    principalId: new Ref(sp, "objectId"),
                    directoryScopeId: `/administrativeUnits/${GUID(60)}`,
                    justification: "on call",
                }),
            ],
            rights: [
                [
                    SP,
                    {
                        role: "Global Reader",
                        eligible: true,
                        scope: `/administrativeUnits/${GUID(60)}`,
                        reason: "on call",
                    },
                ],
            ],
        },
        {
            fact: "are roles that have to be activated, of azure-native",
            stack: [
                made("azure-native:authorization:PimRoleEligibilitySchedule", {
                    principalId: new Ref(one, "principalId"),
                    roleDefinitionId:
                        "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7",
                    scope: new Ref(rg, "id"),
                    justification: "on call",
                }),
            ],
            rights: [[ONE, { kind: "role", role: "Reader", eligible: true, reason: "on call", tier: 2 }]],
        },
        {
            fact: "are roles that have to be activated, and others for a time, of classic azure",
            stack: [
                made("azure:pim/activeRoleAssignment:ActiveRoleAssignment", {
                    principalId: new Ref(one, "principalId"),
                    roleDefinitionId: `${SUBSCRIPTION_SCOPE}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
                    scope: new Ref(rg, "id"),
                }),
            ],
            rights: [[ONE, { kind: "role", role: "Reader", eligible: undefined }]],
        },
        {
            fact: "are memberships of groups, as resources and within a group",
            stack: [
                made("azuread:index/group:Group", {
                    displayName: "team",
                    members: [new Ref(one, "principalId"), GUID(50)],
                    owners: [new Ref(sp, "objectId")],
                }),
            ],
            rights: [
                [`object:${GUID(50)}`, { kind: "member" }],
                [ONE, { kind: "member" }],
                [SP, { kind: "owner" }],
            ],
        },
        {
            fact: "are memberships of groups for a time",
            stack: [
                people,
                made(
                    "azuread:index/privilegedAccessGroupEligibilitySchedule:PrivilegedAccessGroupEligibilitySchedule",
                    {
                        groupId: new Ref(people, "objectId"),
                        principalId: new Ref(one, "principalId"),
                        assignmentType: "member",
                    },
                ),
            ],
            rights: [[ONE, { kind: "member", group: urnOfMade(people) }]],
        },
        {
            fact: "are ownerships of applications",
            stack: [
                made("azuread:index/applicationOwner:ApplicationOwner", {
                    applicationId: new Ref(app, "id"),
                    ownerObjectId: new Ref(one, "principalId"),
                }),
            ],
            rights: [[ONE, { kind: "owner", of: APP }]],
        },
        {
            fact: "are access policies of a key vault, within it, unless roles decide there",
            stack: [
                made("azure-native:keyvault:Vault", {
                    resourceGroupName: "rg-a",
                    vaultName: "kv",
                    properties: {
                        accessPolicies: [
                            { objectId: new Ref(one, "principalId"), permissions: { secrets: ["Get"], keys: ["all"] } },
                        ],
                    },
                }),
            ],
            rights: [[ONE, { kind: "vault-policy", permissions: ["keys/all", "secrets/get"], tier: 1 }]],
        },
        {
            fact: "are none of a key vault's policies where roles decide",
            stack: [
                made("azure:keyvault/keyVault:KeyVault", {
                    rbacAuthorizationEnabled: true,
                    accessPolicies: [{ objectId: GUID(50), secretPermissions: ["Get"] }],
                }),
            ],
            rights: [],
        },
        {
            fact: "are access policies of a key vault, of classic azure",
            stack: [
                made("azure:keyvault/accessPolicy:AccessPolicy", {
                    keyVaultId: `${GROUP_SCOPE}/providers/Microsoft.KeyVault/vaults/kv`,
                    objectId: new Ref(lone, "identity.principalId"),
                    secretPermissions: ["List"],
                }),
            ],
            rights: [[LONE, { kind: "vault-policy", permissions: ["secrets/list"] }]],
        },
        {
            fact: "are none where a request ends an assignment",
            stack: [
                made("azure-native:authorization:RoleAssignmentScheduleRequest", {
                    principalId: GUID(50),
                    requestType: "AdminRemove",
                    scope: GROUP_SCOPE,
                }),
            ],
            rights: [],
        },
    ]);

    it("are of a service principal that stands for its application", () => {
        for (const { principals } of models()) assert.equal(principals.find(({ key }) => key === SP)?.application, APP);
    });
});

const testEntries = (fact: string, resource: Made, expected: Partial<Entry>): void => {
    it(fact, () => {
        for (const { entries } of models(resource)) {
            assert.equal(entries.length, 1);
            for (const [key, value] of Object.entries(expected))
                assert.deepEqual(Reflect.get(entries[0] as object, key), value, key);
        }
    });
};

describe("the entries of a model", () => {
    const github = {
        issuer: "https://token.actions.githubusercontent.com",
        subject: "repo:contoso/reports:ref:refs/heads/main",
    };

    testEntries(
        "are federated credentials of an application, as its service principal",
        made("azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential", {
            applicationId: new Ref(app, "id"),
            audiences: ["api://AzureADTokenExchange"],
            ...github,
        }),
        { kind: "federated-credential", principal: SP, audiences: ["api://AzureADTokenExchange"], ...github },
    );
    testEntries(
        "are federated credentials that match by an expression",
        made(
            "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
            {
                applicationId: new Ref(app, "id"),
                audience: "api://AzureADTokenExchange",
                claimsMatchingExpression: "claims['sub'] matches 'repo:contoso/*'",
                issuer: github.issuer,
            },
        ),
        { principal: SP, subject: "claims['sub'] matches 'repo:contoso/*'" },
    );
    testEntries(
        "are federated credentials of an identity that match by an expression",
        made("azure-native:managedidentity/v20250131preview:FederatedIdentityCredential", {
            resourceGroupName: "rg-a",
            resourceName: new Ref(one, "name"),
            audiences: [],
            issuer: github.issuer,
            claimsMatchingExpression: { value: "claims['sub'] matches 'repo:contoso/*'", languageVersion: 1 },
        }),
        { principal: ONE, subject: "claims['sub'] matches 'repo:contoso/*'" },
    );
    testEntries(
        "are federated credentials of an identity by its id",
        made("azure:armmsi/federatedIdentityCredential:FederatedIdentityCredential", {
            parentId: new Ref(one, "id"),
            resourceGroupName: "rg-a",
            audience: "api://AzureADTokenExchange",
            ...github,
        }),
        { principal: ONE },
    );
    testEntries(
        "are federated credentials of an identity by its name",
        made("azure-native:managedidentity:FederatedIdentityCredential", {
            resourceGroupName: "rg-a",
            resourceName: "id-one",
            audiences: [],
            ...github,
        }),
        { principal: ONE },
    );
    testEntries(
        "are passwords of an application",
        made("azuread:index/applicationPassword:ApplicationPassword", { applicationId: new Ref(app, "id") }),
        { kind: "password", principal: SP },
    );
    testEntries(
        "are certificates of a service principal",
        made("azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate", {
            servicePrincipalId: new Ref(sp, "id"),
        }),
        { kind: "certificate", principal: SP },
    );
});

describe("a custom role that the stack defines", () => {
    const custom: Made = {
        type: "azure:authorization/roleDefinition:RoleDefinition",
        name: "operators",
        id: `${SUBSCRIPTION_SCOPE}/providers/Microsoft.Authorization/roleDefinitions/${GUID(45)}|${SUBSCRIPTION_SCOPE}`,
        inputs: {
            name: "operators",
            scope: SUBSCRIPTION_SCOPE,
            permissions: [{ actions: ["Microsoft.Authorization/roleAssignments/write"] }],
        },
        outputs: {
            roleDefinitionResourceId: `${SUBSCRIPTION_SCOPE}/providers/Microsoft.Authorization/roleDefinitions/${GUID(45)}`,
        },
    };

    for (const [key, output] of [
        ["roleDefinitionId", "roleDefinitionResourceId"],
        ["roleDefinitionId", "id"],
        ["roleDefinitionName", "name"],
    ] as const)
        it(`is found by its ${output}, with the tier of its most dangerous action`, () => {
            const assigned = made("azure:authorization/assignment:Assignment", {
                principalId: new Ref(one, "principalId"),
                [key]: new Ref(custom, output),
                scope: GROUP_SCOPE,
            });
            for (const { rights } of models(custom, assigned))
                assert.deepEqual(
                    rights.map(each => each.kind === "role" && [each.role, each.tier]),
                    [["operators", 0]],
                );
        });
});

describe("a role assignment of an old API version", () => {
    it("is read from the block that it is in", () => {
        for (const { rights } of models(
            made("azure-native:authorization/v20150701:RoleAssignment", {
                properties: {
                    principalId: new Ref(one, "principalId"),
                    roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${findRole("Owner").id}`,
                },
                scope: new Ref(rg, "id"),
            }),
        ))
            assert.deepEqual(
                rights.map(right => [right.holder, right.tier, right.kind === "role" && right.role]),
                [[ONE, 0, "Owner"]],
            );
    });
});

describe("an app role of an API of the stack's own", () => {
    it("is named once its id is known", () => {
        const api: Made = {
            ...application("api", 61),
            inputs: { displayName: "api", appRoles: [{ id: GUID(65), value: "Orders.Read" }] },
        };
        const apiPrincipal = servicePrincipal("api-principal", api, 62);
        const grant = made("azuread:index/appRoleAssignment:AppRoleAssignment", {
            appRoleId: GUID(65),
            principalObjectId: new Ref(one, "principalId"),
            resourceObjectId: new Ref(apiPrincipal, "objectId"),
        });
        for (const { rights } of models(api, apiPrincipal, grant))
            assert.deepEqual(
                rights.map(each => each.kind === "permission" && [each.permission, each.tier]),
                [["Orders.Read", 2]],
            );
    });
});

describe("a right that is given twice over", () => {
    it("has two keys", () => {
        const [model] = models(GRAPH_SP, delegated(["User.Read", "User.Read"]));
        const keys = model?.rights.map(({ key }) => key.split("#").at(-1));
        assert.deepEqual(keys, ["User.Read", "User.Read~2"]);
    });
});

describe("a principal's id that is known", () => {
    it("is of nobody of the stack where what it is linked to has another", () => {
        const lied = made("azure-native:authorization:RoleAssignment", {
            principalId: [GUID(50), new Ref(one, "principalId")],
            scope: GROUP_SCOPE,
        });
        const resources = asState([...BASE, lied]);
        const written = resources.find(({ urn }) => urn === urnOfMade(lied));
        assert.ok(written);
        const named = new StackDefinitions(resources).principals.named(written, "principalId", GUID(50));
        assert.equal(named.key, `object:${GUID(50)}`);
    });
});

describe("a subscription", () => {
    it("keeps apart what has the same names in another", () => {
        const other = SUBSCRIPTION_SCOPE.replace("aaaaaaaa-0000", "bbbbbbbb-0000");
        const assigned = (scope: string): Made =>
            made("azure-native:authorization:RoleAssignment", { principalId: new Ref(one, "principalId"), scope });
        const urnsIn = (scope: string): unknown[] =>
            accessModelOf(asState([...BASE, assigned(scope)])).rights.map(
                each => each.kind === "role" && "kind" in each.scope && each.scope.urn,
            );
        assert.deepEqual(urnsIn(GROUP_SCOPE), [urnOfMade(rg)]);
        assert.deepEqual(urnsIn(GROUP_SCOPE.replace(SUBSCRIPTION_SCOPE, other)), [undefined]);
    });
});

describe("the scope of a role that is linked to a cluster", () => {
    const cluster: Made = {
        type: "azure:containerservice/kubernetesCluster:KubernetesCluster",
        name: "cluster",
        id: `${GROUP_SCOPE}/providers/Microsoft.ContainerService/managedClusters/aks`,
        inputs: { resourceGroupName: "rg-a", name: "aks", identity: { type: "SystemAssigned" } },
        outputs: { nodeResourceGroupId: `${SUBSCRIPTION_SCOPE}/resourceGroups/MC_aks` },
    };
    const scopesOf = (output: string): readonly unknown[] => {
        const assigned = made("azure:authorization/assignment:Assignment", {
            principalId: new Ref(one, "principalId"),
            roleDefinitionName: "Reader",
            scope: new Ref(cluster, output),
        });
        return models(cluster, assigned).map(({ rights }) => {
            const [right] = rights;
            assert.ok(right?.kind === "role");
            return "undecided" in right.scope
                ? [right.scope.undecided, right.scope.atOrManagedBy?.urn]
                : [right.scope.kind, right.scope.urn];
        });
    };

    it("is undecided between the cluster and its managed resource group until it is known", () => {
        const undecided = ["'scope' is not known before its resources exist", urnOfMade(cluster)];
        assert.deepEqual(scopesOf("id"), [undecided, ["resource", urnOfMade(cluster)]]);
        assert.deepEqual(scopesOf("nodeResourceGroupId"), [undecided, ["resourceGroup", undefined]]);
    });
});
