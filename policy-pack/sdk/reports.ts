import type { EnforcementLevel, Policy, ReportViolation } from "@pulumi/policy";
import { inner } from "./inner.ts";

/** The version of the policy SDK that the pack's package.json names, whose own code was read for `reportAs`. */
export const READ_SDK = "1.21.0";

/** Whether `reportAs` is sure to be understood: what another version did not could be a finding at a lower level. */
export const takesReportsForOthers = (): boolean =>
    inner<{ readonly version: string }>("@pulumi/policy/version.js").version === READ_SDK;

type ReportObject = (violation: {
    readonly name: string;
    readonly message: string;
    readonly description: string;
    readonly urn: string | undefined;
    readonly enforcementLevel: EnforcementLevel;
    readonly severity: Policy["severity"];
}) => void;

/**
 * Reports what another policy than the one that is run has found, at the other's level, as the host would for the other.
 * Source: makeReportViolationFun in @pulumi/policy/server.js, which takes an object too, though its declaration keeps it back
 */
export const reportAs =
    ({ name, description, severity }: Policy, level: EnforcementLevel, report: ReportViolation): ReportViolation =>
    (message, urn) =>
        (report as unknown as ReportObject)({
            name,
            message: `${description}\n${message}`,
            description,
            urn,
            enforcementLevel: level === "remediate" ? "mandatory" : level,
            severity,
        });
