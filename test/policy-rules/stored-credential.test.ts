import { storedCredential } from "../../policy-pack/rules/stored-credential.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const resource = (type: string, props: Declared["props"] = {}): Declared => ({ type, name: "it", props });
const found = (what: string): string =>
    `it: a ${what} is kept in this stack; expected a managed identity or a federated credential`;

const KEPT: Readonly<Record<string, string>> = {
    "azuread:index/applicationPassword:ApplicationPassword": "password of an application",
    "azuread:index/applicationCertificate:ApplicationCertificate": "certificate of an application",
    "azuread:index/servicePrincipalPassword:ServicePrincipalPassword": "password of a service principal",
    "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate": "certificate of a service principal",
    "azure-native:automation:Credential": "credential of an Automation account",
    "azure-native:automation/v20241023:Certificate": "certificate of an Automation account",
    "azure-native:automation:Connection": "connection of an Automation account",
    "azure:automation/credential:Credential": "credential of an Automation account",
    "azure:automation/certificate:Certificate": "certificate of an Automation account",
    "azure:automation/connectionServicePrincipal:ConnectionServicePrincipal": "connection of an Automation account",
};

testRule(storedCredential, [
    {
        fact: "takes a federated credential",
        stack: [
            resource("azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential"),
        ],
    },
    { fact: "takes an application without a password", stack: [resource("azuread:index/application:Application")] },
    {
        fact: "takes accounts and certificates of other services",
        stack: [resource("azure:storage/account:Account"), resource("azure:keyvault/certificate:Certificate")],
    },
    ...Object.entries(KEPT).map(([type, what]) => ({
        fact: `finds ${type}`,
        stack: [resource(type)],
        finds: [found(what)],
    })),
    {
        fact: "finds a password within an application",
        stack: [resource("azuread:index/application:Application", { password: { displayName: "ci" } })],
        finds: [found("password of an application")],
    },
    {
        fact: "finds a password within an application that is not known yet, in the preview alone",
        stack: [resource("azuread:index/application:Application", { password: UNKNOWN })],
        finds: ["it: cannot judge the credential: 'password' is not known before its resources exist"],
        findsOnResource: [],
    },
]);
