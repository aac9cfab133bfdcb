import { objectAt, textAt } from "../request.ts";
import type { Action, ResourceType, Write, Written } from "../resource-type.ts";
import { fault, PAGE, timestamp } from "./fault.ts";

const NOT_RUN = "The sandbox does not run PowerShell: the job was stopped before its first line.";

const write = ({ cloud, target, properties, existing, now, name }: Write): Written => {
    if (existing) throw fault(409, `Job with specified id already exists. Job id: ${name}`);
    const runbookName = textAt(objectAt(properties, "runbook"), "name") ?? "";
    const runbook = cloud.resources.get(`${target.parent}/runbooks/${runbookName}`.toLowerCase());
    if (!runbook) throw fault(400, `The runbook '${runbookName}' was not found in the automation account.`);
    if (runbook.properties["state"] === "New") throw fault(400, `The runbook '${runbookName}' is not published.`);
    const time = timestamp(now);
    return {
        properties: {
            jobId: name,
            runbook: { name: runbook.name },
            parameters: objectAt(properties, "parameters"),
            runOn: textAt(properties, "runOn") ?? "",
            provisioningState: "Succeeded",
            status: "Stopped",
            statusDetails: NOT_RUN,
            exception: null,
            creationTime: time,
            startTime: time,
            endTime: time,
            lastModifiedTime: time,
            lastStatusModifiedTime: time,
        },
    };
};

const output: Action = () => ({ status: 200, body: NOT_RUN });

/** Jobs are accepted and recorded as stopped, for there is no PowerShell to run them. */
export const JOB: ResourceType = {
    type: "Microsoft.Automation/automationAccounts/jobs",
    pageSize: PAGE,
    write,
    actions: { "GET output": output },
};
