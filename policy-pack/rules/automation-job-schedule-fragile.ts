import { isGuid } from "../../access/guid.ts";
import { rule } from "../rule.ts";

/** Azure gives keys back in another case, which shows as a change and replaces the link at each update. */
const keyFaults = (keys: readonly string[]): string[] =>
    keys
        .filter(key => key !== key.toLowerCase())
        .map(key => `parameter '${key}' comes back from Azure in another case; expected '${key.toLowerCase()}'`);

export const automationJobScheduleFragile = rule({
    name: "automation-job-schedule-fragile",
    description: "The link from a schedule to its runbook survives a change of either.",
    severity: "low",
    controls: { mcsb: "PV-1" },
    remediationSteps:
        "Set deleteBeforeReplace, replaceOnChanges on runbook, schedule, runOn and parameters, a GUID as jobScheduleId, and parameter keys in lower case.",
    judges: "job-schedule",
    needs: ["id", "parameters"],
    options: {},
    check: ({ id, parameters, isNative, deleteBeforeReplace }) => [
        ...(id === undefined || isGuid(id) ? [] : [`jobScheduleId is '${id}'; expected a GUID`]),
        ...(isNative && deleteBeforeReplace === false
            ? ["a changed link is made before the old one is gone, which Azure refuses; expected deleteBeforeReplace"]
            : []),
        ...keyFaults(parameters),
    ],
});
