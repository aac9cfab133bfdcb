import type { Host, Right } from "../access/model.ts";
import type { ReviewInput } from "../review/review-of.ts";
import { identity, model, permission, place, role, SUBSCRIPTION, urn } from "./review-models.ts";
import { NOW, SITUATIONS } from "./review-situations.ts";

/** One change in which everything happens, for looking at. */
const GROUP = `${SUBSCRIPTION}/resourceGroups/rg-payroll`;
const ACCOUNT = `${GROUP}/providers/Microsoft.Automation/automationAccounts/aa-nightly`;
const MACHINE = `${SUBSCRIPTION}/resourceGroups/rg-batch/providers/Microsoft.Compute/virtualMachines/vm-batch-01`;
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-payroll`;

const report = identity("report");
const cleaner = identity("cleaner");
const deploy = identity("deploy");
const inventory = identity("inventory");
const legacy = identity("legacy-sync");
const people = [report, cleaner, deploy, inventory, legacy];

const host = (name: string, id: string, ...identities: readonly string[]): Host => ({
    key: urn("host", name),
    name,
    place: place(id),
    identities,
});

const hosts = [host("aa-nightly", ACCOUNT, report.key, deploy.key), host("vm-batch-01", MACHINE, cleaner.key)];

const kept: readonly Right[] = [
    permission(deploy, "RoleManagement.ReadWrite.Directory", { reason: "activates roles for the on-call" }),
    permission(report, "GroupMember.Read.All", { reason: "who is in which team" }),
    role(inventory, "Reader", GROUP, { reason: "weekly inventory" }),
];

const escalation = SITUATIONS["escalation-path-opened"];

/** Before and after, with a way to the control plane opened. */
export const SHOWCASE: ReviewInput = {
    stack: "payroll/prod",
    before: model(
        people,
        [
            ...kept,
            permission(report, "User.Read.All", { reason: "weekly list of leavers", calls: ["GET /users"] }),
            role(inventory, "Contributor", SUBSCRIPTION, { reason: "weekly inventory", resource: "inventory-wide" }),
            permission(legacy, "Directory.ReadWrite.All"),
        ],
        { hosts },
    ),
    after: model(
        people,
        [
            ...kept,
            permission(report, "User.ReadWrite.All", {
                reason: "disables the accounts of leavers",
                owner: "hr-systems@contoso.com",
                calls: ["GET /users", "PATCH /users/{id}"],
            }),
            role(report, "Key Vault Secrets User", VAULT, { reason: "reads the SMTP password" }),
            role(cleaner, "Automation Contributor", ACCOUNT, { reason: "restarts failed jobs" }),
            role(cleaner, "Virtual Machine Contributor", MACHINE, { reason: "stops idle machines" }),
            role(inventory, "Contributor", `${SUBSCRIPTION}/resourceGroups/rg-batch`, {
                reason: "weekly inventory",
                resource: "inventory-wide",
            }),
        ],
        { hosts },
    ),
    findingsBefore: [],
    findings: [...(escalation?.findings ?? []), ...(SITUATIONS["permission-widened"]?.findings ?? [])],
    exceptions: SITUATIONS["exception-expired"]?.exceptions ?? { used: [], unused: [], expired: [], expiring: [] },
    paths: escalation?.paths ?? { before: [], after: [] },
    otherChanges: { create: 3, update: 2, replace: 0, delete: 1 },
    sources: { resources: { [report.key]: { path: "index.ts", line: 14 } } },
    now: NOW,
};

/** A stack of many grants: as many identities as a large landing zone has. */
export const manyGrants = (count: number): ReviewInput => {
    const identities = Array.from({ length: Math.ceil(count / 4) }, (_, at) => identity(`workload-${String(at)}`));
    const rights = (scope: string): Right[] =>
        identities
            .flatMap(holder => [
                permission(holder, "User.Read.All"),
                permission(holder, "Group.Read.All"),
                role(holder, "Reader", `${SUBSCRIPTION}/resourceGroups/rg-${String(holder.name.length)}`),
                role(holder, "Virtual Machine Contributor", scope),
            ])
            .slice(0, count);
    return {
        ...SHOWCASE,
        before: model(identities, rights(GROUP)),
        after: model(identities, rights(SUBSCRIPTION)),
        findings: [],
        paths: { before: [], after: [] },
        sources: {},
    };
};
