import { type Output, output } from "@pulumi/pulumi";
import { getServicePrincipal } from "@pulumi/azuread/getServicePrincipal.js";
import { didYouMean } from "../access/name.ts";
import { perRun } from "./hooks/per-run.ts";

/** The service principal that stands for an API in the tenant. */
export interface ServicePrincipal {
    readonly objectId: string;
    /** @throws when the API has no such app role. */
    readonly appRoleId: (name: string) => string;
}

const known = perRun(() => new Map<string, Output<ServicePrincipal>>());

const lookUp = async (appId: string): Promise<ServicePrincipal> => {
    const { objectId, appRoleIds, displayName } = await getServicePrincipal({ clientId: appId });
    return {
        objectId,
        appRoleId: name => {
            const id = appRoleIds[name];
            if (!id)
                throw new Error(
                    `unknown permission '${name}' on ${displayName}${didYouMean(name, Object.keys(appRoleIds))}`,
                );
            return id;
        },
    };
};

/**
 * Looks an API's service principal up, once per run. It is never a resource of the program: destroying one of
 * Microsoft's would end the tenant's access to it (https://github.com/pulumi/pulumi-azuread/issues/2045).
 */
export const servicePrincipalOf = (appId: string): Output<ServicePrincipal> => {
    const found = known().get(appId) ?? output(lookUp(appId));
    known().set(appId, found);
    return found;
};
