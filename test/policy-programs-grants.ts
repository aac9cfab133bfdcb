import * as authorization from "@pulumi/azure-native/authorization/index.js";
import type * as automation from "@pulumi/azure-native/automation/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import type * as resources from "@pulumi/azure-native/resources/index.js";
import * as azuread from "@pulumi/azuread";
import { type Input, type Output } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { v5 as uuidv5 } from "uuid";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findDirectoryRole } from "../access/directory-roles.ts";
import { findRole } from "../access/roles.ts";
import { accountIn, Declared, groupOfProgram, PeopleGroup, roleId } from "./policy-programs-parts.ts";

const NAMESPACE = "0b6f3b1e-7a63-5c2f-9d68-2f0d8a4f1c11";
const GRAPH = "https://graph.microsoft.com/v1.0";
const get = (path: string): string => `Invoke-MgGraphRequest -Method GET -Uri '${GRAPH}${path}'`;

type Grant = (name: string, permission: string, principalObjectId: Input<string>) => void;

const granting = async (): Promise<Grant> => {
    const { objectId } = await azuread.getServicePrincipal({ clientId: MICROSOFT_GRAPH });
    return (name, permission, principalObjectId) => {
        const appRoleId = findAppRole(MICROSOFT_GRAPH, permission).id;
        new azuread.AppRoleAssignment(name, { appRoleId, principalObjectId, resourceObjectId: objectId });
    };
};

type Assign = (name: string, role: string, principalId: Output<string>, more?: object) => void;

const assigning =
    (group: resources.ResourceGroup): Assign =>
    (name, role, principalId, more = {}) => {
        new authorization.RoleAssignment(name, {
            roleAssignmentName: principalId.apply(id => uuidv5([id, role].join("|"), NAMESPACE)),
            principalId,
            principalType: "ServicePrincipal",
            roleDefinitionId: roleId(role),
            scope: group.id,
            description: "does the nightly work",
            ...more,
        });
    };

interface Nightly {
    readonly group: resources.ResourceGroup;
    readonly account: automation.AutomationAccount;
    /** Object id of the account's own identity. */
    readonly principalId: Output<string>;
}

/** An account that acts as itself, and one runbook with its text. */
const nightly = (...lines: readonly string[]): Nightly => {
    const { group, inGroup } = groupOfProgram();
    const account = accountIn(inGroup);
    new Declared("azure:automation/runBook:RunBook", "reports", {
        name: "reports",
        automationAccountName: account.name,
        runbookType: "PowerShell",
        content: ["Connect-MgGraph -Identity", ...lines].join("\n"),
    });
    return { group, account, principalId: account.identity.apply(identity => identity?.principalId ?? "") };
};

const jobIn = (group: resources.ResourceGroup): managedidentity.UserAssignedIdentity =>
    new managedidentity.UserAssignedIdentity("job", { resourceGroupName: group.name, resourceName: "id-job" });

/** A program that breaks each rule on grants that the resource alone tells of. Nothing of it exists. */
const breakingByThemselves = (group: resources.ResourceGroup, grant: Grant, assign: Assign): void => {
    const job = jobIn(group);
    new Declared("azure-native:web:WebApp", "host", {
        identity: { type: "UserAssigned", userAssignedIdentities: [job.id] },
    });
    grant("sends", "Mail.Send", job.principalId);
    assign("delegates", "Role Based Access Control Administrator", job.principalId);
    assign("drawn", "Storage Queue Data Reader", job.principalId, {
        roleAssignmentName: "22222222-0000-4000-8000-000000000002",
    });
    assign("blobs", "Storage Blob Data Owner", job.principalId);
    assign("narrow", "Storage Blob Data Reader", job.principalId);
    grant("members", "GroupMember.Read.All", job.principalId);
    grant("groups", "Group.Read.All", job.principalId);
    new Declared("azure-native:keyvault:Vault", "vault", {
        resourceGroupName: group.name,
        vaultName: "kv-a",
        properties: {
            tenantId: job.tenantId,
            accessPolicies: [
                { tenantId: job.tenantId, objectId: job.principalId, permissions: { secrets: ["purge"] } },
            ],
        },
    });
    new Declared(
        "azuread:index/servicePrincipalDelegatedPermissionGrant:ServicePrincipalDelegatedPermissionGrant",
        "consent",
        {
            servicePrincipalObjectId: job.principalId,
            resourceServicePrincipalObjectId: "99999999-0000-4000-8000-000000000009",
            claimValues: ["User.Read"],
        },
    );
    new Declared("azuread:index/directoryRoleAssignment:DirectoryRoleAssignment", "exchange", {
        roleId: findDirectoryRole("Exchange Administrator").id,
        principalObjectId: job.principalId,
    });
    new Declared("azuread:index/directoryRoleAssignment:DirectoryRoleAssignment", "standing", {
        roleId: findDirectoryRole("Global Administrator").id,
        principalObjectId: new PeopleGroup("administrators").objectId,
    });
};

