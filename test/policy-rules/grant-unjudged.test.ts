import { grantUnjudged } from "../../policy-pack/rules/grant-unjudged.ts";
import { AZURE_ROLE_ASSIGNMENT, type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const resource = (type: string, props: Declared["props"]): Declared => ({ type, name: "it", props });
const ELIGIBLE = "azure-native:authorization:PimRoleEligibilitySchedule";

testRule(grantUnjudged, [
    {
        fact: "takes grants that other rules judge, and resources that give none",
        stack: [
            resource(AZURE_ROLE_ASSIGNMENT, { roleDefinitionId: "x" }),
            resource("azure-native:storage:StorageAccount", { accountName: "a" }),
            resource("aws:iam/role:Role", { roleDefinitionId: "x" }),
        ],
    },
    {
        fact: "finds any other resource of Azure's that names a role or a principal, known or not",
        stack: [
            resource(ELIGIBLE, { roleDefinitionId: UNKNOWN }),
            resource("azuread:index/directoryRoleMember:DirectoryRoleMember", {
                roleObjectId: "x",
                memberObjectId: "y",
            }),
            resource("azuread:index/applicationApiAccess:ApplicationApiAccess", { apiClientId: "x", roleIds: ["y"] }),
            resource("azuread:index/directoryRoleAssignment:DirectoryRoleAssignment", { principalObjectId: UNKNOWN }),
        ],
        finds: [
            "it: 'azure-native:authorization:PimRoleEligibilitySchedule' gives a right ('roleDefinitionId') that no rule judges",
            "it: 'azuread:ApplicationApiAccess' gives a right ('roleIds') that no rule judges",
            "it: 'azuread:DirectoryRoleMember' gives a right ('roleObjectId') that no rule judges",
            "it: 'azuread:DirectoryRoleAssignment' gives a right ('principalObjectId') that no rule judges",
        ],
    },
    {
        fact: "takes a type that is reviewed by hand",
        stack: [resource(ELIGIBLE, { roleDefinitionId: "x" })],
        config: { allowed: [ELIGIBLE] },
    },
]);
