import { identityUnused } from "../../policy-pack/rules/identity-unused.ts";
import { findRole } from "../../access/roles.ts";
import { AZURE_ROLE_ASSIGNMENT, type Declared, GROUP, GROUP_SCOPE, testRule, UNKNOWN } from "../policy-support.ts";

const identity = (name = "identity", type = "azure-native:managedidentity:UserAssignedIdentity"): Declared => ({
    type,
    name,
    props: { resourceGroupName: "rg-a", resourceName: `id-${name}` },
});
const IDENTITY = identity();
const app = (of: Declared): Declared => ({
    type: "azure-native:web:WebApp",
    name: "app",
    props: { identity: { type: "UserAssigned", userAssignedIdentities: UNKNOWN } },
    links: { identity: [of] },
});
const grant = (of: Declared): Declared => ({
    type: AZURE_ROLE_ASSIGNMENT,
    name: "grant",
    props: {
        principalId: UNKNOWN,
        principalType: "ServicePrincipal",
        roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${findRole("Reader").id}`,
        scope: GROUP_SCOPE,
    },
    links: { principalId: [of] },
});
const federation = (of: Declared): Declared => ({
    type: "azure-native:managedidentity:FederatedIdentityCredential",
    name: "federation",
    props: {
        resourceName: UNKNOWN,
        issuer: "https://token.actions.githubusercontent.com",
        subject: "repo:contoso/shop:environment:production",
        audiences: ["api://AzureADTokenExchange"],
    },
    links: { resourceName: [of] },
});
const without = (name: string, what: string): string => `${name}: identity '${name}' ${what}, or no identity`;
const NO_USE = "is attached to no resource and no token signs in as it; expected a use";

testRule(identityUnused, [
    {
        fact: "takes an identity with a workload and a right, also one that a token signs in as",
        stack: [GROUP, IDENTITY, app(IDENTITY), grant(IDENTITY)],
        findsOnResource: [],
    },
    { fact: "takes an identity that a pipeline signs in as", stack: [IDENTITY, federation(IDENTITY), grant(IDENTITY)] },
    {
        fact: "takes an identity that another resource is given, in a way that is not known",
        stack: [
            IDENTITY,
            {
                type: "kubernetes:core/v1:ServiceAccount",
                name: "account",
                props: { metadata: UNKNOWN },
                links: { metadata: [IDENTITY] },
            },
        ],
    },
    {
        fact: "takes a system-assigned identity without a right",
        stack: [{ ...app(IDENTITY), props: { identity: { type: "SystemAssigned" } }, links: {} }],
    },
    {
        fact: "takes an identity that Azure manages a cluster with, and finds one of the cluster's machines, without a right",
        stack: [
            identity("control"),
            identity("machines"),
            {
                type: "azure-native:containerservice:ManagedCluster",
                name: "cluster",
                props: { identity: { type: "UserAssigned" }, identityProfile: UNKNOWN },
                links: { identity: [identity("control")], identityProfile: [identity("machines")] },
            },
        ],
        finds: [without("machines", "holds no right in this stack; expected a grant")],
        findsOnResource: [],
    },
    {
        fact: "finds an identity that nothing acts with, whether it holds rights or not",
        stack: [identity("alone"), identity("granted"), grant(identity("granted"))],
        finds: [without("alone", NO_USE), without("granted", NO_USE)],
        findsOnResource: [],
    },
    {
        fact: "finds an identity without a right, in classic azure too",
        stack: [
            identity("identity", "azure:authorization/userAssignedIdentity:UserAssignedIdentity"),
            {
                type: "azure:appservice/linuxWebApp:LinuxWebApp",
                name: "app",
                props: { identity: { type: "UserAssigned", identityIds: [UNKNOWN] } },
                links: {
                    identity: [identity("identity", "azure:authorization/userAssignedIdentity:UserAssignedIdentity")],
                },
            },
        ],
        finds: ["identity: identity 'identity' holds no right in this stack; expected a grant, or no identity"],
        findsOnResource: [],
    },
    {
        fact: "takes an identity that is listed as used elsewhere",
        stack: [identity("shared")],
        config: { elsewhere: ["sh*"] },
    },
]);
