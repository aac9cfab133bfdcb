import type { ExceptionReport, Finding } from "../access/finding.ts";
import type { AccessModel, Host, Right } from "../access/model.ts";
import type { Path } from "../review/paths.ts";
import type { ReviewInput } from "../review/review-of.ts";
import { identity, model, NOTHING, permission, place, role, SUBSCRIPTION, urn } from "./review-models.ts";

/** What reviewers meet: pairs of models as people's changes make them. */
const GROUP = `${SUBSCRIPTION}/resourceGroups/rg-payroll`;
const ACCOUNT = `${GROUP}/providers/Microsoft.Automation/automationAccounts/aa-nightly`;
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-payroll`;
const report = identity("report");
const cleaner = identity("cleaner");
const deploy = identity("deploy");

const NO_EXCEPTIONS: ExceptionReport = { used: [], unused: [], expired: [], expiring: [] };
const NONE = { create: 0, update: 0, replace: 0, delete: 0 };
export const NOW = new Date("2026-11-24T09:30:00Z");

const account = (...identities: readonly string[]): Host => ({
    key: urn("azure-native:automation:AutomationAccount", "aa-nightly"),
    name: "aa-nightly",
    place: place(ACCOUNT),
    identities,
});

const inputOf = (
    before: AccessModel,
    after: AccessModel,
    more: Partial<Omit<ReviewInput, "before" | "after">> = {},
): ReviewInput => ({
    stack: "payroll/prod",
    before,
    after,
    findingsBefore: [],
    findings: [],
    exceptions: NO_EXCEPTIONS,
    paths: { before: [], after: [] },
    otherChanges: NONE,
    now: NOW,
    ...more,
});

const finding = (given: Pick<Finding, "rule" | "urn" | "message" | "remediation"> & Partial<Finding>): Finding => ({
    severity: "high",
    mandatory: true,
    url: `https://unpkg.com/leastwise/docs/rules/${given.rule}.md`,
    ...given,
});

const readUsers = permission(report, "User.Read.All", {
    reason: "weekly list of leavers",
    owner: "hr-systems@contoso.com",
    calls: ["GET /users"],
});
const readVault = role(report, "Key Vault Secrets User", VAULT, { reason: "reads the SMTP password" });

const standard = model([report], [readUsers, readVault], { hosts: [account(report.key)] });

const newWorkload = inputOf(NOTHING, standard, {
    otherChanges: { create: 7, update: 0, replace: 0, delete: 0 },
});

const writeUsers = permission(report, "User.ReadWrite.All", {
    reason: "disables the accounts of leavers",
    owner: "hr-systems@contoso.com",
    calls: ["GET /users", "PATCH /users/{id}"],
});

const permissionWidened = inputOf(standard, model([report], [writeUsers, readVault], { hosts: standard.hosts }), {
    findings: [
        finding({
            rule: "graph-control-plane-permission",
            urn: writeUsers.urn,
            message:
                "permission 'User.ReadWrite.All' of 'Microsoft Graph' is control plane; expected management plane or user access",
            remediation:
                "Grant what the calls need (leastwise explain names it), or list the permission under 'allowed'.",
        }),
    ],
    otherChanges: { create: 1, update: 2, replace: 0, delete: 1 },
    sources: { resources: { [writeUsers.urn]: { path: "index.ts", line: 31 } } },
});

const contributor = role(cleaner, "Contributor", GROUP, { reason: "stops idle machines" });
const machines = role(cleaner, "Virtual Machine Contributor", GROUP, { reason: "stops idle machines" });

const narrowed = inputOf(model([cleaner], [contributor]), model([cleaner], [machines]), {
    findingsBefore: [
        finding({
            rule: "azure-role-privileged",
            urn: contributor.urn,
            message: "role 'Contributor' may attach managed identities",
            remediation: "Assign a role that allows just the actions that are taken.",
        }),
    ],
    otherChanges: { create: 0, update: 1, replace: 0, delete: 0 },
});

const readGroups = permission(report, "Group.Read.All", { reason: "names of the teams" });
const runbook = "runbooks/Get-Leavers.ps1";

const callNoLongerMade = inputOf(
    model([report], [readUsers, readGroups], { hosts: [account(report.key)] }),
    model([report], [readUsers, readGroups], { hosts: [account(report.key)] }),
    {
        sources: {
            code: {
                [report.key]: {
                    calls: [{ call: "GET /users", at: { path: runbook, line: 12 } }],
                    complete: true,
                },
            },
        },
        otherChanges: { create: 0, update: 1, replace: 0, delete: 0 },
    },
);

