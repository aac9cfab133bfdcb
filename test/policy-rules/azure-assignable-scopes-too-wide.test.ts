import { azureAssignableScopesTooWide } from "../../policy-pack/rules/azure-assignable-scopes-too-wide.ts";
import { type Declared, GROUP, GROUP_SCOPE, SUBSCRIPTION_SCOPE, testRule, UNKNOWN } from "../policy-support.ts";

const role = (props: Declared["props"], links: Declared["links"] = {}): Declared => ({
    type: "azure-native:authorization:RoleDefinition",
    name: "role",
    props: { roleName: "operators", permissions: [{ actions: ["Microsoft.Web/sites/read"] }], ...props },
    links,
});

testRule(azureAssignableScopesTooWide, [
    { fact: "takes resource groups", stack: [role({ assignableScopes: [GROUP_SCOPE] })] },
    {
        fact: "finds each scope that is wider",
        stack: [role({ assignableScopes: [GROUP_SCOPE, SUBSCRIPTION_SCOPE] })],
        finds: [
            `role: custom role 'operators' can be assigned on a subscription ('${SUBSCRIPTION_SCOPE}'); expected resourceGroup or narrower`,
        ],
    },
    {
        fact: "judges the scope of the definition where no assignable scopes are given",
        stack: [role({ scope: SUBSCRIPTION_SCOPE })],
        finds: [
            `role: custom role 'operators' can be assigned on a subscription ('${SUBSCRIPTION_SCOPE}'); expected resourceGroup or narrower`,
        ],
    },
    {
        fact: "takes an unknown scope that comes from a resource group",
        stack: [role({ assignableScopes: [UNKNOWN] }, { assignableScopes: [GROUP] })],
    },
    {
        fact: "finds an unknown scope that comes from no place, in the preview alone",
        stack: [role({ assignableScopes: [UNKNOWN] })],
        finds: [
            "role: cannot judge the assignable scopes: 'assignableScopes.0' is not known before its resources exist",
        ],
        findsOnResource: [],
    },
]);