/** A program that breaks every rule on grants once. Nothing of it exists. */
export const breakingGrants: PulumiFn = async () => {
    const grant = await granting();
    const { group, principalId } = nightly(
        get("/users?$select=id,department"),
        get("/solutions/bookingBusinesses"),
        get("/groups"),
    );
    const assign = assigning(group);
    grant("users", "User.Read.All", principalId);
    grant("applications", "Application.Read.All", principalId);
    grant("bookings", "Bookings.ReadWrite.All", principalId);
    assign("queues", "Storage Queue Data Reader", principalId);
    breakingByThemselves(group, grant, assign);
};

/** Rule and resource of what is broken. */
export const BROKEN_GRANTS = [
    "azure-assignment-name-random drawn",
    "azure-delegation-without-condition delegates",
    "azure-grant-redundant narrow",
    "azure-role-larger-than-actions queues",
    "azure-role-privileged delegates",
    "azure-vault-policy-too-wide vault",
    "azure-vault-without-roles vault",
    "graph-delegated-grant-to-identity consent",
    "graph-directory-role-on-identity exchange",
    "graph-directory-role-standing standing",
    "graph-permission-missing account",
    "graph-permission-redundant members",
    "graph-permission-unneeded applications",
    "graph-resource-scoped-way sends",
    "graph-write-where-read bookings",
];

const HARMLESS =
    "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR " +
    "(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] " +
    `ForAnyOfAnyValues:GuidEquals {${findRole("Storage Blob Data Reader").id}}))`;

/** The same job, done as the rules want it; just as unknown. */
export const compliantGrants: PulumiFn = async () => {
    const grant = await granting();
    const { group, principalId } = nightly(get("/users?$select=id,department"), get("/solutions/bookingBusinesses"));
    const assign = assigning(group);
    grant("users", "User.Read.All", principalId);
    grant("bookings", "Bookings.Read.All", principalId);
    const job = jobIn(group);
    new Declared("azure-native:web:WebApp", "host", {
        identity: { type: "UserAssigned", userAssignedIdentities: [job.id] },
    });
    new Declared("azure-native:keyvault:Vault", "vault", {
        resourceGroupName: group.name,
        vaultName: "kv-a",
        properties: { tenantId: job.tenantId, enableRbacAuthorization: true },
    });
    assign("delegates", "Role Based Access Control Administrator", job.principalId, {
        conditionVersion: "2.0",
        condition: HARMLESS,
    });
    assign("narrow", "Storage Blob Data Reader", job.principalId);
    grant("sites", "Sites.Selected", job.principalId);
    grant("groups", "Group.Read.All", job.principalId);
    new Declared("azuread:index/directoryRoleAssignment:DirectoryRoleAssignment", "exchange", {
        roleId: findDirectoryRole("Authentication Administrator").id,
        principalObjectId: job.principalId,
        directoryScopeId: "/administrativeUnits/44444444-0000-4000-8000-000000000004",
    });
    new Declared(
        "azuread:index/directoryRoleEligibilityScheduleRequest:DirectoryRoleEligibilityScheduleRequest",
        "standing",
        {
            roleDefinitionId: findDirectoryRole("Global Administrator").id,
            principalId: new PeopleGroup("administrators").objectId,
            directoryScopeId: "/",
            justification: "on call",
        },
    );
};
