import { AppRoleAssignment } from "@pulumi/azuread/appRoleAssignment.js";
import { getServicePrincipalOutput } from "@pulumi/azuread/getServicePrincipal.js";
import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";

/** Identities and what each is granted, by id, as a program without Leastwise has them. */
export interface BareGrants {
    readonly names: readonly string[];
    readonly api: string;
    /** By name. */
    readonly appRoleIds: Readonly<Record<string, string>>;
    /** By name. */
    readonly roleDefinitionIds: Readonly<Record<string, string>>;
}

/** The resources and nothing around them. */
export const deployBare = ({ names, api, appRoleIds, roleDefinitionIds }: BareGrants): void => {
    const group = new ResourceGroup("group", { resourceGroupName: "rg-bench", location: "westeurope" });
    const graph = getServicePrincipalOutput({ clientId: api });
    for (const name of names) {
        const args = { resourceGroupName: group.name, resourceName: name, location: "westeurope" };
        const { principalId } = new UserAssignedIdentity(name, args);
        let last: AppRoleAssignment | undefined;
        for (const [permission, appRoleId] of Object.entries(appRoleIds)) {
            const grant = { appRoleId, principalObjectId: principalId, resourceObjectId: graph.objectId };
            last = new AppRoleAssignment(`${name}-${permission}`, grant, { dependsOn: last ? [last] : [] });
        }
        for (const [role, roleDefinitionId] of Object.entries(roleDefinitionIds)) {
            const grant = { scope: group.id, principalId, principalType: "ServicePrincipal", roleDefinitionId };
            new RoleAssignment(`${name}-${role}`, grant);
        }
    }
};
