import { DateTime, Duration } from "luxon";
import { isObject, textAt } from "../request.ts";
import type { Json } from "../request.ts";
import type { ResourceType, Write, Written } from "../resource-type.ts";
import { fault, nameRule, PAGE, times } from "./fault.ts";
import { unlink } from "./job-schedule.ts";
import { zoneOf } from "./zone.ts";

const FREQUENCIES = ["OneTime", "Day", "Hour", "Week", "Month", "Minute"] as const;
type Frequency = (typeof FREQUENCIES)[number];

const WEEK_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const LEAD = Duration.fromObject({ minutes: 5 });
const NEVER = "9999-12-31T23:59:59.9999999+00:00";

const invalid = (why: string): Error =>
    fault(
        400,
        `Argument scheduleAllData with value Orchestrator.Schedules.DataAccess.Models.ScheduleAllData is not valid. Error message: ${why}`,
    );

const frequencyOf = (properties: Json): Frequency => {
    const sent = textAt(properties, "frequency");
    const frequency = FREQUENCIES.find(known => known.toLowerCase() === sent?.toLowerCase());
    if (frequency) return frequency;
    throw invalid(`The frequency '${sent ?? ""}' is not valid; expected one of ${FREQUENCIES.join(", ")}.`);
};

const intervalOf = (properties: Json, frequency: Frequency): number | null => {
    const { interval } = properties;
    if (frequency === "OneTime") return null;
    if (typeof interval === "number" && Number.isInteger(interval) && interval > 0) return interval;
    throw invalid(`The interval '${String(interval)}' of the schedule is not valid; expected a whole number above 0.`);
};

/** A time with an offset is that instant; one without is in the schedule's zone. Seconds are dropped. */
const timeOf = (properties: Json, key: string, zone: string): DateTime | undefined => {
    const sent = textAt(properties, key);
    if (!sent) return undefined;
    const time = DateTime.fromISO(sent, { zone, setZone: false });
    if (time.isValid) return time.startOf("minute");
    throw invalid(`The ${key} '${sent}' is not a date and time.`);
};

const startOf = (properties: Json, zone: string, now: number): DateTime => {
    const start = timeOf(properties, "startTime", zone);
    if (!start) throw invalid("The schedule has no start time.");
    if (start >= DateTime.fromMillis(now).plus(LEAD).startOf("minute")) return start;
    throw invalid("The start time of the schedule must be at least 5 minutes after the time you create the schedule.");
};

const advancedOf = (properties: Json, frequency: Frequency): Json | null => {
    const advanced = properties["advancedSchedule"];
    if (!isObject(advanced) || Object.keys(advanced).length === 0) return null;
    const { weekDays = null, monthDays = null, monthlyOccurrences = null } = advanced;
    if (Array.isArray(weekDays)) {
        if (frequency !== "Week") throw invalid("Week days are for schedules with the frequency Week.");
        const wrong = weekDays.find(day => !WEEK_DAYS.includes(String(day)));
        if (wrong !== undefined)
            throw invalid(`'${String(wrong)}' is not a week day; expected one of ${WEEK_DAYS.join(", ")}.`);
    }
    if ((Array.isArray(monthDays) || Array.isArray(monthlyOccurrences)) && frequency !== "Month") {
        throw invalid("Month days and monthly occurrences are for schedules with the frequency Month.");
    }
    return { weekDays, monthDays, monthlyOccurrences };
};

/** The first run: the start, or on a schedule of week days the first of these from there on. */
const firstRun = (start: DateTime, advanced: Json | null): DateTime => {
    const days = advanced?.["weekDays"];
    if (!Array.isArray(days) || days.length === 0) return start;
    let run = start;
    while (!days.includes(WEEK_DAYS[run.weekday - 1])) run = run.plus({ days: 1 });
    return run;
};

const iso = (time: DateTime): string =>
    time.toISO({ suppressMilliseconds: true, includeOffset: true, format: "extended" })?.replace("Z", "+00:00") ?? "";

/** PATCH changes the description and turns a schedule on or off; nothing else. */
const patch = (existing: Json, properties: Json, kept: Json): Written => ({
    properties: {
        ...existing,
        description: properties["description"] ?? null,
        isEnabled: properties["isEnabled"] ?? true,
        ...kept,
    },
});

const write = ({ properties, existing, now, method }: Write): Written => {
    if (method === "PATCH" && existing) return patch(existing.properties, properties, times(existing, now));
    const timeZone = zoneOf(textAt(properties, "timeZone"));
    if (timeZone === undefined) throw invalid(`The time zone '${String(properties["timeZone"])}' is not known.`);
    const frequency = frequencyOf(properties);
    const start = startOf(properties, timeZone.zone, now);
    const expiry = timeOf(properties, "expiryTime", timeZone.zone);
    if (expiry && expiry <= start) throw invalid("The expiry time of the schedule must be after its start time.");
    const advanced = advancedOf(properties, frequency);
    const next = firstRun(start, advanced);
    return {
        properties: {
            description: properties["description"] ?? null,
            startTime: iso(start),
            startTimeOffsetMinutes: start.offset,
            expiryTime: expiry && expiry.year < 9999 ? iso(expiry) : NEVER,
            expiryTimeOffsetMinutes: expiry && expiry.year < 9999 ? expiry.offset : 0,
            isEnabled: true,
            nextRun: iso(next),
            nextRunOffsetMinutes: next.offset,
            interval: intervalOf(properties, frequency),
            frequency,
            timeZone: timeZone.name,
            ...(advanced && { advancedSchedule: advanced }),
            ...times(existing, now),
        },
    };
};

/** Source: https://learn.microsoft.com/rest/api/automation/schedule/create-or-update */
export const SCHEDULE: ResourceType = {
    type: "Microsoft.Automation/automationAccounts/schedules",
    pageSize: PAGE,
    checkName: nameRule(
        "schedule",
        /^[^<>*%&:\\?.+/]{0,127}[^<>*%&:\\?.+/\s]$/,
        "1 to 128 characters, none of <>*%&:\\?.+/ and no blank at the end",
    ),
    write,
    beforeDelete: (schedule, request) => unlink(request, "schedule", schedule.name),
};
