/** Az cmdlets that call Microsoft Graph, with the parameter that names one object. */
export const AZ_GRAPH: Readonly<Record<string, readonly [collection: string, below?: string]>> = {
    azaduser: ["/users"],
    azadgroup: ["/groups"],
    azadgroupmember: ["/groups", "/members"],
    azadgroupowner: ["/groups", "/owners"],
    azadserviceprincipal: ["/servicePrincipals"],
    azadapplication: ["/applications"],
    azadappfederatedcredential: ["/applications", "/federatedIdentityCredentials"],
    azadappcredential: ["/applications", "credential"],
    azadspcredential: ["/servicePrincipals", "credential"],
};
