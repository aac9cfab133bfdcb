import type { ResourceType } from "../resource-type.ts";
import { ACCOUNT } from "./account.ts";
import { JOB_SCHEDULE } from "./job-schedule.ts";
import { JOB } from "./job.ts";
import { MODULE_TYPES } from "./module.ts";
import { RUNBOOK } from "./runbook.ts";
import { RUNTIME_ENVIRONMENT, RUNTIME_PACKAGE } from "./runtime-environment.ts";
import { SCHEDULE } from "./schedule.ts";
import { VARIABLE } from "./variable.ts";

/** Automation accounts and what is in them. */
export const AUTOMATION_TYPES: readonly ResourceType[] = [
    ACCOUNT,
    RUNTIME_ENVIRONMENT,
    RUNTIME_PACKAGE,
    ...MODULE_TYPES,
    RUNBOOK,
    SCHEDULE,
    JOB_SCHEDULE,
    VARIABLE,
    JOB,
];
