import type { EnforcementLevel, PolicyPackConfig } from "@pulumi/policy";
import { RULES } from "./rules/index.ts";

/** How much the pack asks for. */
export type Preset = "strict" | "baseline" | "audit";

const BLOCKING: ReadonlySet<string> = new Set(["high", "critical"]);

const each = (level: (severity: string) => EnforcementLevel): PolicyPackConfig =>
    Object.fromEntries(RULES.map(({ name, severity }) => [name, { enforcementLevel: level(severity ?? "medium") }]));

/** Roles that Microsoft's guides give to workloads and to services of its own, although they do more than these need. */
const GUIDED = [
    "Azure Center for SAP solutions service role",
    "Azure Event Hubs Data Owner",
    "Azure Service Bus Data Owner",
    "Cognitive Services User",
    "Disk Snapshot Contributor",
    "Foundry User",
    "Search Service Contributor",
];

/** Sorts of credentials that are no identity's, and that quickstarts are full of. */
const NO_IDENTITYS = ["key", "database", "registry", "machine", "generated", "setting"];

/** Permissions to change what all mailboxes or sites hold; each has a lesser one that does the same where it is meant. */
const CHANGES_ALL = [
    "Files.ReadWrite.All",
    "Mail.ReadWrite",
    "Sites.FullControl.All",
    "Sites.Manage.All",
    "Sites.ReadWrite.All",
    "full_access_as_app",
];

/**
 * The presets as configuration of the pack. Strict is what the pack does without any; baseline stops a deployment for
 * grave findings alone, takes subscriptions for a scope and roles that have to be activated first, and leaves matters of
 * style be; audit stops nothing. Guide of the audience: https://docs.gitlab.com/ci/cloud_services/azure/
 */
export const presets = (): Readonly<Record<Preset, PolicyPackConfig>> => {
    const baseline = each(severity => (BLOCKING.has(severity) ? "mandatory" : "advisory"));
    return {
        strict: each(() => "mandatory"),
        baseline: {
            ...baseline,
            "azure-role-privileged": {
                enforcementLevel: "mandatory",
                allowed: GUIDED,
                allowedOnResources: ["Azure Red Hat OpenShift *", "Managed Identity Operator"],
                eligible: "taken",
                unknown: "left",
            },
            "azure-delegation-without-condition": { enforcementLevel: "mandatory", unknown: "left" },
            "graph-control-plane-permission": { enforcementLevel: "mandatory", besides: CHANGES_ALL },
            "graph-directory-role-on-identity": { enforcementLevel: "mandatory", allowed: ["Directory Readers"] },
            "azure-assignment-name-random": { enforcementLevel: "disabled" },
            "automation-runbook-signs-in-with-secret": { enforcementLevel: "mandatory", unknown: "left" },
            "federated-credential-too-wide": {
                enforcementLevel: "mandatory",
                issuers: ["https://*"],
                audiences: ["https://gitlab*"],
                unknown: "left",
            },
            "azure-local-authentication": { enforcementLevel: "disabled" },
            "grant-without-reason": { enforcementLevel: "disabled" },
            "stored-credential": { enforcementLevel: "mandatory", taken: NO_IDENTITYS },
            "azure-scope-too-wide": {
                enforcementLevel: "mandatory",
                ceiling: "subscription",
                dataCeiling: "resourceGroup",
            },
            "azure-vault-policy-too-wide": { enforcementLevel: "advisory" },
            "azure-assignable-scopes-too-wide": { enforcementLevel: "advisory", ceiling: "subscription" },
            "escalation-path": { enforcementLevel: "mandatory", leastTier: "controlPlane" },
        },
        audit: each(() => "advisory"),
    };
};
