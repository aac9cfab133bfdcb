import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as automation from "@pulumi/azure-native/automation/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as storage from "@pulumi/azure-native/storage/index.js";
import * as web from "@pulumi/azure-native/web/index.js";
import { type Input, interpolate, secret } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { accountIn, Declared, groupOfProgram, type Inside, roleId, runtimeIn } from "./policy-programs-parts.ts";

const GITHUB = "https://token.actions.githubusercontent.com";
const AUDIENCES = ["api://AzureADTokenExchange"];
const READER = roleId("Reader");
const SIGN_IN = "Connect-MgGraph -Identity\n";
const USERS = "https://graph.microsoft.com/v1.0/users";
const PERMISSIONS = "https://graph.microsoft.com/v1.0/servicePrincipals/$id/appRoleAssignments";

const textRunbook = (name: string, automationAccountName: Input<string>, content: Input<string>): Declared =>
    new Declared("azure:automation/runBook:RunBook", name, {
        name,
        automationAccountName,
        runbookType: "PowerShell",
        content,
    });

const appOf = (inside: Inside, identityId: Input<string>, setting: web.WebAppArgs["siteConfig"]): web.WebApp => {
    const plan = new web.AppServicePlan("plan", { ...inside, name: "plan-shop", sku: { name: "B1", tier: "Basic" } });
    return new web.WebApp("shop", {
        ...inside,
        name: "app-contoso-shop",
        serverFarmId: plan.id,
        identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
        ...(setting && { siteConfig: setting }),
    });
};

/** A program that breaks every rule on identities and Automation once. Nothing of it exists. */
export const breakingIdentities: PulumiFn = () => {
    const { group, inGroup } = groupOfProgram();
    const shared = new managedidentity.UserAssignedIdentity("shared", { ...inGroup, resourceName: "id-shared" });
    new managedidentity.UserAssignedIdentity("leftover", { ...inGroup, resourceName: "id-leftover" });
    new managedidentity.FederatedIdentityCredential("pull-requests", {
        ...inGroup,
        resourceName: shared.name,
        federatedIdentityCredentialResourceName: "pull-requests",
        issuer: GITHUB,
        subject: "repo:contoso/shop:pull_request",
        audiences: AUDIENCES,
    });
    new authorization.RoleAssignment("unexplained", {
        roleAssignmentName: "11111111-0000-5000-8000-000000000001",
        principalId: shared.principalId,
        principalType: "ServicePrincipal",
        roleDefinitionId: READER,
        scope: group.id,
    });
    const account = new storage.StorageAccount("storage", {
        ...inGroup,
        accountName: "stcontososhop",
        kind: "StorageV2",
        sku: { name: "Standard_LRS" },
    });
    appOf(inGroup, shared.id, {
        appSettings: [
            { name: "AzureWebJobsStorage", value: secret(interpolate`AccountName=${account.name};AccountKey=x`) },
        ],
    });
    breakingAutomation(inGroup, shared.id);
    return Promise.resolve();
};

const breakingAutomation = (inGroup: Inside, identityId: Input<string>): void => {
    const account = accountIn(inGroup, {
        publicNetworkAccess: undefined,
        identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
    });
    const inAccount = { ...inGroup, automationAccountName: account.name };
    new automation.Runbook("linked", {
        ...inAccount,
        runbookName: "Linked",
        runbookType: "PowerShell",
        publishContentLink: { uri: "https://raw.githubusercontent.com/contoso/runbooks/main/a.ps1" },
    });
    textRunbook("certified", account.name, secret("Connect-MgGraph -ClientId $c -CertificateThumbprint $p"));
    textRunbook("by-hand", account.name, 'Connect-MgGraph -Scopes "User.Read.All"');
    textRunbook("reports", account.name, `${SIGN_IN}Invoke-MgGraphRequest -Method GET -Uri "${USERS}"`);
    textRunbook("gives", account.name, `${SIGN_IN}Invoke-MgGraphRequest -Method POST -Uri "${PERMISSIONS}" -Body $b`);
    runtimeIn("runtime", { version: "7.4", packageName: "Az.Accounts", uri: "Az.Accounts" }, inAccount);
    new automation.JobSchedule("link", {
        ...inAccount,
        jobScheduleId: "22222222-0000-4000-8000-000000000002",
        runbook: { name: "Linked" },
        schedule: { name: "daily" },
    });
};

