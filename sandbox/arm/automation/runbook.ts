import type { ArmResource } from "../../records.ts";
import { defaultView } from "../crud.ts";
import { isObject, textAt } from "../request.ts";
import type { ArmRequest, Json } from "../request.ts";
import type { ResourceType, Write, Written } from "../resource-type.ts";
import { fault, nameRule, PAGE, requiredText, times } from "./fault.ts";
import { unlink } from "./job-schedule.ts";
import { RUNBOOK_ACTIONS } from "./runbook-content.ts";
import { SYSTEM_ENVIRONMENTS } from "./runtime-environment.ts";

const TYPES = [
    "Script",
    "Graph",
    "PowerShellWorkflow",
    "PowerShell",
    "GraphPowerShellWorkflow",
    "GraphPowerShell",
    "Python2",
    "Python3",
    "Python",
    "PowerShell72",
];

/** Earlier versions neither take nor return `runtimeEnvironment`. */
const KNOWS_ENVIRONMENTS = /^2023-05-15-preview$|^2024-10-23/;

const typeOf = ({ properties, existing }: Write): string => {
    const type =
        existing && properties["runbookType"] === undefined
            ? (textAt(existing.properties, "runbookType") ?? "")
            : requiredText(properties, "runbookType");
    if (!TYPES.includes(type))
        throw fault(400, `The runbook type '${type}' is not valid; expected one of ${TYPES.join(", ")}.`);
    if (existing && existing.properties["runbookType"] !== type) {
        throw fault(400, "The type of an existing runbook cannot be changed.");
    }
    return type;
};

const environmentOf = ({ cloud, target, properties, existing, apiVersion, method }: Write): string | undefined => {
    const before = existing && textAt(existing.properties, "runtimeEnvironment");
    if (!KNOWS_ENVIRONMENTS.test(apiVersion)) return before;
    const name = textAt(properties, "runtimeEnvironment");
    if (!name) return method === "PATCH" ? before : undefined;
    const id = `${target.parent}/runtimeEnvironments/${name}`.toLowerCase();
    if (SYSTEM_ENVIRONMENTS.includes(name) || cloud.resources.has(id)) return name;
    throw fault(400, `The runtime environment '${name}' does not exist in the automation account.`);
};

const write = (request: Write): Written => {
    const { properties, existing, now, caller } = request;
    const { logVerbose, logProgress, logActivityTrace, description, publishContentLink } = properties;
    const runbookType = typeOf(request);
    const runtimeEnvironment = environmentOf(request);
    if (publishContentLink !== undefined && publishContentLink !== null) {
        const uri = isObject(publishContentLink) ? textAt(publishContentLink, "uri") : undefined;
        if (!uri || !URL.canParse(uri)) throw fault(400, `The publish content link '${uri ?? ""}' is not a URI.`);
    }
    const published = isObject(publishContentLink);
    return {
        properties: {
            parameters: {},
            jobCount: 0,
            outputTypes: [],
            ...existing?.properties,
            description: description ?? null,
            logVerbose: logVerbose ?? false,
            logProgress: logProgress ?? false,
            logActivityTrace: logActivityTrace ?? 0,
            runbookType,
            runtimeEnvironment: runtimeEnvironment ?? null,
            state: published ? "Published" : (existing?.properties["state"] ?? "New"),
            provisioningState: "Succeeded",
            ...times(existing, now),
            lastModifiedBy: caller.appId,
        },
        ...(existing?.content && { content: existing.content }),
    };
};

const view = ({ apiVersion }: ArmRequest, runbook: ArmResource): Json => {
    const { runtimeEnvironment, ...properties } = runbook.properties;
    const known = KNOWS_ENVIRONMENTS.test(apiVersion);
    return defaultView({ ...runbook, properties: { ...properties, ...(known && { runtimeEnvironment }) } });
};

/**
 * A runbook has a draft and a published text; its state is New, Edit (a draft newer than what is published) or Published.
 * A PUT on a published runbook drops its job schedules, as Azure was seen to do
 * (https://github.com/hashicorp/terraform-provider-azurerm/issues/7130).
 */
export const RUNBOOK: ResourceType = {
    type: "Microsoft.Automation/automationAccounts/runbooks",
    tracked: true,
    pageSize: PAGE,
    checkName: nameRule(
        "runbook",
        /^[a-zA-Z][a-zA-Z0-9_-]{0,62}$/,
        "1 to 63 letters, digits, underscores and hyphens, starting with a letter",
    ),
    write,
    afterWrite: request => {
        const { method, existing, name } = request;
        if (method === "PUT" && existing && existing.properties["state"] !== "New") unlink(request, "runbook", name);
    },
    beforeDelete: (runbook, request) => unlink(request, "runbook", runbook.name),
    view: (runbook, request) => view(request, runbook),
    actions: RUNBOOK_ACTIONS,
};
