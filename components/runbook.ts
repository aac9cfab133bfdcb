import { createHash } from "node:crypto";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { JobSchedule } from "@pulumi/azure-native/automation/jobSchedule.js";
import { Runbook as Shell } from "@pulumi/azure-native/automation/runbook.js";
import { Schedule } from "@pulumi/azure-native/automation/schedule.js";
import { DateTime } from "luxon";
import { REPLACED_FIRST } from "./replaced-first.ts";
import { stableGuid } from "./azure-role.ts";
import { withHooks } from "./hooks/with-hooks.ts";
import { linkHooks } from "./hooks/job-schedule.ts";
import { scheduleChangedHook } from "./hooks/schedule.ts";
import { RunbookContent } from "./runbook-content/index.ts";
import { azureRecurrence } from "./schedule/azure.ts";
import { nextStart } from "./schedule/next-start.ts";
import { parseSchedule } from "./schedule/parse.ts";
import { scheduleSlug, scheduleText } from "./schedule/schedule.ts";

/** When a runbook runs, and with what parameters. */
export interface RunArgs {
    /** `06:00 Europe/Zurich, weekdays` */
    readonly schedule: string;
    /** @default - none */
    readonly parameters?: Readonly<Record<string, string>>;
}

export interface RunbookArgs {
    readonly resourceGroupName: Input<string>;
    readonly automationAccountName: Input<string>;
    /** Id of the subscription the account is in. */
    readonly subscription: string;
    /** PowerShell text. Plain, so that a preview and a policy see it. */
    readonly content: string;
    readonly runtimeEnvironment: Input<string>;
    /** @default - the component's name */
    readonly runbookName?: string;
    /** @default - none: it runs when it is started */
    readonly runs?: readonly RunArgs[];
    /** @default - the resource group's */
    readonly location?: string;
    /** @default - none */
    readonly description?: string;
    /** @default - none */
    readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A runbook with its content, published, and its schedules. A schedule is named after what it says, so that a changed
 * one is a new resource with a start of its own. Links are made anew when the runbook changes, as Azure may drop them.
 */
export class Runbook extends ComponentResource {
    readonly runbookName: string;
    readonly runbookId: Output<string>;
    readonly content: RunbookContent;

    /** @throws when a schedule is not understood or can never run. */
    constructor(name: string, args: RunbookArgs, opts?: ComponentResourceOptions) {
        super("leastwise:index:Runbook", name, {}, opts);
        this.runbookName = args.runbookName ?? name;
        const shell = this.#shell(name, args);
        this.runbookId = shell.id;
        this.content = new RunbookContent(
            `${name}-content`,
            { runbookId: shell.id, content: args.content },
            { parent: this },
        );
        for (const run of args.runs ?? []) this.#schedule(name, args, shell, run);
        this.registerOutputs({ runbookId: this.runbookId });
    }

    #shell(name: string, args: RunbookArgs): Shell {
        const { resourceGroupName, automationAccountName, runtimeEnvironment, location, description, tags } = args;
        return new Shell(
            `${name}-runbook`,
            {
                resourceGroupName,
                automationAccountName,
                runbookName: this.runbookName,
                runbookType: "PowerShell",
                runtimeEnvironment,
                draft: {},
                logProgress: false,
                logVerbose: false,
                ...(location !== undefined && { location }),
                ...(description !== undefined && { description }),
                ...(tags && { tags }),
            },
            { parent: this, ...REPLACED_FIRST },
        );
    }

    #schedule(name: string, args: RunbookArgs, shell: Shell, run: RunArgs): void {
        const { resourceGroupName, automationAccountName } = args;
        const schedule = parseSchedule(run.schedule);
        const slug = scheduleSlug(schedule);
        const timer = new Schedule(
            `${name}-schedule-${slug}`,
            {
                resourceGroupName,
                automationAccountName,
                scheduleName: `${this.runbookName}-${slug}`,
                name: `${this.runbookName}-${slug}`,
                description: scheduleText(schedule),
                startTime: nextStart(schedule, DateTime.now()).toISO({ suppressMilliseconds: true }) ?? "",
                ...azureRecurrence(schedule),
            },
            {
                parent: this,
                deleteBeforeReplace: true,
                ignoreChanges: ["startTime", "expiryTime", "timeZone", "description"],
                ...withHooks(() => ({ beforeUpdate: [scheduleChangedHook()] })),
            },
        );
        this.#link(`${name}-link-${slug}`, args, shell, timer, run.parameters ?? {});
    }

    #link(
        name: string,
        args: RunbookArgs,
        shell: Shell,
        timer: Schedule,
        given: Readonly<Record<string, string>>,
    ): void {
        const parameters = Object.fromEntries(Object.entries(given).map(([key, value]) => [key.toLowerCase(), value]));
        const { resourceGroupName, automationAccountName, subscription } = args;
        new JobSchedule(
            name,
            {
                resourceGroupName,
                automationAccountName,
                jobScheduleId: stableGuid("job schedule", name, revision(args)),
                runbook: { name: shell.name },
                schedule: { name: timer.name },
                parameters,
            },
            {
                parent: this,
                dependsOn: [this.content],
                deleteBeforeReplace: true,
                replaceOnChanges: ["runbook", "schedule", "parameters", "runOn"],
                ...withHooks(() => linkHooks(subscription)),
            },
        );
    }
}

/** Tells one state of a runbook from another: whatever changes the runbook in Azure may drop its links there. */
const revision = ({ content, description, tags }: RunbookArgs): string =>
    createHash("sha256")
        .update(JSON.stringify([content, description, tags]))
        .digest("hex");
