import { ComponentResource, type ComponentResourceOptions, type Output, type Resource } from "@pulumi/pulumi";
import type { AzureGrant } from "../access/grant.ts";
import { assignPermissions, type AssignedPermissions, type WiredApiGrant } from "./assign-permissions.ts";
import { assignRoles } from "./assign-roles.ts";
import type { AzureGrantArgs } from "./azure-grants-args.ts";
import { AutomationAccount } from "./automation-account.ts";
import type { HostIdentity } from "./automation-account-args.ts";
import { FunctionApp } from "./function-app.ts";
import { attachmentOf, type Identity, identityFor } from "./identity.ts";
import { Runbook } from "./runbook.ts";
import type {
    WorkloadAccountArgs,
    WorkloadArgs,
    WorkloadFunctionAppArgs,
    WorkloadIdentity,
    WorkloadRunbookArgs,
} from "./workload-args.ts";

/** A grant of the workload; the ids of an API may come from resources of the program. */
export type WiredGrant = WiredApiGrant | AzureGrant;

/**
 * One workload: what runs it (an Automation account with its runbooks, or a Function App), the identity it runs as, and
 * the grants of that identity, no more.
 */
export class Workload extends ComponentResource {
    readonly identity: Identity;
    readonly principalId: Output<string>;
    /** The account or the Function App; undefined for an identity that something else runs as. */
    readonly host: Resource | undefined;
    readonly hostId: Output<string> | undefined;
    readonly runbooks: readonly Runbook[];
    /** Every grant of the identity. */
    readonly grants: readonly WiredGrant[];

    /** @throws when a permission, role, scope or schedule is unknown, or identity and host do not go together. */
    constructor(name: string, args: WorkloadArgs, opts?: ComponentResourceOptions) {
        super("leastwise:index:Workload", name, {}, opts);
        const own = args.identity.kind === "system-assigned" ? undefined : this.#ownIdentity(name, args);
        const account = args.account && this.#account(name, args, args.account, own);
        const app = args.functionApp && this.#functionApp(name, args, args.functionApp, own);
        this.identity = own ?? this.#hostIdentity(name, account ?? app);
        this.principalId = this.identity.principalId;
        this.host = account?.account ?? app?.app;
        this.hostId = account?.id ?? app?.id;
        this.runbooks = account
            ? (args.runbooks ?? []).map(runbook => this.#runbook(name, args, account, runbook))
            : [];
        this.grants = this.#grants(name, args, app?.hostGrant);
        this.registerOutputs({ principalId: this.principalId, hostId: this.hostId, grants: this.grants });
    }

    #ownIdentity(name: string, { identity, group, groupResource, location, tags }: WorkloadArgs): Identity {
        const owner = { resource: this, name };
        if (identity.kind === "existing") return identityFor(owner, { existing: identity.existing });
        const { name: identityName, federatedCredentials = [] } = identity as Extract<
            WorkloadIdentity,
            { kind: "user-assigned" }
        >;
        const resourceGroupName = groupResource?.name ?? group;
        const userAssigned = { resourceGroupName, identityName, location, federatedCredentials, ...(tags && { tags }) };
        return identityFor(owner, { userAssigned });
    }

    #hostIdentity(name: string, host: AutomationAccount | FunctionApp | undefined): Identity {
        if (!host) throw new Error(`${name}: a system-assigned identity needs an account or a functionApp`);
        return identityFor({ resource: this, name }, { systemAssignedOf: host });
    }

    #account(
        name: string,
        args: WorkloadArgs,
        account: WorkloadAccountArgs,
        own: Identity | undefined,
    ): AutomationAccount {
        const { subscription, group, groupResource, location, tags } = args;
        const { name: accountName, existing, ...settings } = account;
        const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Automation/automationAccounts/${accountName}`;
        const identity: HostIdentity | undefined = own && attachmentOf(own);
        return new AutomationAccount(
            name,
            {
                resourceGroupName: groupResource?.name ?? group,
                accountName,
                location,
                ...settings,
                ...(existing && { existingId: id }),
                ...(identity && { identity }),
                ...(tags && { tags }),
            },
            { parent: this },
        );
    }

    #functionApp(
        name: string,
        args: WorkloadArgs,
        app: WorkloadFunctionAppArgs,
        own: Identity | undefined,
    ): FunctionApp {
        const { subscription, group, groupResource, location, tags } = args;
        const { name: appName, storage, ...settings } = app;
        return new FunctionApp(
            name,
            {
                subscription,
                group,
                resourceGroupName: groupResource?.name ?? group,
                appName,
                location,
                ...settings,
                ...(storage !== undefined && { storageName: storage }),
                ...(own && {
                    userAssigned: { identity: attachmentOf(own), clientId: own.clientId, resourceId: own.resourceId },
                }),
                ...(tags && { tags }),
            },
            { parent: this },
        );
    }

    #runbook(name: string, args: WorkloadArgs, account: AutomationAccount, runbook: WorkloadRunbookArgs): Runbook {
        const { name: runbookName, ...rest } = runbook;
        return new Runbook(
            `${name}-${runbookName}`,
            {
                subscription: args.subscription,
                resourceGroupName: account.resourceGroupName,
                automationAccountName: account.accountName,
                runtimeEnvironment: account.runtimeEnvironmentName,
                location: args.location,
                runbookName,
                ...rest,
                ...(args.tags && { tags: args.tags }),
            },
            { parent: this },
        );
    }

    /** Grants on one principal are made one API after another: Entra refuses concurrent changes of it. */
    #grants(name: string, args: WorkloadArgs, hostGrant: AzureGrantArgs | undefined): readonly WiredGrant[] {
        const { principalId } = this;
        const adopt = args.identity.kind !== "existing";
        const owner = { resource: this, name };
        const apis: AssignedPermissions[] = [];
        for (const { api, permissions } of args.apis ?? []) {
            const prefix = `${name}-${(typeof api === "string" ? api : api.name).replaceAll(/\W+/g, "-")}`;
            const after = apis.at(-1)?.assignments.at(-1);
            apis.push(assignPermissions({ ...owner, prefix }, { principalId, api, permissions, adopt }, after));
        }
        const grants = [...(hostGrant ? [hostGrant] : []), ...(args.azure ?? [])];
        const azure = assignRoles(owner, { principalId, grants, adopt });
        return [...apis.flatMap(each => each.grants), ...azure.grants];
    }
}
