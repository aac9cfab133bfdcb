import type { Input } from "@pulumi/pulumi";

/** PowerShell modules by name with the version to pin. */
export type Packages = Readonly<Record<string, string>>;

/** What runs the runbooks. */
export interface RuntimeArgs {
    /** @default - `PowerShell-74` */
    readonly name?: string;
    /** @default - the module that signs in, Az.Accounts */
    readonly packages?: Packages;
}

export interface VariableArgs {
    /** Text; a secret is encrypted in Azure and in state. */
    readonly value: Input<string>;
    /**
     * Runbooks can read an encrypted variable, nobody else can.
     * @default - false
     */
    readonly encrypted?: boolean;
}

/** What the account's resource runs as. */
export interface HostIdentity {
    readonly type: "SystemAssigned" | "UserAssigned";
    readonly userAssignedIdentities?: Input<string[]>;
}

export interface AutomationAccountArgs {
    readonly resourceGroupName: Input<string>;
    readonly accountName: string;
    /**
     * Resource id of an account that exists; it then gets the runtime environment and the variables only.
     * @default - the account is made
     */
    readonly existingId?: Input<string>;
    /** @default - the resource group's */
    readonly location?: string;
    /** @default - none */
    readonly tags?: Readonly<Record<string, string>>;
    /** @default - system-assigned */
    readonly identity?: HostIdentity;
    /** @default - PowerShell 7.4 with Az.Accounts */
    readonly runtime?: RuntimeArgs;
    /** @default - none */
    readonly variables?: Readonly<Record<string, VariableArgs>>;
    /**
     * Whether webhooks and hybrid workers reach the account from the internet; schedules need none of it.
     * @default - false
     */
    readonly publicNetworkAccess?: boolean;
}

/** Signs a runbook in. */
export const SIGN_IN_PACKAGES: Packages = { "Az.Accounts": "5.3.0" };

/** Calls Microsoft Graph. */
export const GRAPH_PACKAGES: Packages = { "Microsoft.Graph.Authentication": "2.32.0" };
