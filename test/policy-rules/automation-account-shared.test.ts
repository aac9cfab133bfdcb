import { automationAccountShared } from "../../policy-pack/rules/automation-account-shared.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const account = (identity: unknown): Declared => ({
    type: "azure-native:automation:AutomationAccount",
    name: "account",
    props: { resourceGroupName: "rg-a", automationAccountName: "aa-nightly", identity },
});
const ACCOUNT = account({ type: "SystemAssigned" });
const runbook = (name: string, content: unknown, of: Declared = ACCOUNT): Declared => ({
    type: "azure:automation/runBook:RunBook",
    name,
    props: { name, automationAccountName: UNKNOWN, runbookType: "PowerShell72", content },
    links: { automationAccountName: [of] },
});
const SIGN_IN = "Connect-MgGraph -Identity\n";
const READS_USERS = `${SIGN_IN}Invoke-MgGraphRequest -Method GET -Uri "https://graph.microsoft.com/v1.0/users"`;
const READS_GROUPS = `${SIGN_IN}Invoke-MgGraphRequest -Method GET -Uri "https://graph.microsoft.com/v1.0/groups"`;
const GIVES_PERMISSIONS = `${SIGN_IN}Invoke-MgGraphRequest -Method POST -Uri "https://graph.microsoft.com/v1.0/servicePrincipals/$id/appRoleAssignments" -Body $body`;
const STOPS_MACHINES = "Connect-AzAccount -Identity\nStop-AzVM -ResourceGroupName rg -Name vm -Force";

const found = (message: string): string => `account: ${message}`;

testRule(automationAccountShared, [
    {
        fact: "takes runbooks with like needs, one alone, and one whose text is not known",
        stack: [
            ACCOUNT,
            runbook("Users", READS_USERS),
            runbook("Groups", READS_GROUPS),
            runbook("Machines", STOPS_MACHINES),
            runbook("Elsewhere", undefined),
            runbook("Later", UNKNOWN),
        ],
    },
    {
        fact: "takes runbooks with unlike needs in accounts of their own, and in one without an identity",
        stack: [
            account({ type: "None" }),
            runbook("Users", READS_USERS, account({ type: "None" })),
            runbook("Permissions", GIVES_PERMISSIONS, account({ type: "None" })),
        ],
    },
    {
        fact: "finds a runbook that needs the control plane beside one that does not",
        stack: [ACCOUNT, runbook("Users", READS_USERS), runbook("Permissions", GIVES_PERMISSIONS)],
        finds: [
            found(
                "runbook 'Permissions' (control plane: AppRoleAssignment.ReadWrite.All, Application.Read.All) shares its identity with 'Users' (user access: User.ReadBasic.All); expected an account each",
            ),
        ],
        findsOnResource: [],
    },
    ...["tier", "need"].map(unlike => ({
        fact: `finds runbooks of another tier, and without a need in common, where that is asked (${unlike})`,
        stack: [ACCOUNT, runbook("Users", READS_USERS), runbook("Machines", STOPS_MACHINES)],
        config: { unlike },
        finds: [
            found(
                "runbook 'Machines' (management plane: Microsoft.Compute/virtualMachines/deallocate/action, Microsoft.Compute/virtualMachines/read) shares its identity with 'Users' (user access: User.ReadBasic.All); expected an account each",
            ),
        ],
        findsOnResource: [],
    })),
]);
