import { azureRoleWildcard } from "../../policy-pack/rules/azure-role-wildcard.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const role = (permissions: unknown, type = "azure-native:authorization:RoleDefinition"): Declared => ({
    type,
    name: "role",
    props: { roleName: "operators", permissions },
});
const CLASSIC = "azure:authorization/roleDefinition:RoleDefinition";
const found = (action: string): string =>
    `role: custom role 'operators' allows '${action}'; expected each action by its whole name`;

testRule(azureRoleWildcard, [
    { fact: "takes actions by their whole names", stack: [role([{ actions: ["Microsoft.Web/sites/read"] }])] },
    {
        fact: "takes patterns among what is not allowed",
        stack: [role([{ actions: [], notActions: ["Microsoft.Authorization/*"] }])],
    },
    {
        fact: "finds patterns in actions and data actions of every block, under each token",
        stack: [
            role([{ actions: ["Microsoft.Web/*/read"] }, { dataActions: ["*"] }]),
            role([{ actions: ["*"] }], CLASSIC),
        ],
        finds: [found("*"), found("*"), found("Microsoft.Web/*/read")],
    },
    {
        fact: "finds actions that are not known yet, in the preview alone",
        stack: [role(UNKNOWN)],
        finds: ["role: cannot judge the role: 'permissions' is not known before its resources exist"],
        findsOnResource: [],
    },
    {
        fact: "finds actions that are no list of texts",
        stack: [role([{ actions: "*" }])],
        finds: ["role: cannot judge the role: 'permissions.actions' is no list of texts"],
    },
]);
