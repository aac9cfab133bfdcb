import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount.js";
import { AppRoleAssignment } from "@pulumi/azuread/appRoleAssignment.js";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { v5 } from "uuid";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";

const ROLES = ["Reader", "Website Contributor", "Storage Blob Data Reader", "Key Vault Secrets User", "AcrPull"];
const PERMISSIONS = ["User.Read.All", "Group.Read.All", "Device.Read.All", "Sites.Selected", "Place.Read.All"];
const GRAPH_OBJECT = "99999999-0000-4000-8000-000000000009";
const SPACE = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
const numbered = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

/** A program of so many resources, half of them grants: a tenth of these an identity each, the rest storage accounts. */
export const stackOf =
    (resources: number, subscription: string): PulumiFn =>
    () => {
        const grants = Math.floor(resources / 2);
        const [groups, identities] = [Math.ceil(resources / 100), Math.ceil(grants / 10)];
        const group = numbered(groups).map(i => new ResourceGroup(`rg-${i}`, { resourceGroupName: `rg-${i}` }));
        const identity = numbered(identities).map(
            i => new UserAssignedIdentity(`id-${i}`, { resourceGroupName: at(group, i).name, resourceName: `id-${i}` }),
        );
        for (const i of numbered(Math.floor(grants / 2))) {
            new RoleAssignment(`role-${i}`, {
                principalId: at(identity, i).principalId,
                principalType: "ServicePrincipal",
                roleAssignmentName: v5(`role-${i}`, SPACE),
                roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${findRole(at(ROLES, Math.floor(i / identities))).id}`,
                scope: at(group, i).id,
            });
            new AppRoleAssignment(`permission-${i}`, {
                principalObjectId: at(identity, i).principalId,
                resourceObjectId: GRAPH_OBJECT,
                appRoleId: findAppRole(MICROSOFT_GRAPH, at(PERMISSIONS, Math.floor(i / identities))).id,
            });
        }
        for (const i of numbered(resources - groups - identities - grants)) {
            new StorageAccount(`store-${i}`, {
                resourceGroupName: at(group, i).name,
                accountName: `store${i}`,
                kind: "StorageV2",
                sku: { name: "Standard_LRS" },
                allowBlobPublicAccess: false,
                tags: { team: "bench" },
            });
        }
        return Promise.resolve();
    };
