import type { EnforcementLevel } from "@pulumi/policy";

/** Whether a level stops a deployment; what cannot be mended by the level `remediate` does. */
export const isMandatory = (level: EnforcementLevel = "mandatory"): boolean =>
    level === "mandatory" || level === "remediate";
