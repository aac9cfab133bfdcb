import { ComponentResource } from "@pulumi/pulumi";
import * as automation from "@pulumi/azure-native/automation/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import type { Input, Output } from "@pulumi/pulumi";
import { findRole } from "../access/roles.ts";

/** A resource of a type that no stand-in provider serves. The engine gives packs its type and inputs just the same. */
export class Declared extends ComponentResource {}

/**
 * A group of people. Who is given its id depends on it, as on a resource of a provider: the SDK leaves components
 * out of that unless they are remote.
 * Source: @pulumi/pulumi/runtime/dependsOn.js
 */
export class PeopleGroup extends Declared {
    readonly objectId: Output<string>;

    constructor(name: string) {
        super("azuread:index/group:Group", name, { displayName: name, securityEnabled: true, assignableToRole: true });
        Reflect.set(this, "__remote", true);
        this.objectId = this.urn;
    }
}

/** Path of a built-in role, by its name. */
export const roleId = (name: string): string =>
    `/providers/Microsoft.Authorization/roleDefinitions/${findRole(name).id}`;

/** What a resource needs to be in the group of its program. */
export interface Inside {
    readonly resourceGroupName: Input<string>;
}

/** The one group that a program makes. */
export const groupOfProgram = (): { readonly group: resources.ResourceGroup; readonly inGroup: Inside } => {
    const group = new resources.ResourceGroup("group", { resourceGroupName: "rg-a" });
    return { group, inGroup: { resourceGroupName: group.name } };
};

/** An Automation account that differs from how the rules want it in what is given. */
export const accountIn = (
    inGroup: Inside,
    differs: Omit<Partial<automation.AutomationAccountArgs>, "resourceGroupName"> = {},
): automation.AutomationAccount =>
    new automation.AutomationAccount("account", {
        ...inGroup,
        automationAccountName: "aa-nightly",
        disableLocalAuth: true,
        publicNetworkAccess: false,
        identity: { type: "SystemAssigned" },
        sku: { name: "Basic" },
        ...differs,
    });

/** A runtime environment of an account, and one module in it. */
export const runtimeIn = (
    name: string,
    { version, packageName, uri }: { readonly version: string; readonly packageName: string; readonly uri: string },
    inAccount: Inside & { readonly automationAccountName: Input<string> },
): void => {
    const runtime = new automation.RuntimeEnvironment(name, {
        ...inAccount,
        runtimeEnvironmentName: name,
        language: "PowerShell",
        version,
    });
    new automation.Package("module", {
        ...inAccount,
        runtimeEnvironmentName: runtime.name,
        packageName,
        contentLink: { uri: `https://www.powershellgallery.com/api/v2/package/${uri}` },
    });
};
