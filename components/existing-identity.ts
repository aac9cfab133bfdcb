import { output, type Output } from "@pulumi/pulumi";
import { getUserAssignedIdentity } from "@pulumi/azure-native/managedidentity/getUserAssignedIdentity.js";
import { getServicePrincipal } from "@pulumi/azuread/getServicePrincipal.js";
import { parseScope } from "../access/scope.ts";
import { restClient } from "./hooks/rest.ts";

/** An identity outside of the program; just one of the three. */
export interface ExistingIdentity {
    /** Object id of its service principal. */
    readonly principalId?: string;
    /** Resource id of a user-assigned identity, or of any resource with a system-assigned one. */
    readonly resourceId?: string;
    /** Display name of its enterprise application. */
    readonly enterpriseApplication?: string;
}

/** What is read of an identity. */
export interface ReadIdentity {
    readonly principalId: Output<string>;
    readonly clientId: Output<string | undefined>;
    readonly resourceId: Output<string | undefined>;
}

/** Whether a resource id is that of a user-assigned identity. */
export const isUserAssigned = (resourceId: string): boolean =>
    parseScope(resourceId).resourceType?.toLowerCase() === "microsoft.managedidentity/userassignedidentities";

interface Found {
    readonly principalId: string;
    readonly clientId?: string;
}

const byResource = async (resourceId: string): Promise<Found> => {
    if (!isUserAssigned(resourceId)) return bySystemAssigned(resourceId);
    const { resourceGroup = "" } = parseScope(resourceId);
    return getUserAssignedIdentity({
        resourceGroupName: resourceGroup,
        resourceName: resourceId.slice(resourceId.lastIndexOf("/") + 1),
    });
};

/** The one way that works for every type of resource: https://learn.microsoft.com/rest/api/managedidentity/system-assigned-identities/get-by-scope */
const bySystemAssigned = async (resourceId: string): Promise<Found> => {
    const path = `${resourceId}/providers/Microsoft.ManagedIdentity/identities/default?api-version=2023-01-31`;
    const response = await (await restClient()()).send("resourceManager", { method: "GET", path });
    const { properties } = (await response.json()) as { properties: Found };
    return properties;
};

const byApplication = async (displayName: string): Promise<Found> => {
    const { objectId, clientId } = await getServicePrincipal({ displayName });
    return { principalId: objectId, clientId };
};

/**
 * Reads an identity that exists.
 * @throws when it is not named in just one way.
 */
export const readIdentity = ({ principalId, resourceId, enterpriseApplication }: ExistingIdentity): ReadIdentity => {
    const names = [principalId, resourceId, enterpriseApplication].filter(name => name !== undefined);
    if (names.length !== 1) {
        throw new Error(
            `an existing identity is named by its principalId, its resourceId or its enterpriseApplication; got ${names.length} of them`,
        );
    }
    const found = output<Found>(
        principalId !== undefined
            ? { principalId }
            : resourceId !== undefined
              ? byResource(resourceId)
              : byApplication(enterpriseApplication ?? ""),
    );
    return {
        principalId: found.apply(each => each.principalId),
        clientId: found.apply(each => each.clientId),
        resourceId: output(resourceId),
    };
};
