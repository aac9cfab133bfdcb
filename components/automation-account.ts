import {
    ComponentResource,
    type ComponentResourceOptions,
    type Input,
    type Output,
    output,
    type Resource,
} from "@pulumi/pulumi";
import { AutomationAccount as Account } from "@pulumi/azure-native/automation/automationAccount.js";
import { Package } from "@pulumi/azure-native/automation/package.js";
import { RuntimeEnvironment } from "@pulumi/azure-native/automation/runtimeEnvironment.js";
import { Variable } from "@pulumi/azure-native/automation/variable.js";
import { REPLACED_FIRST } from "./replaced-first.ts";
import { type AutomationAccountArgs, type Packages, SIGN_IN_PACKAGES } from "./automation-account-args.ts";
import type { IdentityOwner } from "./identity-args.ts";

/** PowerShell 7.2 breaks with newer Graph modules: https://github.com/microsoftgraph/msgraph-sdk-powershell/issues/3151 */
const POWERSHELL = "7.4";

const BASES: readonly (readonly [RegExp, string])[] = [
    [/^az\.(?!accounts$)/i, "az.accounts"],
    [/^microsoft\.graph\.(?!authentication$)/i, "microsoft.graph.authentication"],
];

/** The module that another one builds on, in lower case: it has to be there first. */
const baseOf = (name: string): string | undefined => BASES.find(([names]) => names.test(name))?.[1];

const basesFirst = (packages: Packages): [name: string, version: string][] =>
    Object.entries(packages).sort(([a], [b]) => Number(baseOf(a) !== undefined) - Number(baseOf(b) !== undefined));

/**
 * An Azure Automation account: an identity instead of keys, no local sign-in, a PowerShell 7.4 runtime environment with
 * pinned modules, and variables. The identity is the account's: every runbook in it can use it, so an account holds
 * runbooks of like needs. https://learn.microsoft.com/azure/automation/runtime-environment-overview
 */
export class AutomationAccount extends ComponentResource implements IdentityOwner {
    readonly id: Output<string>;
    /** Known once the account exists. */
    readonly accountName: Output<string>;
    readonly resourceGroupName: Input<string>;
    readonly identity: IdentityOwner["identity"];
    readonly runtimeEnvironmentName: Output<string>;
    /** The account itself. */
    readonly account: Resource;

    constructor(name: string, args: AutomationAccountArgs, opts?: ComponentResourceOptions) {
        super("leastwise:index:AutomationAccount", name, {}, opts);
        const account = this.#account(name, args);
        this.account = account;
        this.id = account.id;
        this.accountName = account.name;
        this.resourceGroupName = args.resourceGroupName;
        this.identity = account.identity;
        const runtime = this.#runtime(name, args, account);
        this.runtimeEnvironmentName = runtime.name;
        this.#packages(name, args, runtime);
        this.#variables(name, args, account);
        this.registerOutputs({ id: this.id, runtimeEnvironmentName: this.runtimeEnvironmentName });
    }

    #account(name: string, args: AutomationAccountArgs): Account {
        const {
            resourceGroupName,
            accountName,
            existingId,
            location,
            tags,
            identity,
            publicNetworkAccess = false,
        } = args;
        if (existingId !== undefined) return Account.get(`${name}-account`, existingId, { parent: this });
        return new Account(
            `${name}-account`,
            {
                resourceGroupName,
                automationAccountName: accountName,
                ...(location !== undefined && { location }),
                ...(tags && { tags }),
                identity: identity ?? { type: "SystemAssigned" },
                sku: { name: "Basic" },
                disableLocalAuth: true,
                publicNetworkAccess,
            },
            { parent: this, ...REPLACED_FIRST },
        );
    }

    #runtime(
        name: string,
        { resourceGroupName, runtime, location, tags }: AutomationAccountArgs,
        account: Account,
    ): RuntimeEnvironment {
        return new RuntimeEnvironment(
            `${name}-runtime`,
            {
                resourceGroupName,
                automationAccountName: account.name,
                runtimeEnvironmentName: runtime?.name ?? "PowerShell-74",
                ...(location !== undefined && { location }),
                ...(tags && { tags }),
                description: "PowerShell with pinned modules.",
                language: "PowerShell",
                version: POWERSHELL,
            },
            { parent: this, ...REPLACED_FIRST },
        );
    }

    #packages(
        name: string,
        { resourceGroupName, runtime }: AutomationAccountArgs,
        environment: RuntimeEnvironment,
    ): void {
        const made = new Map<string, Package>();
        for (const [packageName, version] of basesFirst(runtime?.packages ?? SIGN_IN_PACKAGES)) {
            const base = made.get(baseOf(packageName) ?? "");
            const dependsOn = base === undefined ? [] : [base];
            const resource = new Package(
                `${name}-package-${packageName}`,
                {
                    resourceGroupName,
                    automationAccountName: this.accountName,
                    runtimeEnvironmentName: environment.name,
                    packageName,
                    contentLink: {
                        uri: `https://www.powershellgallery.com/api/v2/package/${packageName}/${version}`,
                        version,
                    },
                },
                { parent: this, dependsOn, ...REPLACED_FIRST },
            );
            made.set(packageName.toLowerCase(), resource);
        }
    }

    #variables(name: string, { resourceGroupName, variables = {} }: AutomationAccountArgs, account: Account): void {
        for (const [variableName, { value, encrypted = false }] of Object.entries(variables)) {
            new Variable(
                `${name}-variable-${variableName}`,
                {
                    resourceGroupName,
                    automationAccountName: account.name,
                    variableName,
                    name: variableName,
                    isEncrypted: encrypted,
                    value: output(value).apply(text => JSON.stringify(text)),
                },
                { parent: this, ...REPLACED_FIRST },
            );
        }
    }
}
