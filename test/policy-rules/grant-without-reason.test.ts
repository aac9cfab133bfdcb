import assert from "node:assert/strict";
import { findAppRole, MICROSOFT_GRAPH } from "../../access/apis.ts";
import { findRole } from "../../access/roles.ts";
import { grantWithoutReason } from "../../policy-pack/rules/grant-without-reason.ts";
import {
    AZURE_ROLE_ASSIGNMENT,
    type Declared,
    GROUP_SCOPE,
    stackFindings,
    testRule,
    UNKNOWN,
} from "../policy-support.ts";

const PEOPLE = "22222222-0000-4000-8000-000000000002";

const role = (props: Declared["props"], name = "grant"): Declared => ({
    type: AZURE_ROLE_ASSIGNMENT,
    name,
    props: {
        principalId: "11111111-0000-4000-8000-000000000001",
        principalType: "ServicePrincipal",
        roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${findRole("Reader").id}`,
        scope: GROUP_SCOPE,
        ...props,
    },
});
const PERMISSION: Declared = {
    type: "azuread:index/appRoleAssignment:AppRoleAssignment",
    name: "permission",
    props: {
        principalObjectId: "11111111-0000-4000-8000-000000000001",
        resourceObjectId: UNKNOWN,
        appRoleId: findAppRole(MICROSOFT_GRAPH, "User.Read.All").id,
    },
};

testRule(grantWithoutReason, [
    {
        fact: "takes a role with a description, one of people, and a permission, which has no place for one",
        stack: [
            role({ description: "reads the tags of its group" }),
            role({ principalId: PEOPLE, principalType: "Group" }),
            PERMISSION,
        ],
    },
    {
        fact: "finds a role without one, or with an empty one",
        stack: [role({}), role({ description: "  " }, "blank")],
        finds: ["blank", "grant"].map(name => `${name}: role 'Reader' is granted without a reason or owner`),
        findsOnResource: [],
    },
    {
        fact: "finds a role that is not known without one",
        stack: [role({ roleDefinitionId: UNKNOWN })],
        finds: ["grant: a role is granted without a reason or owner"],
        findsOnResource: [],
    },
    {
        fact: "finds a permission without one where permissions are asked",
        stack: [role({}), PERMISSION],
        config: { kinds: ["permission"] },
        finds: ["permission: permission 'User.Read.All' is granted without a reason or owner"],
        findsOnResource: [],
    },
    {
        fact: "finds a role without an owner where both are wanted",
        stack: [role({ description: "reads the tags of its group" })],
        config: { wanted: "both" },
        finds: ["grant: role 'Reader' is granted without an owner"],
        findsOnResource: [],
    },
]);

describe("the kinds that grant-without-reason asks", () => {
    it("are refused where there is no such kind", () => {
        assert.deepEqual(stackFindings(grantWithoutReason, [role({})], { kinds: ["roles"] }), [
            "stack: the rule is configured wrongly: kinds: 'roles' is no kind of grant; expected 'role', 'permission' or 'directory-role'",
        ]);
    });
});
