import {
    ComponentResource,
    type ComponentResourceOptions,
    type Input,
    type Output,
    type Resource,
} from "@pulumi/pulumi";
import { BlobContainer } from "@pulumi/azure-native/storage/blobContainer.js";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount.js";
import { AppServicePlan } from "@pulumi/azure-native/web/appServicePlan.js";
import { WebApp } from "@pulumi/azure-native/web/webApp.js";
import { REPLACED_FIRST } from "./replaced-first.ts";
import type { RoleArgs } from "./azure-grants-args.ts";
import type { FunctionAppArgs } from "./function-app-args.ts";
import type { IdentityOwner } from "./identity-args.ts";

const PACKAGES = "packages";

const storageNameOf = (appName: string): string =>
    `st${appName.toLowerCase().replaceAll(/[^a-z0-9]/g, "")}`.slice(0, 24);

/**
 * A Function App on a Flex Consumption plan that holds no key: its identity reads and writes its storage, which takes
 * no shared keys. https://learn.microsoft.com/azure/azure-functions/functions-identity-based-connections-tutorial
 */
export class FunctionApp extends ComponentResource implements IdentityOwner {
    readonly id: Output<string>;
    readonly identity: IdentityOwner["identity"];
    readonly appName: string;
    /** The app itself. */
    readonly app: Resource;
    /** The role that the Functions host needs on its own storage; give it to the app's identity. */
    readonly hostGrant: RoleArgs;

    constructor(name: string, args: FunctionAppArgs, opts?: ComponentResourceOptions) {
        super("leastwise:index:FunctionApp", name, {}, opts);
        const accountName = args.storageName ?? storageNameOf(args.appName);
        const storage = this.#storage(name, args, accountName);
        const app = this.#app(name, args, storage, accountName, this.#plan(name, args));
        this.app = app;
        this.id = app.id;
        this.identity = app.identity;
        this.appName = args.appName;
        this.hostGrant = {
            role: "Storage Blob Data Owner",
            scope: `/subscriptions/${args.subscription}/resourceGroups/${args.group}/providers/Microsoft.Storage/storageAccounts/${accountName}`,
            scopeResource: storage,
            reason: "The Functions host keeps its locks and packages in its own storage account",
        };
        this.registerOutputs({ id: this.id });
    }

    #storage(
        name: string,
        { resourceGroupName, location, tags }: FunctionAppArgs,
        accountName: string,
    ): StorageAccount {
        const storage = new StorageAccount(
            `${name}-storage`,
            {
                resourceGroupName,
                accountName,
                location,
                ...(tags && { tags }),
                kind: "StorageV2",
                sku: { name: "Standard_LRS" },
                allowBlobPublicAccess: false,
                allowSharedKeyAccess: false,
                enableHttpsTrafficOnly: true,
                minimumTlsVersion: "TLS1_2",
            },
            { parent: this, ...REPLACED_FIRST },
        );
        new BlobContainer(
            `${name}-packages`,
            { resourceGroupName, accountName: storage.name, containerName: PACKAGES, publicAccess: "None" },
            { parent: this, ...REPLACED_FIRST },
        );
        return storage;
    }

    #plan(name: string, { resourceGroupName, appName, location, tags }: FunctionAppArgs): AppServicePlan {
        return new AppServicePlan(
            `${name}-plan`,
            {
                resourceGroupName,
                name: `${appName}-plan`,
                location,
                ...(tags && { tags }),
                kind: "functionapp",
                reserved: true,
                sku: { name: "FC1", tier: "FlexConsumption" },
            },
            { parent: this, ...REPLACED_FIRST },
        );
    }

    #app(
        name: string,
        args: FunctionAppArgs,
        storage: StorageAccount,
        accountName: string,
        plan: AppServicePlan,
    ): WebApp {
        const { resourceGroupName, appName, location, tags, userAssigned, worker } = args;
        return new WebApp(
            `${name}-app`,
            {
                resourceGroupName,
                name: appName,
                location,
                ...(tags && { tags }),
                kind: "functionapp,linux",
                reserved: true,
                httpsOnly: true,
                serverFarmId: plan.id,
                identity: userAssigned?.identity ?? { type: "SystemAssigned" },
                functionAppConfig: {
                    deployment: { storage: this.#packageStore(storage, args) },
                    scaleAndConcurrency: { maximumInstanceCount: 40, instanceMemoryMB: 2048 },
                    runtime: worker ?? { name: "powershell", version: "7.4" },
                },
                siteConfig: {
                    minTlsVersion: "1.2",
                    ftpsState: "Disabled",
                    appSettings: this.#settings(args, accountName),
                },
            },
            { parent: this, ...REPLACED_FIRST },
        );
    }

    #packageStore(storage: StorageAccount, { userAssigned }: FunctionAppArgs) {
        return {
            type: "blobContainer",
            value: storage.primaryEndpoints.apply(({ blob }) => `${blob}${PACKAGES}`),
            authentication: userAssigned
                ? { type: "UserAssignedIdentity", userAssignedIdentityResourceId: userAssigned.resourceId }
                : { type: "SystemAssignedIdentity" },
        };
    }

    /** The SDK makes one value of all settings: a single unknown one would hide the rest from a policy. */
    #settings({ settings = {}, userAssigned }: FunctionAppArgs, accountName: string) {
        const host = {
            AzureWebJobsStorage__accountName: accountName,
            ...(userAssigned && {
                AzureWebJobsStorage__credential: "managedidentity",
                AzureWebJobsStorage__clientId: userAssigned.clientId as Input<string>,
            }),
        };
        return Object.entries({ ...host, ...settings }).map(([key, value]) => ({ name: key, value }));
    }
}
