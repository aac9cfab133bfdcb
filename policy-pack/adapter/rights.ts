import { readApiGrant } from "./api-grant.ts";
import { readAzureGrant } from "./azure-grant.ts";
import { readDelegatedGrant } from "./delegated-grant.ts";
import { readDirectoryRole } from "./directory-role.ts";
import type { GivenRight, ReadRights } from "./given-right.ts";
import { readLighthouse } from "./lighthouse.ts";
import { readGroupMember, readGroupSchedule, readMembers, readOwner, readOwners } from "./membership.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { readVaultPolicies, readVaultPolicy } from "./vault-policy.ts";

/** What each resource type that gives a right is read as. */
const READERS: Readonly<Record<string, ReadRights>> = {
    "azuread:AppRoleAssignment": readApiGrant,
    "azuread:ServicePrincipalDelegatedPermissionGrant": readDelegatedGrant,
    "azuread:DirectoryRoleAssignment": readDirectoryRole,
    "azuread:DirectoryRoleMember": readDirectoryRole,
    "azuread:DirectoryRoleEligibilityScheduleRequest": readDirectoryRole,
    "azuread:AdministrativeUnitRoleMember": readDirectoryRole,
    "azuread:GroupMember": readGroupMember,
    "azuread:PrivilegedAccessGroupAssignmentSchedule": readGroupSchedule,
    "azuread:PrivilegedAccessGroupEligibilitySchedule": readGroupSchedule,
    "azuread:Group": readMembers,
    "azuread:GroupWithoutMembers": readOwners,
    "azuread:Application": readOwners,
    "azuread:ApplicationOwner": readOwner,
    "azuread:ServicePrincipal": readOwners,
    "azure-native:authorization:RoleAssignment": readAzureGrant,
    "azure-native:authorization:PimRoleEligibilitySchedule": readAzureGrant,
    "azure-native:authorization:PimRoleAssignmentSchedule": readAzureGrant,
    "azure-native:authorization:RoleEligibilityScheduleRequest": readAzureGrant,
    "azure-native:authorization:RoleAssignmentScheduleRequest": readAzureGrant,
    "azure:authorization:Assignment": readAzureGrant,
    "azure:role:Assignment": readAzureGrant,
    "azure:pim:ActiveRoleAssignment": readAzureGrant,
    "azure:pim:EligibleRoleAssignment": readAzureGrant,
    "azurerm:RoleAssignment": readAzureGrant,
    "azurerm:PimActiveRoleAssignment": readAzureGrant,
    "azurerm:PimEligibleRoleAssignment": readAzureGrant,
    "azure-native:managedservices:RegistrationDefinition": readLighthouse,
    "azure:lighthouse:Definition": readLighthouse,
    "azurerm:LighthouseDefinition": readLighthouse,
    "azure-native:keyvault:AccessPolicy": readVaultPolicy,
    "azure-native:keyvault:Vault": readVaultPolicies,
    "azure:keyvault:AccessPolicy": readVaultPolicy,
    "azure:keyvault:KeyVault": readVaultPolicies,
    "azurerm:KeyVaultAccessPolicy": readVaultPolicy,
    "azurerm:KeyVault": readVaultPolicies,
};

export const RIGHT_TOKENS: readonly string[] = Object.keys(READERS);

/** Whether the rights that a resource of a type gives are read. */
export const givesRights = (token: string): boolean => Object.hasOwn(READERS, token);

type ByResource = WeakMap<PlainResource, readonly GivenRight[]>;

const known = new WeakMap<StackDefinitions, ByResource>();

/** The rights that a resource gives. They are read once, though rules of several kinds ask for them. */
export const rightsOf = (resource: PlainResource, defined: StackDefinitions): readonly GivenRight[] => {
    const { token } = resource;
    const read = token !== undefined && givesRights(token) ? READERS[token] : undefined;
    if (read === undefined) return [];
    const among: ByResource = known.get(defined) ?? new WeakMap<PlainResource, readonly GivenRight[]>();
    known.set(defined, among);
    const rights = among.get(resource) ?? read(resource, defined);
    among.set(resource, rights);
    return rights;
};