const identityReplaced = inputOf(standard, standard, {
    replacedIdentities: [report.key],
    otherChanges: { create: 0, update: 1, replace: 2, delete: 0 },
});

const raised = role(cleaner, "Virtual Machine Contributor", SUBSCRIPTION, { reason: "stops idle machines" });

const scopeRaised = inputOf(model([cleaner], [machines]), model([cleaner], [raised]), {
    findings: [
        finding({
            rule: "azure-scope-too-wide",
            urn: raised.urn,
            message: `role is assigned on '${SUBSCRIPTION}'; expected a resource group or resource id`,
            remediation: "Set the scope to the resource group or resource the identity works on.",
        }),
    ],
});

const automation = role(cleaner, "Automation Contributor", ACCOUNT, { reason: "restarts failed jobs" });
const takesOver = permission(deploy, "RoleManagement.ReadWrite.Directory", {
    reason: "activates roles for the on-call",
});

const way: Path = {
    from: cleaner.key,
    to: takesOver.key,
    tier: 0,
    hops: [
        {
            from: cleaner.key,
            to: deploy.key,
            edge: "AZAutomationContributor",
            words: "'cleaner' can change the runbooks of 'aa-nightly', which run as 'deploy'",
            by: [automation.key],
        },
        {
            from: deploy.key,
            to: takesOver.key,
            edge: "AZMGGrantRole",
            words: "'deploy' can give any directory role, Global Administrator among them",
            by: [takesOver.key],
        },
    ],
    cut: automation.key,
    more: true,
};

const escalationOpened = inputOf(
    model([cleaner, deploy], [takesOver], { hosts: [account(deploy.key)] }),
    model([cleaner, deploy], [takesOver, automation], { hosts: [account(deploy.key)] }),
    {
        paths: { before: [], after: [way] },
        findings: [
            finding({
                rule: "escalation-path",
                urn: automation.urn,
                severity: "critical",
                message: "'cleaner' can reach control plane access in 2 steps",
                remediation: "Take away the right that the path is cheapest cut at.",
                path: way.hops,
                cut: automation.key,
            }),
        ],
    },
);

const excepted = {
    rule: "azure-role-privileged",
    urn: contributor.urn,
    finding: "role 'Contributor' may attach managed identities",
    reason: "until the clean-up moves to its own role, INFRA-2214",
    owner: "platform@contoso.com",
    expires: "2026-11-20",
};

const exceptionExpired = inputOf(model([cleaner], [contributor]), model([cleaner], [contributor]), {
    findings: [
        finding({
            rule: "azure-role-privileged",
            urn: contributor.urn,
            message: `${excepted.finding}; its exception ended on 2026-11-20`,
            remediation: "Assign a role that allows just the actions that are taken.",
        }),
    ],
    exceptions: { ...NO_EXCEPTIONS, expired: [excepted] },
    otherChanges: { create: 0, update: 3, replace: 0, delete: 0 },
});

const NO_PERMISSION = { undecided: "'appRoleId' is not known before its resources exist" };
const NOT_YET = { undecided: "'scope' is not known before its resources exist" };

const everythingUnknown = inputOf(
    NOTHING,
    model(
        [report],
        [{ ...readUsers, permission: NO_PERMISSION, tier: NO_PERMISSION } as Right, { ...readVault, scope: NOT_YET }],
        { hosts: [account(report.key)] },
    ),
    {
        offline: "there is no stack to compare with; ids of Azure are stand-ins",
        otherChanges: { create: 12, update: 0, replace: 0, delete: 0 },
    },
);

const noAccessChange = inputOf(standard, standard, {
    otherChanges: { create: 1, update: 4, replace: 0, delete: 0 },
});

/** By name of their approved report. */
export const SITUATIONS: Readonly<Record<string, ReviewInput>> = {
    "new-workload": newWorkload,
    "permission-widened": permissionWidened,
    narrowed,
    "call-no-longer-made": callNoLongerMade,
    "identity-replaced": identityReplaced,
    "scope-raised-to-subscription": scopeRaised,
    "escalation-path-opened": escalationOpened,
    "exception-expired": exceptionExpired,
    "first-deployment-unknown": everythingUnknown,
    "no-access-change": noAccessChange,
};
