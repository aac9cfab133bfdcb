import { findRole } from "../../access/roles.ts";
import { findAppRole, MICROSOFT_GRAPH } from "../../access/apis.ts";
import { identityShared } from "../../policy-pack/rules/identity-shared.ts";
import { AZURE_ROLE_ASSIGNMENT, type Declared, GROUP_SCOPE, testRule, UNKNOWN } from "../policy-support.ts";

const IDENTITY: Declared = {
    type: "azure-native:managedidentity:UserAssignedIdentity",
    name: "identity",
    props: { resourceGroupName: "rg-a", resourceName: "id-shop" },
};
const host = (type: string, name: string): Declared => ({
    type,
    name,
    props: { identity: { type: "UserAssigned", userAssignedIdentities: UNKNOWN } },
    links: { identity: [IDENTITY] },
});
const app = (name: string): Declared => host("azure-native:web:WebApp", name);
const machine = (name: string): Declared => host("azure-native:compute:VirtualMachine", name);
const READER: Declared = {
    type: AZURE_ROLE_ASSIGNMENT,
    name: "grant",
    props: {
        principalId: UNKNOWN,
        principalType: "ServicePrincipal",
        roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${findRole("Reader").id}`,
        scope: GROUP_SCOPE,
    },
    links: { principalId: [IDENTITY] },
};
const TAKE_OVER: Declared = {
    type: "azuread:index/appRoleAssignment:AppRoleAssignment",
    name: "grant",
    props: {
        principalObjectId: UNKNOWN,
        resourceObjectId: UNKNOWN,
        appRoleId: findAppRole(MICROSOFT_GRAPH, "RoleManagement.ReadWrite.Directory").id,
    },
    links: { principalObjectId: [IDENTITY] },
};
const federated = (name: string, issuer: string, subject: string): Declared => ({
    type: "azure-native:managedidentity:FederatedIdentityCredential",
    name,
    props: {
        resourceName: UNKNOWN,
        issuer,
        subject,
        audiences: ["api://AzureADTokenExchange"],
    },
    links: { resourceName: [IDENTITY] },
});
const pipeline = (repository: string, name: string): Declared =>
    federated(name, "https://token.actions.githubusercontent.com", `repo:contoso/${repository}:environment:production`);
const operation = (stack: string, name: string): Declared =>
    federated(
        name,
        "https://api.pulumi.com/oidc",
        `pulumi:deploy:org:contoso:project:shop:stack:${stack}:operation:${name}:scope:write`,
    );
const found = (what: string): string => `identity: identity 'identity' ${what}`;

testRule(identityShared, [
    {
        fact: "takes one workload, and several alike",
        stack: [IDENTITY, READER, app("shop"), app("shop-west"), host("azure-native:web:WebAppSlot", "staging")],
    },
    { fact: "takes an identity without rights", stack: [IDENTITY, app("shop"), machine("agent")] },
    {
        fact: "takes data services that unwrap their keys with it",
        stack: [
            IDENTITY,
            READER,
            host("azure-native:storage:StorageAccount", "storage"),
            host("azure-native:sql:Server", "sql"),
        ],
    },
    {
        fact: "takes a pipeline with several credentials of one repository",
        stack: [IDENTITY, READER, pipeline("shop", "one"), pipeline("shop", "two")],
    },
    {
        fact: "takes the operations of one stack of Pulumi Cloud, which asks for a credential of each",
        stack: [IDENTITY, READER, ...["preview", "update", "destroy"].map(name => operation("prod", name))],
    },
    {
        fact: "finds two stacks of Pulumi Cloud",
        stack: [IDENTITY, READER, operation("prod", "update"), operation("dev", "preview")],
        finds: [
            found(
                "acts for unlike workloads, pipeline 'pulumi:deploy:org:contoso:project:shop:stack:dev', pipeline 'pulumi:deploy:org:contoso:project:shop:stack:prod'; expected an identity each",
            ),
        ],
        findsOnResource: [],
    },
    {
        fact: "finds resources of unlike kinds",
        stack: [IDENTITY, READER, app("shop"), machine("agent")],
        finds: [found("acts for unlike workloads, virtual machine 'agent', web app 'shop'; expected an identity each")],
        findsOnResource: [],
    },
    {
        fact: "finds a workload and the pipeline that deploys it",
        stack: [IDENTITY, READER, app("shop"), pipeline("shop", "deploys")],
        finds: [
            found("acts for unlike workloads, pipeline 'repo:contoso/shop', web app 'shop'; expected an identity each"),
        ],
        findsOnResource: [],
    },
    {
        fact: "finds pipelines of two repositories",
        stack: [IDENTITY, READER, pipeline("shop", "one"), pipeline("blog", "two")],
        finds: [
            found(
                "acts for unlike workloads, pipeline 'repo:contoso/blog', pipeline 'repo:contoso/shop'; expected an identity each",
            ),
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a right of the control plane in the hands of several, alike as they are",
        stack: [IDENTITY, TAKE_OVER, app("shop"), app("shop-west")],
        finds: [
            found(
                "holds a right of the control plane and acts for web app 'shop', web app 'shop-west'; expected one workload",
            ),
        ],
        findsOnResource: [],
    },
    {
        fact: "takes an identity that is listed",
        stack: [IDENTITY, READER, app("shop"), machine("agent")],
        config: { allowed: ["ident*"] },
    },
]);
