import type { RawScope, RawWorkload } from "./raw.ts";

/** Resource ids that follow from names: what a policy and a preview see before anything exists. */
export const groupId = (subscription: string, group: string): string =>
    `/subscriptions/${subscription}/resourceGroups/${group}`;

export const accountId = (subscription: string, group: string, account: string): string =>
    `${groupId(subscription, group)}/providers/Microsoft.Automation/automationAccounts/${account}`;

export const functionAppId = (subscription: string, group: string, app: string): string =>
    `${groupId(subscription, group)}/providers/Microsoft.Web/sites/${app}`;

export const identityId = (subscription: string, group: string, identity: string): string =>
    `${groupId(subscription, group)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${identity}`;

/** A location as Azure itself writes it: `westeurope` for `West Europe`. */
export const azureLocation = (location: string): string => location.toLowerCase().replaceAll(" ", "");

export const groupOf = (name: string, { group, existingGroup }: RawWorkload): string => group ?? existingGroup ?? name;

const nameOf = (host: string | { readonly name: string }): string => (typeof host === "string" ? host : host.name);

/** Resource id of the account or Function App of a workload; undefined when it has neither. */
export const hostId = (subscription: string, name: string, workload: RawWorkload): string | undefined => {
    const group = groupOf(name, workload);
    if (workload.account !== undefined) return accountId(subscription, group, nameOf(workload.account));
    return workload.functionApp === undefined
        ? undefined
        : functionAppId(subscription, group, nameOf(workload.functionApp));
};

/** A scope as it was written, for messages. */
export const scopeWords = (scope: RawScope): string =>
    typeof scope === "string" ? scope : (Object.values(scope)[0] as string);
