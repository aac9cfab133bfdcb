import type { ArmResource } from "../../records.ts";
import { defaultView, removeTree } from "../crud.ts";
import { isGuid } from "../../../access/guid.ts";
import { objectAt, textAt } from "../request.ts";
import type { ArmRequest, Json } from "../request.ts";
import type { ResourceType, Write, Written } from "../resource-type.ts";
import { fault, PAGE } from "./fault.ts";

const requiredName = (properties: Json, key: string): string => {
    const name = textAt(objectAt(properties, key), "name");
    if (name) return name;
    throw fault(400, `The job schedule has no ${key}; expected '${key}.name'.`);
};

const requirePublished = ({ cloud, target }: Write, name: string): ArmResource => {
    const runbook = cloud.resources.get(`${target.parent}/runbooks/${name}`.toLowerCase());
    if (!runbook) throw fault(400, `The runbook '${name}' was not found in the automation account.`);
    if (runbook.properties["state"] === "New") {
        throw fault(
            400,
            `The runbook '${name}' is not published; a schedule can be linked to a published runbook only.`,
        );
    }
    return runbook;
};

const requireSchedule = ({ cloud, target }: Write, name: string): ArmResource => {
    const schedule = cloud.resources.get(`${target.parent}/schedules/${name}`.toLowerCase());
    if (schedule) return schedule;
    throw fault(400, `The schedule '${name}' was not found in the automation account.`);
};

/** Keys come back as the runbook spells its parameters, whatever the caller wrote; others in lower case. */
const parametersOf = (properties: Json, runbook: ArmResource): Json => {
    const declared = new Map(
        Object.keys(objectAt(runbook.properties, "parameters")).map(name => [name.toLowerCase(), name]),
    );
    const sent = Object.entries(objectAt(properties, "parameters"));
    return Object.fromEntries(
        sent.map(([key, value]) => {
            if (typeof value !== "string")
                throw fault(400, `The value of parameter '${key}' is not valid; expected a string.`);
            return [declared.get(key.toLowerCase()) ?? key.toLowerCase(), value];
        }),
    );
};

const linksIn = ({ cloud, target }: Pick<ArmRequest, "cloud" | "target">): readonly ArmResource[] =>
    cloud.resources.by("parent", target.parent.toLowerCase()).filter(({ type }) => type === JOB_SCHEDULE.type);

/** Deletes the job schedules of a runbook or of a schedule: a link does not outlive either. */
export const unlink = (
    request: Pick<ArmRequest, "cloud" | "target">,
    key: "runbook" | "schedule",
    name: string,
): void => {
    for (const link of linksIn(request)) {
        if (requiredName(link.properties, key).toLowerCase() === name.toLowerCase()) removeTree(request.cloud, link.id);
    }
};

const linkKey = (runbook: string, schedule: string): string => `${runbook}|${schedule}`.toLowerCase();

const linkOf = ({ properties }: ArmResource): string =>
    linkKey(requiredName(properties, "runbook"), requiredName(properties, "schedule"));

const write = (request: Write): Written => {
    const { properties, existing, name } = request;
    if (existing) throw fault(409, "A jobSchedule with same id already exists.");
    const runbook = requirePublished(request, requiredName(properties, "runbook"));
    const schedule = requireSchedule(request, requiredName(properties, "schedule"));
    const link = linkKey(runbook.name, schedule.name);
    if (linksIn(request).some(other => linkOf(other) === link)) {
        throw fault(409, "A job schedule for the specified runbook and schedule already exists.");
    }
    return {
        properties: {
            jobScheduleId: name,
            runbook: { name: runbook.name },
            schedule: { name: schedule.name },
            runOn: textAt(properties, "runOn") ?? null,
            parameters: parametersOf(properties, runbook),
        },
    };
};

/** A link of a runbook and a schedule. It cannot be changed, only deleted and made again. */
export const JOB_SCHEDULE: ResourceType = {
    type: "Microsoft.Automation/automationAccounts/jobSchedules",
    pageSize: PAGE,
    checkName: name => {
        if (!isGuid(name)) throw fault(400, `The job schedule id '${name}' is not valid; expected a GUID.`);
    },
    write,
    /** Lists leave the parameters out (https://github.com/Azure/azure-powershell/issues/9497). */
    summary: link => defaultView({ ...link, properties: { ...link.properties, parameters: null } }),
};
