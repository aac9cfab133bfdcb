import type { PlainResource } from "./resource.ts";
import { partOf, Unknown } from "./value.ts";

/** Properties that list who administers a service, or gets at its data, by object id. */
const LISTS: ReadonlySet<string> = new Set([
    "accesspolicyobjectids",
    "admingroupobjectids",
    "administrationmembers",
    "adminobjectids",
    "asadministrators",
    "initialadminobjectids",
    "initialworkspaceadminobjectid",
    "subscriptionownerid",
]);

/** Blocks that are an administrator, or a list of entries, with the part that says who. */
const BLOCKS: Readonly<Record<string, string>> = {
    accesspolicies: "objectId",
    aces: "id",
    administration: "members",
    administrators: "sid",
    azureactivedirectoryadministrator: "objectId",
    azureadadministrator: "objectId",
};

const isFilled = (value: unknown): boolean =>
    value instanceof Unknown ||
    (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== "");

/** Whether a property makes principals administrators of a service, or lets them at its data. */
export const holdsAdministrators = (key: string, value: unknown): boolean => {
    const lower = key.toLowerCase();
    if (LISTS.has(lower)) return isFilled(value);
    const part = Object.hasOwn(BLOCKS, lower) ? BLOCKS[lower] : undefined;
    if (part === undefined || value instanceof Unknown) return part !== undefined;
    return (Array.isArray(value) ? (value as unknown[]) : [value]).some(each => isFilled(partOf(each, part)));
};

/**
 * Resource types that let one principal administer a service, or get at its data, beside those that hold a role and a
 * principal. Source: https://www.pulumi.com/registry/packages/azure-native/api-docs/
 */
const TYPES: readonly (readonly [token: RegExp, keys: readonly string[]])[] = [
    [/:(\w*ActiveDirectoryAdministrator\w*|\w*AzureADAdministrator)$/, ["objectId", "sid"]],
    [/:dbforpostgresql:(Administrator|AdministratorsMicrosoftEntra)$/, ["objectId", "principalName"]],
    [/:dbforpostgresql:ServerGroupRole$/, ["objectId"]],
    [/:(ManagedInstance|SingleServerServer)Administrator$/, ["sid"]],
    [/:(Synapse)?Workspace(Sql)?AadAdmin$/, ["objectId", "sid"]],
    [/:\w*AccessPolicyAssignment$/, ["objectId", "user"]],
    [/:apimanagement:AuthorizationAccessPolicy$/, ["objectId"]],
    [/^(azure(-native)?:mongocluster:|azurerm:MongoCluster)User$/, ["properties", "objectId"]],
    [/^(azure:analysisservices:|azurerm:AnalysisServices)Server$/, ["adminUsers"]],
    [/^(azure:powerbi:|azurerm:Powerbi)Embedded$/, ["administrators"]],
    [/:\w*TrustedAccessRoleBinding$/, ["roles"]],
    [/^azure-native:managedservices:RegistrationAssignment$/, ["properties", "registrationDefinitionId"]],
    [/^(azure:lighthouse:|azurerm:Lighthouse)Assignment$/, ["lighthouseDefinitionId"]],
];

/** The property by which a resource of such a type says who. */
export const administratorIn = (resource: PlainResource): string | undefined => {
    const [, keys = []] = TYPES.find(([token]) => token.test(resource.token ?? "")) ?? [];
    return keys.find(key => resource.has(key));
};
