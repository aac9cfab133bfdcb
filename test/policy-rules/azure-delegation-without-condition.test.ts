import { findRole } from "../../access/roles.ts";
import { azureDelegationWithoutCondition } from "../../policy-pack/rules/azure-delegation-without-condition.ts";
import { AZURE_ROLE_ASSIGNMENT, type Declared, GROUP_SCOPE, testRule, UNKNOWN } from "../policy-support.ts";

const CUSTOM = "33333333-0000-4000-8000-000000000003";
const idOf = (role: string): string => `/providers/Microsoft.Authorization/roleDefinitions/${findRole(role).id}`;
const grant = (role: string, condition?: unknown, type = AZURE_ROLE_ASSIGNMENT): Declared => ({
    type,
    name: "grant",
    props: {
        principalId: UNKNOWN,
        scope: GROUP_SCOPE,
        roleDefinitionId: role === UNKNOWN ? UNKNOWN : idOf(role),
        ...(condition !== undefined && { condition, conditionVersion: "2.0" }),
    },
});
const WRITE = "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})";
const ROLE = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]";
const only = (...names: readonly string[]): string =>
    `((${WRITE}) OR (${ROLE} ForAnyOfAnyValues:GuidEquals {${names.map(name => findRole(name).id).join(", ")}}))`;
const allBut = (...names: readonly string[]): string =>
    `((${WRITE}) OR (${ROLE} ForAnyOfAllValues:GuidNotEquals {${names.map(name => findRole(name).id).join(", ")}}))`;
const ADMIN = "Role Based Access Control Administrator";
const free = (role: string): string =>
    `grant: role '${role}' assigns any role and no condition limits it; expected one that names the roles`;

testRule(azureDelegationWithoutCondition, [
    { fact: "takes a role that assigns none", stack: [grant("Contributor"), grant("Managed Identity Operator")] },
    {
        fact: "takes a role that assigns none, under a condition that is not known",
        stack: [grant("Storage Blob Data Reader", UNKNOWN)],
    },
    {
        fact: "takes a built-in role whose own condition names the roles",
        stack: [grant("Key Vault Data Access Administrator")],
    },
    { fact: "takes a condition that names harmless roles", stack: [grant(ADMIN, only("Reader", "AcrPull"))] },
    {
        fact: "takes a condition that leaves out the roles that assign roles",
        stack: [grant(ADMIN, allBut("Owner", "User Access Administrator", ADMIN))],
    },
    {
        fact: "finds each role that assigns any without a condition, under any token",
        stack: [
            grant(ADMIN),
            grant("User Access Administrator", ""),
            grant("Owner", undefined, "azure:authorization/assignment:Assignment"),
        ],
        finds: [free("Owner"), free(ADMIN), free("User Access Administrator")],
    },
    {
        fact: "finds a custom role of the stack that assigns roles",
        stack: [
            {
                type: "azure-native:authorization:RoleDefinition",
                name: "custom",
                props: {
                    roleName: "operators",
                    roleDefinitionId: CUSTOM,
                    permissions: [{ actions: ["Microsoft.Authorization/roleAssignments/*"] }],
                },
            },
            { type: AZURE_ROLE_ASSIGNMENT, name: "grant", props: { roleDefinitionId: CUSTOM, scope: GROUP_SCOPE } },
        ],
        finds: [free("operators")],
    },
    {
        fact: "finds a condition that lets a role that assigns roles through",
        stack: [grant(ADMIN, only("Reader", "Owner")), grant(ADMIN, allBut("Owner"))],
        finds: [
            "grant: the condition lets 'Owner' be assigned; expected only roles that assign none",
            `grant: the condition lets '${ADMIN}', 'User Access Administrator' be assigned; expected only roles that assign none`,
        ],
    },
    {
        fact: "finds a condition that limits principals alone",
        stack: [
            grant(
                ADMIN,
                "@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'ServicePrincipal'",
            ),
        ],
        finds: [
            `grant: the condition lets 'Owner', '${ADMIN}', 'User Access Administrator' be assigned; expected only roles that assign none`,
        ],
    },
    {
        fact: "finds a role or condition that is not known, in the preview",
        stack: [grant(UNKNOWN), grant(ADMIN, UNKNOWN)],
        finds: [
            "grant: cannot judge the condition: 'condition' is not known before its resources exist",
            "grant: cannot judge the role: 'roleDefinitionId' is not known before its resources exist",
        ],
        findsOnResource: ["grant: cannot judge the condition: 'condition' is not known before its resources exist"],
    },
    {
        fact: "leaves a role that is not known yet to the update, where it is to, but no condition",
        stack: [grant(UNKNOWN), grant(ADMIN, UNKNOWN)],
        config: { unknown: "left" },
        finds: ["grant: cannot judge the condition: 'condition' is not known before its resources exist"],
    },
]);
