import type { FindingSeverity } from "../access/finding.ts";
import { standing } from "./findings.ts";
import type { Review, ReviewedFinding } from "./model.ts";

/** From which findings on a review fails: those of a severity or worse, or those that stop a deployment. */
export type FailOn = FindingSeverity | "mandatory";

const ORDER: readonly FindingSeverity[] = ["low", "medium", "high", "critical"];

/** Whether a finding is grave enough to fail on. */
export const isGraveEnough =
    (failOn: FailOn) =>
    ({ mandatory, severity }: Pick<ReviewedFinding, "mandatory" | "severity">): boolean =>
        failOn === "mandatory" ? mandatory : ORDER.indexOf(severity) >= ORDER.indexOf(failOn);

/** The findings for which a review fails. */
export const failing = ({ findings }: Review, failOn: FailOn): ReviewedFinding[] =>
    standing(findings).filter(isGraveEnough(failOn));
