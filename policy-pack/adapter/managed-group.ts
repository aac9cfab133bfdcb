import { armTypeOf } from "./arm-type.ts";
import type { PlainResource } from "./resource.ts";

/**
 * Types for each resource of which Azure makes a resource group, with a property that names it: `nodeResourceGroup`,
 * `managedResourceGroupId`, `infrastructureResourceGroup`, `exactStagingResourceGroup`, `clusterProfile.resourceGroupId`.
 * Sources: https://learn.microsoft.com/azure/aks/node-resource-group-lockdown (clusters),
 * https://learn.microsoft.com/powershell/module/az.databricks/get-azdatabricksworkspace (Databricks),
 * https://learn.microsoft.com/powershell/module/az.resources/new-azmanagedapplication (managed applications),
 * https://learn.microsoft.com/dotnet/api/azure.resourcemanager.appcontainers.containerappmanagedenvironmentdata.infrastructureresourcegroup
 * (Container Apps), https://learn.microsoft.com/azure/templates/microsoft.synapse/workspaces (Synapse),
 * https://learn.microsoft.com/azure/templates/microsoft.purview/accounts (Purview),
 * https://learn.microsoft.com/dotnet/api/microsoft.azure.powershell.cmdlets.imagebuilder.models.iimagetemplate.exactstagingresourcegroup
 * (image templates)
 */
const MANAGING: ReadonlySet<string | undefined> = new Set([
    "microsoft.app/managedenvironments",
    "microsoft.containerservice/managedclusters",
    "microsoft.databricks/workspaces",
    "microsoft.purview/accounts",
    "microsoft.redhatopenshift/openshiftclusters",
    "microsoft.solutions/applications",
    "microsoft.synapse/workspaces",
    "microsoft.virtualmachineimages/imagetemplates",
]);

/** Whether Azure makes a resource group for a resource, so that what comes from it may be the id of that group. */
export const managesGroup = (resource: PlainResource): boolean => MANAGING.has(armTypeOf(resource));
