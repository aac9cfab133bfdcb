import type { Finding, FindingSeverity } from "../access/finding.ts";
import type { FailOn } from "../review/severity.ts";

const SEVERITIES: readonly FindingSeverity[] = ["low", "medium", "high", "critical"];

/** Whether a finding that nobody has accepted is grave enough to fail on. */
export const isFailedBy =
    (failOn: FailOn) =>
    ({ accepted, mandatory, severity }: Finding): boolean =>
        accepted === undefined &&
        (failOn === "mandatory" ? mandatory : SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn));
