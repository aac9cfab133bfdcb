import type { Input } from "@pulumi/pulumi";
import type { HostIdentity } from "./automation-account-args.ts";

export interface FunctionAppArgs {
    readonly resourceGroupName: Input<string>;
    /** Name of the resource group, plain, for the scope of the app's role on its storage. */
    readonly group: string;
    /** Id of the subscription the app is in. */
    readonly subscription: string;
    readonly appName: string;
    readonly location: string;
    /**
     * Name of the storage account that the Functions host keeps its locks and packages in.
     * @default - `st` and the app's name, without what a storage account's name cannot have
     */
    readonly storageName?: string;
    /**
     * Language worker and its version.
     * @default - PowerShell 7.4
     */
    readonly worker?: { readonly name: string; readonly version: string };
    /**
     * Client id of the user-assigned identity that the app runs as.
     * @default - system-assigned
     */
    readonly userAssigned?: {
        readonly identity: HostIdentity;
        readonly clientId: Input<string | undefined>;
        readonly resourceId: Input<string | undefined>;
    };
    /** @default - none */
    readonly settings?: Readonly<Record<string, Input<string>>>;
    /** @default - none */
    readonly tags?: Readonly<Record<string, string>>;
}
