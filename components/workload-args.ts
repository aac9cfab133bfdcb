import type { Input, Output, Resource } from "@pulumi/pulumi";
import type { OwnApi, PermissionArgs } from "./app-role.ts";
import type { AzureGrantArgs } from "./azure-grants-args.ts";
import type { RuntimeArgs, VariableArgs } from "./automation-account-args.ts";
import type { ExistingIdentity } from "./existing-identity.ts";
import type { FederatedCredentialArgs } from "./identity-args.ts";
import type { RunArgs } from "./runbook.ts";

/** The Automation account of a workload. */
export interface WorkloadAccountArgs {
    readonly name: string;
    /** @default - false: the account is made */
    readonly existing?: boolean;
    /** @default - PowerShell 7.4 with the module that signs in */
    readonly runtime?: RuntimeArgs;
    /** @default - none */
    readonly variables?: Readonly<Record<string, VariableArgs>>;
    /** @default - false */
    readonly publicNetworkAccess?: boolean;
}

/** The Function App of a workload. */
export interface WorkloadFunctionAppArgs {
    readonly name: string;
    /** @default - follows from the app's name */
    readonly storage?: string;
    /** @default - PowerShell 7.4 */
    readonly worker?: { readonly name: string; readonly version: string };
    /** @default - none */
    readonly settings?: Readonly<Record<string, Input<string>>>;
}

export interface WorkloadRunbookArgs {
    readonly name: string;
    /** PowerShell text. */
    readonly content: string;
    /** @default - none */
    readonly description?: string;
    /** @default - none: it runs when it is started */
    readonly runs?: readonly RunArgs[];
}

/** Permissions of one API. */
export interface WorkloadApiArgs {
    readonly api: string | OwnApi;
    readonly permissions: readonly (string | PermissionArgs)[];
}

export type WorkloadIdentity =
    | { readonly kind: "system-assigned" }
    | {
          readonly kind: "user-assigned";
          readonly name: string;
          readonly federatedCredentials?: readonly FederatedCredentialArgs[];
      }
    | { readonly kind: "existing"; readonly existing: ExistingIdentity };

export interface WorkloadArgs {
    readonly subscription: string;
    /** Name of the resource group. */
    readonly group: string;
    /**
     * The resource group, where the program makes it.
     * @default - it exists already
     */
    readonly groupResource?: Resource & { readonly name: Output<string> };
    readonly location: string;
    readonly identity: WorkloadIdentity;
    /** @default - none */
    readonly account?: WorkloadAccountArgs;
    /** @default - none */
    readonly functionApp?: WorkloadFunctionAppArgs;
    /** @default - none; they need an account */
    readonly runbooks?: readonly WorkloadRunbookArgs[];
    /** @default - none */
    readonly apis?: readonly WorkloadApiArgs[];
    /** @default - none */
    readonly azure?: readonly AzureGrantArgs[];
    /** @default - none */
    readonly tags?: Readonly<Record<string, string>>;
}
