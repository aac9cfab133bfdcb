import { z } from "zod";
import { scope } from "./grant.ts";
import { runbookName, text } from "./names.ts";

/** A schedule, or one with parameters. */
export const run = z.union([
    text,
    z.strictObject({
        schedule: text,
        parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    }),
]);

/** A runbook and what it acts on. */
export const runbook = z.strictObject({
    file: text.meta({ description: "PowerShell file, from the project's folder." }),
    name: runbookName.optional(),
    description: text.optional(),
    schedule: run
        .optional()
        .meta({ description: "`06:00 Europe/Zurich, weekdays`, `every 4 hours`, `once 2030-01-05 06:00 UTC`." }),
    schedules: z.array(run).min(1).optional(),
    calls: z
        .array(text)
        .optional()
        .meta({ description: "Graph calls that this runbook makes, beside those that its source tells." }),
    scope: z
        .union([scope, z.array(scope).min(1)])
        .optional()
        .meta({ description: "What its Azure actions are taken on; it is granted just those there." }),
    builtIn: z
        .boolean()
        .optional()
        .meta({ description: "Cover its Azure actions by built-in roles that open the least more, define none." }),
    scan: z
        .boolean()
        .optional()
        .meta({ description: "false leaves its source unread: what it needs is declared. Default: true." }),
});
