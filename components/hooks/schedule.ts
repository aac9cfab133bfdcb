import { ResourceHook } from "@pulumi/pulumi";
import { perRun } from "./per-run.ts";

/**
 * Refuses to update a schedule. Azure takes no update whose start is past, and a declared change makes another schedule;
 * so an update can only mean that the schedule was changed in the portal.
 */
export const scheduleChangedHook = perRun(
    () =>
        new ResourceHook("leastwise-schedule-changed", ({ name, oldInputs }) => {
            throw new Error(
                `${name}: schedule '${oldInputs?.["scheduleName"]}' was changed outside of this stack, and Azure updates no schedule ` +
                    "that has started; delete it in the Automation account, then run 'pulumi up --refresh'",
            );
        }),
);
