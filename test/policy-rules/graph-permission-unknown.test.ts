import { appRoles, findAppRole, findApi, MICROSOFT_GRAPH } from "../../access/apis.ts";
import { graphPermissionUnknown } from "../../policy-pack/rules/graph-permission-unknown.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const OWN_ROLE = "77777777-aaaa-4aaa-8aaa-777777777777";
const usersRead = findAppRole(MICROSOFT_GRAPH, "User.Read.All").id;
const exchange = findAppRole(findApi("Office 365 Exchange Online").appId, "Exchange.ManageAsApp");

const grant = (appRoleId: string | undefined, links: Declared["links"] = {}): Declared => ({
    type: "azuread:index/appRoleAssignment:AppRoleAssignment",
    name: "grant",
    props: { principalObjectId: UNKNOWN, resourceObjectId: UNKNOWN, ...(appRoleId !== undefined && { appRoleId }) },
    links,
});

const servicePrincipal = (clientId: string, more: Declared["props"] = {}): Declared => ({
    type: "azuread:index/servicePrincipal:ServicePrincipal",
    name: "api",
    props: { clientId, ...more },
});

const application: Declared = {
    type: "azuread:index/application:Application",
    name: "application",
    props: { appRoles: [{ id: OWN_ROLE, value: "Orders.Read" }] },
};

const retired = appRoles(MICROSOFT_GRAPH).find(({ state }) => state === "disabled");
if (retired === undefined) throw new Error("the tables have no retired permission to test with");

testRule(graphPermissionUnknown, [
    { fact: "takes a permission of Microsoft Graph", stack: [grant(usersRead)] },
    { fact: "takes access without any app role", stack: [grant("00000000-0000-0000-0000-000000000000")] },
    {
        fact: "finds an id that no API has",
        stack: [grant("12345678-1234-4234-8234-123456789012")],
        finds: ["grant: no known API has an app role '12345678-1234-4234-8234-123456789012'"],
    },
    {
        fact: "takes such an id where it is allowed",
        stack: [grant("12345678-1234-4234-8234-123456789012")],
        config: { allowed: ["12345678-1234-4234-8234-123456789012"] },
    },
    {
        fact: "finds a permission that is retired",
        stack: [grant(retired.id)],
        finds: [`grant: permission '${retired.name}' on Microsoft Graph is retired`],
    },
    {
        fact: "finds a permission of another API where the stack tells which it is granted on",
        stack: [grant(exchange.id, { resourceObjectId: [servicePrincipal(MICROSOFT_GRAPH)] })],
        finds: [
            "grant: 'Exchange.ManageAsApp' is an app role of Office 365 Exchange Online, granted on Microsoft Graph",
        ],
        findsOnResource: [],
    },
    {
        fact: "takes an app role of an API that the stack makes, before and after it exists",
        stack: [application, grant(OWN_ROLE), grant(UNKNOWN, { appRoleId: [application] })],
    },
    {
        fact: "finds an id that is missing",
        stack: [grant(undefined)],
        finds: ["grant: cannot judge the permission: 'appRoleId' is missing"],
    },
    {
        fact: "finds an app role that is not known before its resources exist, in the preview alone",
        stack: [grant(UNKNOWN, { appRoleId: [servicePrincipal(MICROSOFT_GRAPH, { useExisting: true })] })],
        finds: ["grant: cannot judge the permission: 'appRoleId' is not known before its resources exist"],
        findsOnResource: [],
    },
]);
