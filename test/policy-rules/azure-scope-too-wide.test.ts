import { findRole } from "../../access/roles.ts";
import { azureScopeTooWide } from "../../policy-pack/rules/azure-scope-too-wide.ts";
import {
    AZURE_ROLE_ASSIGNMENT,
    type Declared,
    GROUP,
    GROUP_SCOPE,
    SUBSCRIPTION_SCOPE,
    testRule,
    UNKNOWN,
} from "../policy-support.ts";

const grant = (scope: unknown, links: readonly Declared[] = [], role = "Reader"): Declared => ({
    type: AZURE_ROLE_ASSIGNMENT,
    name: "grant",
    props: { principalId: UNKNOWN, roleDefinitionId: findRole(role).id, scope },
    links: { scope: links },
});

const account: Declared = { type: "azure-native:storage:StorageAccount", name: "account", props: {} };
const cluster: Declared = { type: "azure-native:containerservice:ManagedCluster", name: "cluster", props: {} };
const managementGroup: Declared = { type: "azure-native:management:ManagementGroup", name: "root", props: {} };
const identity: Declared = { type: "azuread:index/group:Group", name: "people", props: {} };

const EXPECTED =
    "expected '/', '/providers/Microsoft.Management/managementGroups/{name}', '/subscriptions/{id}', " +
    "'/subscriptions/{id}/resourceGroups/{name}' or the id of a resource";

testRule(azureScopeTooWide, [
    {
        fact: "takes a resource group, with or without the first slash",
        stack: [grant(GROUP_SCOPE), grant(GROUP_SCOPE.slice(1))],
    },
    { fact: "takes a resource", stack: [grant(`${GROUP_SCOPE}/providers/Microsoft.Web/sites/a`)] },
    {
        fact: "finds a subscription in any case",
        stack: [grant(SUBSCRIPTION_SCOPE.toUpperCase().replace("SUBSCRIPTIONS", "Subscriptions"))],
        finds: [
            `grant: role 'Reader' is assigned on a subscription ('${SUBSCRIPTION_SCOPE.toUpperCase().replace("SUBSCRIPTIONS", "Subscriptions")}'); expected resourceGroup or narrower`,
        ],
    },
    {
        fact: "finds the whole tenant",
        stack: [grant("/")],
        finds: ["grant: role 'Reader' is assigned on the whole tenant ('/'); expected resourceGroup or narrower"],
    },
    {
        fact: "takes a subscription where that is the ceiling",
        stack: [grant(SUBSCRIPTION_SCOPE)],
        config: { ceiling: "subscription" },
    },
    {
        fact: "finds a role that opens data above the ceiling for data, and takes one that does not",
        stack: [
            grant(SUBSCRIPTION_SCOPE, [], "Key Vault Secrets User"),
            grant(SUBSCRIPTION_SCOPE, [], "Storage Blob Data Contributor"),
            grant(SUBSCRIPTION_SCOPE, [], "Storage Blob Data Reader"),
            grant(SUBSCRIPTION_SCOPE, [], "DNS Zone Contributor"),
            grant(GROUP_SCOPE, [], "Key Vault Administrator"),
        ],
        config: { ceiling: "subscription", dataCeiling: "resourceGroup" },
        finds: ["Key Vault Secrets User", "Storage Blob Data Contributor"].map(
            role =>
                `grant: role '${role}' is assigned on a subscription ('${SUBSCRIPTION_SCOPE}'); expected resourceGroup or narrower`,
        ),
    },
    {
        fact: "names the narrower of the ceilings that a role is above",
        stack: [grant("/", [], "Key Vault Administrator")],
        config: { ceiling: "subscription", dataCeiling: "resourceGroup" },
        finds: [
            "grant: role 'Key Vault Administrator' is assigned on the whole tenant ('/'); expected resourceGroup or narrower",
        ],
    },
    {
        fact: "takes a subscription that is allowed",
        stack: [grant(SUBSCRIPTION_SCOPE)],
        config: { allowed: [SUBSCRIPTION_SCOPE] },
    },
    {
        fact: "takes a subscription that is allowed, by a pattern",
        stack: [grant(SUBSCRIPTION_SCOPE)],
        config: { allowed: ["/subscriptions/aaaaaaaa-*"] },
    },
    {
        fact: "takes an unknown scope that comes from a resource group or a resource",
        stack: [grant(UNKNOWN, [GROUP]), grant(UNKNOWN, [account])],
    },
    {
        fact: "takes an unknown scope that comes from a cluster, as no wider than the resource group that it manages",
        stack: [grant(UNKNOWN, [cluster]), grant(UNKNOWN, [cluster], "Key Vault Secrets User")],
        config: { dataCeiling: "resourceGroup" },
    },
    {
        fact: "finds an unknown scope that may be the resource group of a cluster, where a resource is the ceiling",
        stack: [grant(UNKNOWN, [account, cluster]), grant(UNKNOWN, [account])],
        config: { ceiling: "resource" },
        finds: [
            "grant: role 'Reader' is assigned on a resource or its managed resource group, which is not known yet; expected resource or narrower",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds an unknown scope that comes from a management group, whatever else it comes from",
        stack: [grant(UNKNOWN, [account, managementGroup])],
        finds: ["grant: role 'Reader' is assigned on a management group; expected resourceGroup or narrower"],
        findsOnResource: [],
    },
    {
        fact: "finds an unknown scope that comes from no place, in the preview alone",
        stack: [grant(UNKNOWN, [identity])],
        finds: ["grant: cannot judge the scope: 'scope' is not known before its resources exist"],
        findsOnResource: [],
    },
    {
        fact: "finds an allowed scope that is none",
        stack: [grant(GROUP_SCOPE)],
        config: { allowed: ["everywhere"] },
        finds: [`stack: the rule is configured wrongly: 'everywhere' is not an Azure scope; ${EXPECTED}`],
        findsOnResource: [`grant: the rule is configured wrongly: 'everywhere' is not an Azure scope; ${EXPECTED}`],
    },
    {
        fact: "finds a scope that is none",
        stack: [grant("rg-a")],
        finds: [`grant: cannot judge the scope: '/rg-a' is not an Azure scope; ${EXPECTED}`],
    },
]);
