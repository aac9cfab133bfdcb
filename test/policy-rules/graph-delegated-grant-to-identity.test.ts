import { MICROSOFT_GRAPH } from "../../access/apis.ts";
import { graphDelegatedGrantToIdentity } from "../../policy-pack/rules/graph-delegated-grant-to-identity.ts";
import { ACCOUNT, IDENTITY } from "../policy-grants.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const graph: Declared = {
    type: "azuread:index/servicePrincipal:ServicePrincipal",
    name: "graph",
    props: { clientId: MICROSOFT_GRAPH, useExisting: true },
};
const app: Declared = {
    type: "azuread:index/servicePrincipal:ServicePrincipal",
    name: "portal",
    props: { clientId: UNKNOWN },
    links: { clientId: [{ type: "azuread:index/application:Application", name: "app", props: {} }] },
};
const delegated = (to: Declared | undefined, props: Declared["props"] = {}): Declared => ({
    type: "azuread:index/servicePrincipalDelegatedPermissionGrant:ServicePrincipalDelegatedPermissionGrant",
    name: "consent",
    props: {
        servicePrincipalObjectId: UNKNOWN,
        resourceServicePrincipalObjectId: UNKNOWN,
        claimValues: ["User.Read", "Mail.Read"],
        ...props,
    },
    links: {
        ...(to === undefined ? {} : { servicePrincipalObjectId: [to] }),
        resourceServicePrincipalObjectId: [graph],
    },
});

testRule(graphDelegatedGrantToIdentity, [
    { fact: "takes delegated permissions of an application that signs users in", stack: [app, delegated(app)] },
    {
        fact: "takes delegated permissions of a service principal that another stack makes",
        stack: [delegated(undefined, { servicePrincipalObjectId: "11111111-0000-4000-8000-000000000001" })],
    },
    {
        fact: "finds delegated permissions of a user-assigned identity",
        stack: [IDENTITY, graph, delegated(IDENTITY)],
        finds: [
            "consent: delegated permissions 'User.Read', 'Mail.Read' on Microsoft Graph of all users are granted to identity 'job', which signs no user in; expected none",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds those of one user, to the identity of a resource, by names that are not known yet",
        stack: [ACCOUNT, graph, delegated(ACCOUNT, { claimValues: UNKNOWN, userObjectId: UNKNOWN })],
        finds: [
            "consent: delegated permissions that are not known yet on Microsoft Graph of a user are granted to identity 'nightly', which signs no user in; expected none",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a grant of which nothing tells whom it is to",
        stack: [graph, delegated(undefined)],
        finds: ["consent: cannot judge the delegated permissions: nothing tells whom they are granted to"],
        findsOnResource: [],
    },
]);
