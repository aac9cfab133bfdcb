import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";
import { AZURE_ROLE_ASSIGNMENT, type Declared, GROUP, UNKNOWN } from "./policy-support.ts";

/** An identity that the stack makes; its ids are not known yet. */
export const IDENTITY: Declared = {
    type: "azure-native:managedidentity:UserAssignedIdentity",
    name: "job",
    props: { resourceGroupName: "rg-a", resourceName: "id-job" },
};

/** An Automation account whose own identity its runbooks act as. */
export const ACCOUNT: Declared = {
    type: "azure-native:automation:AutomationAccount",
    name: "nightly",
    props: { automationAccountName: "aa-nightly", resourceGroupName: "rg-a", identity: { type: "SystemAssigned" } },
};

/** A permission of Microsoft Graph by name, granted to what the stack makes. */
export const permission = (name: string, granted: string, to: Declared): Declared => ({
    type: "azuread:index/appRoleAssignment:AppRoleAssignment",
    name,
    props: {
        appRoleId: granted === UNKNOWN ? UNKNOWN : findAppRole(MICROSOFT_GRAPH, granted).id,
        principalObjectId: UNKNOWN,
        resourceObjectId: "99999999-0000-4000-8000-000000000009",
    },
    links: { principalObjectId: [to] },
});

export const roleId = (role: string): string =>
    `/providers/Microsoft.Authorization/roleDefinitions/${findRole(role).id}`;

/** A role by name on a scope, or on a group of the stack that is not there yet, assigned to what the stack makes. */
export const role = (name: string, granted: string, to: Declared, scope: string | Declared = GROUP): Declared => ({
    type: AZURE_ROLE_ASSIGNMENT,
    name,
    props: {
        roleDefinitionId: granted === UNKNOWN ? UNKNOWN : roleId(granted),
        principalId: UNKNOWN,
        principalType: "ServicePrincipal",
        scope: typeof scope === "string" ? scope : UNKNOWN,
    },
    links: { principalId: [to], ...(typeof scope === "string" ? {} : { scope: [scope] }) },
});

/** A runbook of the account with its text. */
export const runbook = (name: string, content: string, account: Declared = ACCOUNT): readonly Declared[] => {
    const made: Declared = {
        type: "azure-native:automation:Runbook",
        name,
        props: {
            automationAccountName: account.props["automationAccountName"],
            resourceGroupName: "rg-a",
            runbookName: name,
            runbookType: "PowerShell",
        },
        links: { automationAccountName: [account] },
    };
    return [
        made,
        {
            type: "pulumi-nodejs:dynamic/leastwise:RunbookContent",
            name: `${name}-content`,
            props: { runbookId: UNKNOWN, content },
            links: { runbookId: [made] },
        },
    ];
};
