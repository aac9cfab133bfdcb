import { MICROSOFT_GRAPH } from "../../access/apis.ts";
import { graphFirstPartyServicePrincipalOwned } from "../../policy-pack/rules/graph-first-party-service-principal-owned.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const principal = (props: Declared["props"]): Declared => ({
    type: "azuread:index/servicePrincipal:ServicePrincipal",
    name: "principal",
    props,
});
const OWN = "22222222-0000-4000-8000-000000000002";
const owned = (of: string): string =>
    `principal: the service principal of ${of} is a resource of this stack, so 'destroy' deletes it for the whole tenant; expected a look-up`;

testRule(graphFirstPartyServicePrincipalOwned, [
    { fact: "takes the service principal of an application of one's own", stack: [principal({ clientId: OWN })] },
    {
        fact: "finds that of Microsoft Graph taken over with useExisting",
        stack: [principal({ clientId: MICROSOFT_GRAPH, useExisting: true })],
        finds: [owned("Microsoft Graph")],
    },
    {
        fact: "finds those of Azure's services taken over, and any with an id that Microsoft keeps for itself",
        stack: [
            principal({ clientId: "ABFA0A7C-A6B6-4736-8310-5855508787CD", useExisting: true }),
            principal({ clientId: "00000007-0000-0000-c000-000000000000", useExisting: "true" }),
        ],
        finds: [owned("Microsoft Azure App Service"), owned("application '00000007-0000-0000-c000-000000000000'")],
    },
    {
        fact: "takes one of a service that the stack is the first to register, and one's own that is taken over",
        stack: [
            principal({ clientId: "205478c0-bd83-4e1b-a9d6-db63a3e1e1c8" }),
            principal({ clientId: OWN, useExisting: true }),
        ],
    },
    {
        fact: "finds it under each token of the provider",
        stack: [
            { ...principal({ clientId: MICROSOFT_GRAPH, useExisting: true }), type: "azuread:index:ServicePrincipal" },
            { ...principal({ clientId: MICROSOFT_GRAPH }), type: "azuread::ServicePrincipal" },
        ],
        finds: [owned("Microsoft Graph"), owned("Microsoft Graph")],
    },
    {
        fact: "finds it under the name that the id had before azuread 6",
        stack: [principal({ applicationId: MICROSOFT_GRAPH })],
        finds: [owned("Microsoft Graph")],
    },
    {
        fact: "finds one whose application is registered in Microsoft's tenant",
        stack: [principal({ clientId: OWN, applicationTenantId: "f8cdef31-a31e-4b4a-93e4-5f571e91255a" })],
        finds: [owned(`application '${OWN}'`)],
    },
    {
        fact: "finds one taken over whose application is not known before its resources exist, in the preview alone",
        stack: [principal({ clientId: UNKNOWN, useExisting: true })],
        finds: ["principal: cannot judge the application: 'clientId' is not known before its resources exist"],
        findsOnResource: [],
    },
    {
        fact: "takes one that came with an application that the stack makes, of the gallery or its own, before its id is known",
        stack: [
            "azuread:index/applicationFromTemplate:ApplicationFromTemplate",
            "azuread:index/application:Application",
        ].map(type => ({
            ...principal({ clientId: UNKNOWN, useExisting: true }),
            links: { clientId: [{ type, name: "app", props: { displayName: "app" } }] },
        })),
    },
    { fact: "takes a new one whose application is not known yet", stack: [principal({ clientId: UNKNOWN })] },
]);
