import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as storage from "@pulumi/azure-native/storage/index.js";
import * as web from "@pulumi/azure-native/web/index.js";
import * as azuread from "@pulumi/azuread";
import { interpolate } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";

const roleId = (name: string): string => `/providers/Microsoft.Authorization/roleDefinitions/${findRole(name).id}`;

/**
 * An app that rules the tenant and runs a package from a container, and a publisher that holds a role on one container:
 * the one with the package, or another.
 */
export const packagedProgram =
    (role: string, on: "releases" | "uploads"): PulumiFn =>
    async () => {
        const group = new resources.ResourceGroup("group", { resourceGroupName: "rg-code" });
        const inGroup = { resourceGroupName: group.name };
        const account = new storage.StorageAccount("code", {
            ...inGroup,
            accountName: "stcode",
            kind: "StorageV2",
            sku: { name: "Standard_LRS" },
        });
        const [releases, uploads] = ["releases", "uploads"].map(
            name => new storage.BlobContainer(name, { ...inGroup, accountName: account.name, containerName: name }),
        ) as [storage.BlobContainer, storage.BlobContainer];
        const app = new web.WebApp("app", {
            ...inGroup,
            name: "app-code",
            identity: { type: "SystemAssigned" },
            siteConfig: {
                appSettings: [
                    {
                        name: "WEBSITE_RUN_FROM_PACKAGE",
                        value: interpolate`https://${account.name}.blob.core.windows.net/${releases.name}/app.zip`,
                    },
                ],
            },
        });
        const graph = await azuread.getServicePrincipal({ clientId: MICROSOFT_GRAPH });
        new azuread.AppRoleAssignment("rules", {
            principalObjectId: app.identity.apply(made => made?.principalId ?? ""),
            resourceObjectId: graph.objectId,
            appRoleId: findAppRole(MICROSOFT_GRAPH, "RoleManagement.ReadWrite.Directory").id,
        });
        const publisher = new managedidentity.UserAssignedIdentity("publisher", {
            ...inGroup,
            resourceName: "id-publisher",
        });
        new authorization.RoleAssignment("publishes", {
            principalId: publisher.principalId,
            principalType: "ServicePrincipal",
            roleDefinitionId: roleId(role),
            scope: (on === "releases" ? releases : uploads).id,
        });
    };
