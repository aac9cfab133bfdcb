import { findAppRole, MICROSOFT_GRAPH } from "../../access/apis.ts";
import { graphControlPlanePermission } from "../../policy-pack/rules/graph-control-plane-permission.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const PRINCIPAL = "11111111-0000-4000-8000-000000000001";
const takesOver = findAppRole(MICROSOFT_GRAPH, "RoleManagement.ReadWrite.Directory").id;

const grant = (appRoleId: string, links: Declared["links"] = {}): Declared => ({
    type: "azuread:index/appRoleAssignment:AppRoleAssignment",
    name: "grant",
    props: { appRoleId, principalObjectId: UNKNOWN, resourceObjectId: PRINCIPAL },
    links,
});

const ownApi: Declared = {
    type: "azuread:index/servicePrincipal:ServicePrincipal",
    name: "api",
    props: { clientId: "22222222-0000-4000-8000-000000000002" },
};

const decoy: Declared = {
    type: "azuread:index/application:Application",
    name: "decoy",
    props: { appRoles: [{ id: takesOver, value: "Harmless" }] },
};

testRule(graphControlPlanePermission, [
    { fact: "takes a permission of user access", stack: [grant(findAppRole(MICROSOFT_GRAPH, "User.Read.All").id)] },
    {
        fact: "finds a permission of the control plane whose principal is not known yet",
        stack: [grant(takesOver)],
        finds: [
            "grant: permission 'RoleManagement.ReadWrite.Directory' on Microsoft Graph is of the control plane; expected a lesser one",
        ],
    },
    {
        fact: "finds it whatever the case of the id",
        stack: [grant(takesOver.toUpperCase())],
        finds: [
            "grant: permission 'RoleManagement.ReadWrite.Directory' on Microsoft Graph is of the control plane; expected a lesser one",
        ],
    },
    {
        fact: "finds it where the stack makes an application with the same id and seems to grant that",
        stack: [decoy, grant(takesOver, { appRoleId: [decoy], resourceObjectId: [decoy] })],
        finds: [
            "grant: permission 'RoleManagement.ReadWrite.Directory' on Microsoft Graph is of the control plane; expected a lesser one",
        ],
    },
    {
        fact: "takes one that is allowed by name",
        stack: [grant(takesOver)],
        config: { allowed: ["RoleManagement.ReadWrite.Directory"] },
    },
    {
        fact: "takes one that is allowed by name, by a pattern",
        stack: [grant(takesOver)],
        config: { allowed: ["RoleManagement.*"] },
    },
    {
        fact: "finds what is refused besides the control plane, by name or by a pattern, and takes it where it is not",
        stack: [grant(findAppRole(MICROSOFT_GRAPH, "Sites.FullControl.All").id)],
        config: { besides: ["Sites.Full*"] },
        finds: [
            "grant: permission 'Sites.FullControl.All' on Microsoft Graph reaches all that the tenant keeps of its kind; expected a lesser one",
        ],
    },
    {
        fact: "takes a permission of the management plane that nothing refuses",
        stack: [grant(findAppRole(MICROSOFT_GRAPH, "Sites.FullControl.All").id)],
    },
    {
        fact: "takes one that is allowed and refused besides",
        stack: [grant(findAppRole(MICROSOFT_GRAPH, "Sites.FullControl.All").id)],
        config: { besides: ["Sites.*"], allowed: ["Sites.FullControl.All"] },
    },
    {
        fact: "finds a name that is allowed and that no API has",
        stack: [grant(takesOver)],
        config: { allowed: ["RoleManagement.ReadWrite.Directry"] },
        finds: [
            "stack: the rule is configured wrongly: unknown permission 'RoleManagement.ReadWrite.Directry' on Microsoft Graph; did you mean 'RoleManagement.ReadWrite.Directory'?",
        ],
        findsOnResource: [
            "grant: the rule is configured wrongly: unknown permission 'RoleManagement.ReadWrite.Directry' on Microsoft Graph; did you mean 'RoleManagement.ReadWrite.Directory'?",
        ],
    },
    {
        fact: "takes an app role of an API that the stack makes",
        stack: [grant(UNKNOWN, { appRoleId: [ownApi] })],
        findsOnResource: [],
    },
    {
        fact: "finds an app role that is not known before its resources exist, in the preview alone",
        stack: [grant(UNKNOWN)],
        finds: ["grant: cannot judge the permission: 'appRoleId' is not known before its resources exist"],
        findsOnResource: [],
    },
]);
