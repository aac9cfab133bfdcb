import { Application } from "@pulumi/azuread/application.js";
import { ServicePrincipal } from "@pulumi/azuread/servicePrincipal.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import { Config, getStack } from "@pulumi/pulumi";
// In a project of your own: from "leastwise/components".
import { ApiGrants, ManagedIdentity } from "../../components/index.ts";

/** App roles have ids of one's own choosing; fixed ones are known before the API exists. */
const ORDERS_READ = "4b1f2c7e-6f0d-4a53-9a0e-2d6f5f1f7c11";

const location = new Config("azure-native").require("location");

const api = new Application("orders", {
    displayName: `Orders ${getStack()}`,
    appRoles: [
        {
            id: ORDERS_READ,
            value: "Orders.Read",
            displayName: "Read orders",
            description: "Reads every order.",
            allowedMemberTypes: ["Application"],
            enabled: true,
        },
    ],
});
const servicePrincipal = new ServicePrincipal("orders", { clientId: api.clientId });

const resourceGroup = new ResourceGroup("group", { resourceGroupName: `rg-billing-${getStack()}`, location });
const billing = new ManagedIdentity("billing", {
    userAssigned: { resourceGroupName: resourceGroup.name, identityName: `id-billing-${getStack()}`, location },
});

new ApiGrants("billing-orders", {
    principalId: billing.principalId,
    api: { name: "Orders", appId: api.clientId, objectId: servicePrincipal.objectId },
    permissions: [{ permission: "Orders.Read", appRoleId: ORDERS_READ, tier: 2, reason: "Makes the invoices" }],
    adopt: true,
});

export const { principalId } = billing;
