import { type Input, log, type Output, type Resource } from "@pulumi/pulumi";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import { DateTime } from "luxon";
import type { VariableArgs } from "./components/automation-account-args.ts";
import type { AzureGrantArgs } from "./components/azure-grants-args.ts";
import { Workload, type WiredGrant } from "./components/workload.ts";
import { readDeclaration, secretOf, stackConfig } from "./config.ts";
import { cacheFolder } from "./toolchain/cache-folder.ts";
import type { AccountDeclaration, GroupDeclaration, ScopeOwner, WorkloadDeclaration } from "./config/declaration.ts";

/** A grant with who holds it: a line of the grant manifest. */
export type ManifestEntry = WiredGrant & { readonly principalId: Output<string> };

/** What the stack says about a workload. */
export interface WorkloadOutputs {
    readonly principalId: Output<string>;
    readonly clientId: Output<string | undefined>;
    readonly identityResourceId: Output<string | undefined>;
}

export interface ProgramOutputs {
    /** Every grant that the stack gives: the grant manifest. At preview all of it is known but the principals. */
    readonly grants: readonly ManifestEntry[];
    readonly workloads: Readonly<Record<string, WorkloadOutputs>>;
}

/** What scopes can name, by the name they use. A workload's host may be made later than the grant that names it. */
interface Places {
    readonly groups: ReadonlyMap<string, ResourceGroup>;
    readonly hosts: ReadonlyMap<string, PromiseWithResolvers<Resource>>;
}

const variablesOf = ({ variables }: AccountDeclaration): Record<string, VariableArgs> =>
    Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [
            name,
            typeof value === "string" ? { value } : { value: secretOf(value.secret), encrypted: true },
        ]),
    );

const groupNamed = ({ groups }: Places, name: string): ResourceGroup | undefined => groups.get(name.toLowerCase());

const scopeResourceOf = (places: Places, { group, workload }: ScopeOwner): Input<Resource> | undefined => {
    if (workload !== undefined) return places.hosts.get(workload)?.promise;
    return group === undefined ? undefined : groupNamed(places, group);
};

const azureOf = (places: Places, { azure }: WorkloadDeclaration): AzureGrantArgs[] =>
    azure.map(({ owned, ...grant }) => {
        const scopeResource = scopeResourceOf(places, owned);
        return scopeResource === undefined ? grant : { ...grant, scopeResource };
    });

const makeWorkload = (declaration: WorkloadDeclaration, subscription: string, places: Places): Workload => {
    const { name, account, ...declared } = declaration;
    const groupResource = groupNamed(places, declaration.group);
    const workload = new Workload(name, {
        ...declared,
        subscription,
        azure: azureOf(places, declaration),
        ...(account && { account: { ...account, variables: variablesOf(account) } }),
        ...(groupResource && { groupResource }),
    });
    if (workload.host) places.hosts.get(name)?.resolve(workload.host);
    return workload;
};

const makeGroups = (groups: readonly GroupDeclaration[]): ReadonlyMap<string, ResourceGroup> =>
    new Map(
        groups.map(({ name, location, tags }) => [
            name.toLowerCase(),
            new ResourceGroup(
                `group-${name}`,
                { resourceGroupName: name, location, tags },
                { deleteBeforeReplace: true },
            ),
        ]),
    );

const manifestOf = ({ grants, principalId }: Workload): ManifestEntry[] =>
    grants.map(grant => ({ ...grant, principalId }));

const outputsOf = ({ identity, principalId }: Workload): WorkloadOutputs => ({
    principalId,
    clientId: identity.clientId,
    identityResourceId: identity.resourceId,
});

/**
 * The program: what the stack's configuration declares, as resources.
 * @returns the stack's outputs.
 * @throws before any resource is made when something is wrong with the configuration.
 */
export const deploy = async (): Promise<ProgramOutputs> => {
    const options = { folder: process.cwd(), now: DateTime.now(), env: process.env, cache: cacheFolder() };
    const { subscription, groups, workloads, warnings } = await readDeclaration(stackConfig(), options);
    for (const warning of warnings) await log.warn(warning);
    const hosts = new Map(workloads.map(({ name }) => [name, Promise.withResolvers<Resource>()]));
    const places = { groups: makeGroups(groups), hosts };
    const made = workloads.map(declared => ({
        name: declared.name,
        workload: makeWorkload(declared, subscription, places),
    }));
    return {
        grants: made.flatMap(({ workload }) => manifestOf(workload)),
        workloads: Object.fromEntries(made.map(({ name, workload }) => [name, outputsOf(workload)])),
    };
};