/** Rule and resource of what is broken. */
export const BROKEN_IDENTITIES = [
    "automation-account-shared account",
    "automation-job-schedule-fragile link",
    "automation-module-unpinned module",
    "automation-public-network account",
    "automation-runbook-content-mutable linked",
    "automation-runbook-delegated-scopes by-hand",
    "automation-runbook-signs-in-with-secret certified",
    "azure-local-authentication storage",
    "federated-credential-too-wide pull-requests",
    "grant-without-reason unexplained",
    "identity-shared shared",
    "identity-unused leftover",
    "stored-credential shop",
];

/** The same job, done as the rules want it; just as unknown. */
export const compliantIdentities: PulumiFn = () => {
    const { group, inGroup } = groupOfProgram();
    const shop = new managedidentity.UserAssignedIdentity("shop-identity", { ...inGroup, resourceName: "id-shop" });
    const release = new managedidentity.UserAssignedIdentity("release", { ...inGroup, resourceName: "id-release" });
    new managedidentity.FederatedIdentityCredential("production", {
        ...inGroup,
        resourceName: release.name,
        federatedIdentityCredentialResourceName: "production",
        issuer: GITHUB,
        subject: "repo:contoso/shop:environment:production",
        audiences: AUDIENCES,
    });
    for (const [name, identity] of Object.entries({ shop, release })) {
        new authorization.RoleAssignment(`${name}-reads`, {
            roleAssignmentName: `33333333-0000-5000-8000-00000000000${String(name.length)}`,
            principalId: identity.principalId,
            principalType: "ServicePrincipal",
            roleDefinitionId: READER,
            scope: group.id,
            description: "reads the tags of its group",
        });
    }
    new storage.StorageAccount("storage", {
        ...inGroup,
        accountName: "stcontososhop",
        kind: "StorageV2",
        sku: { name: "Standard_LRS" },
        allowSharedKeyAccess: false,
    });
    appOf(inGroup, shop.id, { appSettings: [{ name: "AzureWebJobsStorage__accountName", value: "stcontososhop" }] });
    compliantAutomation(inGroup);
    return Promise.resolve();
};

const compliantAutomation = (inGroup: Inside): void => {
    const account = accountIn(inGroup);
    const inAccount = { ...inGroup, automationAccountName: account.name };
    textRunbook("reports", account.name, `${SIGN_IN}Invoke-MgGraphRequest -Method GET -Uri "${USERS}"`);
    runtimeIn("runtime", { version: "7.4", packageName: "Az.Accounts", uri: "Az.Accounts/5.1.0" }, inAccount);
    new Declared(
        "azure-native:automation:JobSchedule",
        "link",
        {
            ...inAccount,
            jobScheduleId: "22222222-0000-4000-8000-000000000002",
            runbook: { name: "reports" },
            schedule: { name: "daily" },
            parameters: { resourcegroupname: "rg-lab" },
        },
        { deleteBeforeReplace: true } as object,
    );
};

/** A credential whose subject nobody knows before the update, and that takes every pull request then. */
export const lateFederation: PulumiFn = () => {
    const { inGroup } = groupOfProgram();
    const identity = new managedidentity.UserAssignedIdentity("late", { ...inGroup, resourceName: "id-late" });
    new managedidentity.FederatedIdentityCredential("late-subject", {
        ...inGroup,
        resourceName: identity.name,
        federatedIdentityCredentialResourceName: "late-subject",
        issuer: GITHUB,
        subject: interpolate`repo:contoso/${identity.clientId}:pull_request`,
        audiences: AUDIENCES,
    });
    return Promise.resolve();
};
