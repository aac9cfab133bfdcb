import assert from "node:assert/strict";
import * as fc from "fast-check";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";
import { RULES } from "../policy-pack/rules/index.ts";
import { type Declared, GROUP_SCOPE, stackFindings, SUBSCRIPTION_SCOPE, UNKNOWN } from "./policy-support.ts";

const GUID = "11111111-0000-4000-8000-000000000001";
const owner = `${SUBSCRIPTION_SCOPE}/providers/Microsoft.Authorization/roleDefinitions/${findRole("Owner").id}`;
const identity: Declared = {
    type: "azure-native:managedidentity:UserAssignedIdentity",
    name: "identity",
    props: { resourceGroupName: "rg-a", resourceName: "id-a" },
};
const account: Declared = {
    type: "azure-native:automation:AutomationAccount",
    name: "account",
    props: { resourceGroupName: "rg-a", automationAccountName: "aa", identity: { type: "SystemAssigned" } },
};

const bad = (type: string, props: Declared["props"], links: Declared["links"] = {}): Declared => ({
    type,
    name: "bad",
    props,
    links,
});

/** Resources that give too much, of each type that gives a right. */
const BAD: readonly Declared[] = [
    bad(
        "azure-native:authorization:RoleAssignment",
        { principalId: GUID, principalType: "ServicePrincipal", roleDefinitionId: owner, scope: SUBSCRIPTION_SCOPE },
        { principalId: [identity] },
    ),
    bad(
        "azure-native:authorization:PimRoleEligibilitySchedule",
        { principalId: GUID, roleDefinitionId: owner, scope: SUBSCRIPTION_SCOPE },
        { principalId: [identity] },
    ),
    bad(
        "azure:authorization/assignment:Assignment",
        { principalId: GUID, roleDefinitionName: "Owner", scope: GROUP_SCOPE },
        { principalId: [account] },
    ),
    bad(
        "azuread:index/appRoleAssignment:AppRoleAssignment",
        {
            appRoleId: findAppRole(MICROSOFT_GRAPH, "RoleManagement.ReadWrite.Directory").id,
            principalObjectId: GUID,
            resourceObjectId: GUID,
        },
        { principalObjectId: [identity] },
    ),
    bad(
        "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
        { roleId: "62e90394-69f5-4237-9190-012177145e10", principalObjectId: GUID },
        { principalObjectId: [identity] },
    ),
    bad(
        "azuread:index/servicePrincipalDelegatedPermissionGrant:ServicePrincipalDelegatedPermissionGrant",
        {
            servicePrincipalObjectId: GUID,
            resourceServicePrincipalObjectId: GUID,
            claimValues: ["Directory.ReadWrite.All"],
        },
        { servicePrincipalObjectId: [identity] },
    ),
    bad("azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential", {
        applicationId: `/applications/${GUID}`,
        issuer: "https://issuer.example",
        subject: "repo:contoso/*",
        audiences: ["api://AzureADTokenExchange"],
    }),
    bad("azure-native:authorization:RoleDefinition", {
        roleName: "r",
        permissions: [{ actions: ["*"], notActions: [] }],
        assignableScopes: ["/"],
        scope: SUBSCRIPTION_SCOPE,
    }),
    bad("azure-native:managedservices:RegistrationDefinition", {
        scope: SUBSCRIPTION_SCOPE,
        properties: {
            authorizations: [
                { principalId: GUID, roleDefinitionId: findRole("Contributor").id },
                { principalId: GUID, roleDefinitionId: findRole("User Access Administrator").id },
            ],
        },
    }),
    bad("azure-native:cosmosdb:SqlResourceSqlRoleAssignment", { principalId: GUID, roleDefinitionId: "x", scope: "/" }),
];

const findingsOf = (declared: Declared): readonly string[] =>
    RULES.flatMap(rule => stackFindings(rule, [identity, account, declared]).filter(line => line.startsWith("bad: ")));

type Path = readonly string[];

/** Paths of all properties, at any depth. */
const pathsOf = (value: unknown): readonly Path[] =>
    value === null || typeof value !== "object"
        ? []
        : Object.entries(value).flatMap(([key, part]) => [[key], ...pathsOf(part).map(path => [key, ...path])]);

/** A value in which what is at a path is not known. */
const hidden = (value: unknown, [key, ...path]: Path): unknown => {
    if (key === undefined) return UNKNOWN;
    if (value === null || typeof value !== "object") return value;
    const part = hidden(Reflect.get(value, key), path);
    return Array.isArray(value) ? value.with(Number(key), part) : { ...value, [key]: part };
};

describe("what a plan does not know", function () {
    this.timeout(60_000);

    for (const declared of BAD) {
        it(`never silences the finding on ${declared.type}`, () => {
            assert.notDeepEqual(findingsOf(declared), []);
            const somePaths = fc.subarray([...pathsOf(declared.props)], { minLength: 1 });
            fc.assert(
                fc.property(somePaths, paths => {
                    const props = paths.reduce<unknown>(hidden, declared.props) as Declared["props"];
                    assert.notDeepEqual(findingsOf({ ...declared, props }), []);
                }),
                { numRuns: 25 },
            );
        });
    }
});
